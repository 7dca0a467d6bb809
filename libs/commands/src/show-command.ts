import { withoutSecrets } from './without-secrets.ts';

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;
const SHOWN_CHARS = 160;
const LOOKED_AT_CHARS = 4096;

/** A command as it may stand in a message: one line, at most 160 characters, without control characters and secrets. */
export function showCommand(command: string): string {
  const text = withoutSecrets(command.slice(0, LOOKED_AT_CHARS).replace(CONTROL, ' ').trim());
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
}
