const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;
const SHOWN_CHARS = 160;
const LOOKED_AT_CHARS = 4096;

/** What stands where a secret would: options, assignments, addresses, headers. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/(:\/\/[^/\s:@]{1,64}:)[^@\s/]{1,128}@/g, '$1***@'],
  [
    /((?:^|\s)--?(?:password|passwd|pass|passphrase|token|secret|api-?key)[=\s]+)(?:'[^']{0,256}'|"[^"]{0,256}"|\S{1,256})/gi,
    '$1***',
  ],
  [
    /((?:^|\s)(?:sshpass|mysql|mysqldump|smbclient|ldapsearch|zip)\s(?:[^|;&]{0,80}\s)?-[pPw]\s?)(?:'[^']{0,256}'|"[^"]{0,256}"|\S{1,256})/g,
    '$1***',
  ],
  [
    /(\b\w{0,32}(?:password|passwd|secret|token|api_?key)\w{0,16}=)(?:'[^']{0,256}'|"[^"]{0,256}"|[^\s;&|]{1,256})/gi,
    '$1***',
  ],
  [/((?:authorization|x-api-key|x-auth-token)\s*:\s*(?:bearer|basic|token)?\s*)[^\s'"]{4,512}/gi, '$1***'],
  [/((?:^|\s)-u\s+[^\s:]{1,64}:)\S{1,128}/g, '$1***'],
];

/** A command as it may stand in a message: one line, at most 160 characters, without control characters and secrets. */
export function showCommand(command: string): string {
  let text = command.slice(0, LOOKED_AT_CHARS).replace(CONTROL, ' ').trim();
  for (const [pattern, by] of SECRETS) text = text.replace(pattern, by);
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
}
