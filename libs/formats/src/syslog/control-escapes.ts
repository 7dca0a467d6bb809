/**
 * Turns the `#ooo` (octal) that rsyslog and sudo write for control bytes back into them: `#012` is a newline.
 * Only for values that are shown or searched, never before parsing: what an escape hides must not end a field.
 */
export function decodeControls(text: string): string {
  if (!text.includes('#')) return text;
  return text.replace(/#(0[0-3][0-7]|177)/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
