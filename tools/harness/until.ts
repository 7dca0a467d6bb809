import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 50;

/**
 * Polls until the condition holds; one that throws does not hold yet.
 * @throws at the deadline, with the last failure as cause.
 */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  deadlineMs = 30_000,
): Promise<void> {
  const limit = performance.now() + deadlineMs;
  let last: unknown;
  while (performance.now() < limit) {
    try {
      if (await holds()) return;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await delay(POLL_MS);
  }
  throw new Error(`${what}: did not come about in ${deadlineMs} ms`, { cause: last });
}
