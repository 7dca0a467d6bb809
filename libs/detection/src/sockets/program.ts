import type { Event } from '@suite/event';
import { quoteName } from '../wording.ts';

const SHELLS = /^(?:ba|da|a|z|k|mk|c|tc|fi)?sh$/;
const PIPES = /^(?:nc|ncat|netcat|nc\.traditional|nc\.openbsd|socat|telnet|cryptcat|pwncat)$/;
const INTERPRETERS =
  /^(?:python[\d.]*|perl[\d.]*|ruby[\d.]*|php[\d.]*|lua[\d.]*|[gm]?awk|tclsh[\d.]*|busybox)$/;
const VOLATILE = /^\/(?:tmp|var\/tmp|dev\/shm|run\/user\/\d+)\//;

/** Why a program at a socket is worth a second look. */
export interface Suspicion {
  /** In words that follow "it is": `a shell`. */
  readonly what: string;
  /** Hardly ever rightful, whatever was usual. */
  readonly strong: boolean;
}

/** The program's name, as far as the agent could tell: its file's where that is known. Empty where it could not. */
export function programOf(event: Event): string {
  const file = event['process.executable'];
  const base = file?.slice(file.lastIndexOf('/') + 1);
  return base || event['process.name'] || '';
}

export function suspicionOf(event: Event): Suspicion | null {
  const file = event['process.executable'] ?? '';
  const name = programOf(event);
  if (file.startsWith('/memfd:')) return { what: 'a program that has no file', strong: true };
  if (VOLATILE.test(file))
    return { what: `a program in ${file.slice(0, file.lastIndexOf('/'))}`, strong: true };
  if (SHELLS.test(name)) return { what: 'a shell', strong: true };
  if (PIPES.test(name)) return { what: 'a tool that connects a network port with anything', strong: true };
  // A program that was updated while it ran has lost its file too, so what was there at the start says nothing.
  if (event['process.deleted'] === true && event['event.reason'] !== 'at_start')
    return { what: 'a program whose file was deleted', strong: true };
  if (INTERPRETERS.test(name))
    return { what: 'an interpreter, which runs whatever script it is given', strong: false };
  return null;
}

/** `/usr/sbin/nginx (pid 811, user www-data)`, for a sentence. */
export function programWords(event: Event): string {
  const name = event['process.executable'] ?? event['process.name'] ?? '';
  if (name === '') return 'a program that the agent could not name';
  const pid = event['process.pid'];
  const user = event['user.name'];
  const facts = [
    ...(pid === undefined ? [] : [`pid ${pid}`]),
    ...(user === undefined ? [] : [`user ${quoteName(user)}`]),
  ];
  return `${quoteName(name)}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`;
}
