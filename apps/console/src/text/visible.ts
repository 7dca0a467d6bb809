/** A piece of untrusted text: shown as it is, or a stand-in for characters that would act instead of show. */
export interface Piece {
  readonly text: string;
  /** What the stand-in is for; absent for plain text. */
  readonly control?: string;
}

const CONTROL =
  /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]{0,64}(?:\x07|\x1b\\)?)?|[\0-\x08\x0a-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Their names and not Unicode's pictures of them: few fonts have those. */
const NAMES =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

/**
 * Splits text at everything that could move, colour, reorder or hide what is next to it: control characters,
 * terminal escapes, bidirectional overrides, invisible characters. No character is lost.
 */
export function visiblePieces(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(CONTROL)) {
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push(standIn(match[0]));
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** The same as one string, for titles and attributes. */
export function visibleText(text: string): string {
  return visiblePieces(text)
    .map((piece) => piece.text)
    .join('');
}

function standIn(found: string): Piece {
  const code = found.codePointAt(0) ?? 0;
  if (code === 0x1b && found.length > 1) {
    return { text: [...found].map(pictured).join(''), control: 'terminal escape sequence' };
  }
  return { text: pictured(found), control: `U+${hex(code)}` };
}

function pictured(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return NAMES[code] ?? '';
  if (code === 0x7f) return 'DEL';
  if (code > 0x20 && code < 0x7f) return character;
  return code === 0x20 ? ' ' : `<U+${hex(code)}>`;
}

const hex = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0');
