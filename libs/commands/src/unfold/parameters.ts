import type { VariablePart } from '../shell/ast.ts';
import type { Environment } from './environment.ts';

/** Variables that everyone has, as far as tricks like `${PATH:0:1}` need them. */
const USUAL: Readonly<Record<string, string>> = {
  IFS: ' ',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  SHELL: '/bin/bash',
};

/** Empty in a line that was typed: `w$@hoami`, `who$1ami`. */
const EMPTY = /^[@*1-9]$/;

/** @returns the value of a variable with its modifier; null where it cannot be known. */
export function parameterValue(part: VariablePart, environment: Environment): string | null {
  const { name, modifier } = part;
  const set = environment.get(name);
  if (modifier === '') {
    if (part.indirect) {
      const pointed = set === undefined ? undefined : environment.get(set);
      return pointed ?? null;
    }
    if (set !== undefined) return set;
    if (name === 'IFS') return ' ';
    return EMPTY.test(name) ? '' : null;
  }
  const value = set ?? USUAL[name] ?? (name === 'HOME' || name === 'PWD' ? '/' : undefined);
  const kind = modifier[0];
  if (kind === ':' && /^:[-=?+]/.test(modifier)) return fallback(modifier[1]!, modifier.slice(2), set);
  if (kind === '-' || kind === '=' || kind === '+' || kind === '?')
    return fallback(kind, modifier.slice(1), set);
  if (value === undefined) return null;
  if (kind === ':') return substring(modifier, value);
  if (kind === '/') return replaced(modifier, value);
  if (kind === '^') return modifier === '^^' ? value.toUpperCase() : upperFirst(value);
  if (kind === ',') return value.toLowerCase();
  if (kind === '@') return value;
  if (kind === '#' || kind === '%') return trimmed(modifier, value);
  return null;
}

function fallback(kind: string, word: string, set: string | undefined): string | null {
  if (kind === '+') return set === undefined ? '' : word;
  if (set !== undefined && set !== '') return set;
  return kind === '?' ? null : word;
}

function substring(modifier: string, value: string): string | null {
  const found = /^:\s*(-?\d{1,6})\s*(?::\s*(-?\d{1,6}))?$/.exec(modifier);
  if (found === null) return null;
  const from = Number(found[1]) < 0 ? value.length + Number(found[1]) : Number(found[1]);
  if (found[2] === undefined) return value.slice(from);
  const length = Number(found[2]);
  return length < 0 ? value.slice(from, length) : value.slice(from, from + length);
}

/** `${x/a/b}`, `${x//a/b}`; the pattern is taken as text. */
function replaced(modifier: string, value: string): string {
  const all = modifier[1] === '/';
  const [pattern = '', by = ''] = modifier.slice(all ? 2 : 1).split('/', 2);
  if (pattern === '') return value;
  return all ? value.replaceAll(pattern, () => by) : value.replace(pattern, () => by);
}

/** `${x#a}`, `${x%b}`; the pattern is taken as text. */
function trimmed(modifier: string, value: string): string {
  const front = modifier[0] === '#';
  const pattern = modifier.replace(/^(?:##?|%%?)/, '');
  if (pattern === '') return value;
  if (front) return value.startsWith(pattern) ? value.slice(pattern.length) : value;
  return value.endsWith(pattern) ? value.slice(0, -pattern.length) : value;
}

function upperFirst(value: string): string {
  return value.charAt(0).toUpperCase() + value.slice(1);
}
