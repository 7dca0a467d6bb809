import { setTimeout as delay } from 'node:timers/promises';

/** Waits until NADIR's port answers. */
export async function answering(port: number): Promise<void> {
  const until = performance.now() + 15_000;
  for (;;) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/api/v1/health`)).ok) return;
    } catch (error) {
      if (performance.now() > until) throw error;
    }
    await delay(50);
  }
}
