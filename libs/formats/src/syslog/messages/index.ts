import type { MessageParser } from './message-parser.ts';
import { sshd } from './sshd.ts';

/** Every message parser, in the order in which they are asked where several know a program. */
export const MESSAGE_PARSERS: readonly MessageParser[] = [sshd];
