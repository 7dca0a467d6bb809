/** What a command starts in turn: other words, or a line for a shell. */
export type Wrapped =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'line'; readonly line: string };

const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'fish', 'busybox']);

interface Wrapper {
  /** Options that take the next word as their value. */
  readonly takes: readonly string[];
  /** Words of its own after the options: `timeout 5 …`. */
  readonly operands?: number;
}

/** Commands whose arguments are another command. */
const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  sudo: {
    takes: [
      '-u',
      '-g',
      '-h',
      '-p',
      '-C',
      '-r',
      '-t',
      '-U',
      '-D',
      '-R',
      '-T',
      '--user',
      '--group',
      '--host',
      '--chdir',
    ],
  },
  doas: { takes: ['-u', '-C'] },
  env: { takes: ['-u', '-C', '-S', '--unset', '--chdir'] },
  nohup: { takes: [] },
  setsid: { takes: [] },
  nice: { takes: ['-n', '--adjustment'] },
  ionice: { takes: ['-c', '-n', '-p'] },
  timeout: { takes: ['-s', '-k', '--signal', '--kill-after'], operands: 1 },
  time: { takes: ['-f', '-o'] },
  exec: { takes: ['-a'] },
  command: { takes: [] },
  builtin: { takes: [] },
  stdbuf: { takes: ['-i', '-o', '-e'] },
  unbuffer: { takes: [] },
  watch: { takes: ['-n', '--interval'] },
  xargs: {
    takes: ['-I', '-n', '-P', '-L', '-d', '-s', '-a', '-E', '--max-args', '--max-procs', '--delimiter'],
  },
  chroot: { takes: [], operands: 1 },
  proxychains: { takes: ['-f'] },
  proxychains4: { takes: ['-f'] },
  torsocks: { takes: ['-a', '-P', '-u', '-p'] },
  busybox: { takes: [] },
};

/** @returns null when the command starts nothing that its words tell. */
export function unwrap(words: readonly string[]): Wrapped | null {
  const name = words[0]!.slice(words[0]!.lastIndexOf('/') + 1);
  const script = SHELLS.has(name) || name === 'su' ? scriptOf(words) : undefined;
  if (script !== undefined) return { kind: 'line', line: script };
  if (name === 'eval' && words.length > 1) return { kind: 'line', line: words.slice(1).join(' ') };
  const wrapper = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name]! : undefined;
  if (!wrapper) return null;
  let at = 1;
  while (at < words.length) {
    const word = words[at]!;
    if (word === '--') {
      at += 1;
      break;
    }
    if (word.startsWith('-') && word.length > 1) at += wrapper.takes.includes(word) ? 2 : 1;
    else if (/^[A-Za-z_]\w*=/.test(word) && (name === 'env' || name === 'sudo' || name === 'doas')) at += 1;
    else break;
  }
  at += wrapper.operands ?? 0;
  return at < words.length ? { kind: 'words', words: words.slice(at) } : null;
}

/** The text after the first option that holds `c`: `sh -c`, `bash -lc`, `su - user -c`. */
function scriptOf(words: readonly string[]): string | undefined {
  for (let at = 1; at < words.length - 1; at++) {
    if (/^-[a-z]*c$/.test(words[at]!) || words[at] === '--command') return words[at + 1];
  }
  return undefined;
}
