/** What stands at one position of a message. Constants first: everything from FIRST_MASK on is a value. */
export const WORD = 0;
/** Letters with few digits, `ssh2`, `eth0`: a constant with its digits left out. */
export const MIX = 1;
export const NUMBER = 2;
export const HEX = 3;
export const ADDRESS = 4;
export const HOST = 5;
export const TIME = 6;
export const PATH = 7;
export const URL = 8;
export const EMAIL = 9;
export const ID = 10;
export const USER = 11;
export const STRING = 12;
/** A value of several kinds, and a word that turned out to vary. */
export const ANY = 13;
export const FIRST_MASK = NUMBER;

/** How a kind reads in a template. */
export const MASK_TEXTS: readonly string[] = [
  '',
  '',
  '<num>',
  '<hex>',
  '<ip>',
  '<host>',
  '<time>',
  '<path>',
  '<url>',
  '<email>',
  '<id>',
  '<user>',
  '<str>',
  '<*>',
];
