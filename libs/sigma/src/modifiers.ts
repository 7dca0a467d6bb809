import { didYouMean, RuleProblem } from './problem.ts';

export type Compare = 'lt' | 'lte' | 'gt' | 'gte';
export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
export type Encoding = 'base64' | 'base64offset' | 'utf16le' | 'utf16be' | 'utf16';
export type Position = 'contains' | 'startswith' | 'endswith';

/** A key of a detection, taken apart: `CommandLine|windash|contains|all`. */
export interface FieldSpec {
  /** Null: keywords, searched for in the whole line. */
  readonly field: string | null;
  readonly line: number;
  readonly test: 'text' | 're' | 'cidr' | 'exists' | 'compare' | 'fieldref';
  readonly all: boolean;
  readonly cased: boolean;
  readonly negated: boolean;
  readonly position: Position | null;
  readonly encodings: readonly Encoding[];
  readonly windash: boolean;
  readonly expand: boolean;
  readonly compare: Compare | null;
  readonly timePart: TimePart | null;
  /** Of `re`: some of `ims`. */
  readonly flags: string;
}

const TIME_PARTS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
const KNOWN = [
  'contains',
  'startswith',
  'endswith',
  'all',
  'cased',
  'exists',
  're',
  'i',
  'm',
  's',
  'ignorecase',
  'multiline',
  'dotall',
  'cidr',
  'base64',
  'base64offset',
  'wide',
  'utf16',
  'utf16le',
  'utf16be',
  'windash',
  'lt',
  'lte',
  'gt',
  'gte',
  'fieldref',
  'neq',
  'expand',
  ...TIME_PARTS,
];

/** @throws RuleProblem on modifiers that are unknown or do not go together. */
export function parseField(key: string, line: number): FieldSpec {
  const [name = '', ...modifiers] = key.split('|').map((part) => part.trim());
  const spec = {
    field: name === '' ? null : name,
    line,
    test: 'text' as FieldSpec['test'],
    all: false,
    cased: false,
    negated: false,
    position: null as Position | null,
    encodings: [] as Encoding[],
    windash: false,
    expand: false,
    compare: null as Compare | null,
    timePart: null as TimePart | null,
    flags: '',
  };
  const fail = (message: string): never => {
    throw new RuleProblem(line, `"${key}": ${message}`);
  };
  const test = (kind: FieldSpec['test']) => {
    if (spec.test !== 'text') fail(`${spec.test} and ${kind} do not go together`);
    spec.test = kind;
  };
  const encode = (encoding: Encoding) => {
    if (spec.position !== null) fail(`${encoding} comes before ${spec.position}`);
    if (spec.encodings.some((e) => e.startsWith('base64'))) fail(`nothing is encoded after base64`);
    spec.encodings.push(encoding);
  };
  for (const modifier of modifiers) {
    switch (modifier) {
      case 'contains':
      case 'startswith':
      case 'endswith':
        if (spec.position !== null && spec.position !== modifier)
          fail(`${spec.position} and ${modifier} do not go together`);
        spec.position = modifier;
        break;
      case 'all':
        spec.all = true;
        break;
      case 'cased':
        spec.cased = true;
        break;
      case 'neq':
        spec.negated = true;
        break;
      case 'windash':
        spec.windash = true;
        break;
      case 'expand':
        spec.expand = true;
        break;
      case 're':
      case 'cidr':
      case 'exists':
      case 'fieldref':
        test(modifier);
        break;
      case 'i':
      case 'ignorecase':
      case 'm':
      case 'multiline':
      case 's':
      case 'dotall':
        if (spec.test !== 're') fail(`${modifier} is a flag of re and comes after it`);
        spec.flags +=
          modifier === 'ignorecase'
            ? 'i'
            : modifier === 'multiline'
              ? 'm'
              : modifier === 'dotall'
                ? 's'
                : modifier;
        break;
      case 'lt':
      case 'lte':
      case 'gt':
      case 'gte':
        test('compare');
        spec.compare = modifier;
        break;
      case 'base64':
      case 'base64offset':
      case 'utf16le':
      case 'utf16be':
      case 'utf16':
        encode(modifier);
        break;
      case 'wide':
        encode('utf16le');
        break;
      default:
        if (!(TIME_PARTS as readonly string[]).includes(modifier))
          fail(`there is no modifier "${modifier}"${didYouMean(modifier, KNOWN)}`);
        if (spec.timePart !== null) fail(`${spec.timePart} and ${modifier} do not go together`);
        spec.timePart = modifier as TimePart;
    }
  }
  return checked(spec, fail);
}

function checked(spec: FieldSpec, fail: (message: string) => never): FieldSpec {
  const { test, position, encodings, windash, cased, timePart, field } = spec;
  if (test !== 'text' && (encodings.length > 0 || windash)) fail(`${test} takes no encoded text`);
  if (position !== null && test !== 'text' && test !== 'fieldref')
    fail(`${test} and ${position} do not go together`);
  if (cased && (test === 'exists' || test === 'compare' || test === 'cidr')) fail(`${test} has no case`);
  if (
    timePart !== null &&
    ((test !== 'text' && test !== 'compare') || position !== null || encodings.length > 0)
  )
    fail(`${timePart} is compared as a number: alone, or with lt, lte, gt or gte`);
  if (
    field === null &&
    (test === 'exists' || test === 'compare' || test === 'fieldref' || test === 'cidr' || timePart)
  )
    fail(`${timePart ?? test} needs a field`);
  return spec;
}
