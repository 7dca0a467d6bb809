import type { Message } from './program.ts';

/** One line for a detection as `nadir --json` prints it. */
export function detectionText(message: Message): string {
  const time = String(message.time).slice(0, 19).replace('T', ' ');
  return `${time}  ${String(message.level).toUpperCase().padEnd(8)}  ${message.title}: ${message.reason}`;
}
