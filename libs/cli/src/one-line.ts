const MAX_LENGTH = 1000;

const ACTING = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Text that may come from outside as one bounded line that moves no cursor and rings no bell. */
export function oneLine(text: string): string {
  const bounded = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  return bounded.replace(ACTING, (character) => (/[\n\r\t]/.test(character) ? ' ' : escaped(character)));
}

/** Text for people that may hold lines of a log: its line ends and tabs stay, nothing else in it moves a cursor. */
export function safeText(text: string): string {
  return text.replace(ACTING, (character) => (/[\n\t]/.test(character) ? character : escaped(character)));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
