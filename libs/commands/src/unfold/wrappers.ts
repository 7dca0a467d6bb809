import { commandStart, type OptionShape, optionValue } from './options.ts';
import { CODE_OPTIONS, isShell } from './well-known.ts';

/** A command inside a command: as words, or as text that a shell parses once more. */
export type Nested =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'text'; readonly text: string };

const PREFIXES: ReadonlyMap<string, OptionShape> = new Map<string, OptionShape>([
  ['sudo', { valued: 'ugpCrtTUDRac', long: ['user', 'group', 'prompt', 'chdir'], assigns: true }],
  ['doas', { valued: 'uC' }],
  ['pkexec', { long: ['user'] }],
  ['env', { valued: 'uC', long: ['unset', 'chdir'], assigns: true }],
  ['nohup', {}],
  ['nice', { valued: 'n' }],
  ['ionice', { valued: 'cn' }],
  ['timeout', { valued: 'ks', own: 1 }],
  ['stdbuf', { valued: 'ioe' }],
  ['setsid', {}],
  ['time', { valued: 'fo' }],
  ['chroot', { own: 1, long: ['userspec', 'groups'] }],
  ['unshare', { valued: 'SGRw', long: ['root', 'wd', 'setuid', 'setgid'] }],
  ['nsenter', { valued: 'tSG', long: ['target', 'setuid', 'setgid'] }],
  ['strace', { valued: 'eopsuaSPOEIX' }],
  ['ltrace', { valued: 'eopsua' }],
  ['xargs', { valued: 'aEILnPsd', long: ['max-args', 'max-procs', 'replace', 'delimiter', 'arg-file'] }],
  ['parallel', { valued: 'jaNI', long: ['jobs'] }],
  ['taskset', { own: 1 }],
  ['chrt', { own: 1 }],
  ['cgexec', { valued: 'g' }],
  ['builtin', {}],
  ['exec', { valued: 'a' }],
  ['busybox', {}],
  ['toybox', {}],
  ['proxychains', { valued: 'f' }],
  ['proxychains4', { valued: 'f' }],
  ['torsocks', {}],
  ['torify', {}],
  ['firejail', {}],
  ['gosu', { own: 1 }],
  ['su-exec', { own: 1 }],
  ['setpriv', { long: ['reuid', 'regid', 'groups'] }],
  ['unbuffer', {}],
  [
    'systemd-run',
    {
      valued: 'pMHutE',
      long: [
        'unit',
        'property',
        'on-calendar',
        'on-active',
        'uid',
        'gid',
        'description',
        'slice',
        'setenv',
        'machine',
        'host',
        'working-directory',
      ],
    },
  ],
  ['systemd-inhibit', { long: ['what', 'who', 'why', 'mode'] }],
  ['dbus-run-session', {}],
]);

const CONTAINER_VALUED = [
  ...[
    'env',
    'user',
    'workdir',
    'name',
    'volume',
    'network',
    'net',
    'publish',
    'mount',
    'entrypoint',
    'cap-add',
  ],
  ...[
    'cap-drop',
    'security-opt',
    'device',
    'pid',
    'ipc',
    'uts',
    'userns',
    'label',
    'env-file',
    'hostname',
    'memory',
  ],
  ...[
    'cpus',
    'restart',
    'platform',
    'log-driver',
    'log-opt',
    'add-host',
    'dns',
    'ulimit',
    'tmpfs',
    'gpus',
    'ip',
  ],
  ...[
    'shm-size',
    'volumes-from',
    'expose',
    'cgroup-parent',
    'pull',
    'runtime',
    'stop-signal',
    'group-add',
    'link',
  ],
];
const CONTAINER: OptionShape = { valued: 'euwvplhmc', long: CONTAINER_VALUED, own: 1 };
const SSH: OptionShape = { valued: 'bcDEeFIiJLlmOopQRSWw', own: 1 };

/** What a program runs by its arguments alone. */
export function nestedCommands(program: string, args: readonly string[]): readonly Nested[] {
  const prefix = PREFIXES.get(program);
  if (prefix !== undefined) return prefixed(program, args, prefix);
  if (isShell(program)) return shellCode(args);
  switch (program) {
    case 'eval':
      return [{ kind: 'text', text: args.join(' ') }];
    case 'command':
      return args[0] === '-v' || args[0] === '-V' ? [] : words(args, commandStart(args, {}));
    case 'su':
    case 'runuser':
      return text(optionValue(args, '-c', '--command'));
    case 'script':
      return text(optionValue(args, '-c', '-qc', '--command'));
    case 'flock': {
      const code = optionValue(args, '-c');
      return code === undefined ? words(args, commandStart(args, { valued: 'wE', own: 1 })) : text(code);
    }
    case 'watch': {
      const start = commandStart(args, { valued: 'n', long: ['interval'] });
      return start < args.length ? [{ kind: 'text', text: args.slice(start).join(' ') }] : [];
    }
    case 'trap':
      return args[0] === undefined || args[0].startsWith('-') ? [] : [{ kind: 'text', text: args[0] }];
    case 'ssh':
    case 'autossh':
    case 'sshpass':
      return remote(program, args);
    case 'find':
      return findActions(args);
    case 'docker':
    case 'podman':
    case 'nerdctl':
      return inContainer(args);
    case 'kubectl':
    case 'oc':
    case 'lxc':
    case 'incus': {
      const dashes = args.indexOf('--');
      return args.includes('exec') && dashes >= 0 ? words(args, dashes + 1) : [];
    }
    case 'ansible':
      return /^(?:shell|command|raw)$/.test(optionValue(args, '-m', '--module-name') ?? 'command')
        ? text(optionValue(args, '-a', '--args'))
        : [];
    case 'salt':
    case 'salt-ssh': {
      const at = args.indexOf('cmd.run');
      return at < 0 ? [] : text(args[at + 1]);
    }
    case 'pdsh':
    case 'clush':
    case 'pssh':
    case 'parallel-ssh': {
      const start = commandStart(args, { valued: 'wxglhHpotf' });
      return start < args.length ? text(args.slice(start).join(' ')) : [];
    }
    case 'ip':
      return args[0] === 'netns' && args[1] === 'exec' ? words(args, 3) : [];
    case 'tmux':
    case 'screen':
      return multiplexed(program, args);
    default:
      return [];
  }
}

function prefixed(program: string, args: readonly string[], shape: OptionShape): readonly Nested[] {
  if (program === 'env') {
    const split = optionValue(args, '-S', '--split-string');
    if (split !== undefined) return [{ kind: 'text', text: split }];
  }
  return words(args, commandStart(args, shape));
}

function words(args: readonly string[], start: number): readonly Nested[] {
  return start < args.length ? [{ kind: 'words', words: args.slice(start) }] : [];
}

function text(code: string | undefined): readonly Nested[] {
  return code === undefined ? [] : [{ kind: 'text', text: code }];
}

/** `-c code`, also among other letters: `-lc`, `-xec`. */
function shellCode(args: readonly string[]): readonly Nested[] {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--' || !/^[-+]/.test(arg)) return [];
    if (arg === '-o' || arg === '+O' || arg === '-O' || arg === '--rcfile' || arg === '--init-file') i += 1;
    else if (/^-[a-zA-Z]*c[a-zA-Z]*$/.test(arg)) {
      const code = args.slice(i + 1).find((one) => !/^-[a-zA-Z]+$/.test(one));
      return text(code);
    }
  }
  return [];
}

function remote(program: string, args: readonly string[]): readonly Nested[] {
  if (program === 'sshpass') return words(args, commandStart(args, { valued: 'pfdP' }));
  const start = commandStart(args, SSH);
  return start < args.length ? [{ kind: 'text', text: args.slice(start).join(' ') }] : [];
}

const FIND_RUNS: ReadonlySet<string> = new Set(['-exec', '-execdir', '-ok', '-okdir']);

function findActions(args: readonly string[]): readonly Nested[] {
  const found: Nested[] = [];
  for (let i = 0; i < args.length && found.length < 16; i++) {
    if (!FIND_RUNS.has(args[i]!)) continue;
    let end = i + 1;
    while (end < args.length && args[end] !== ';' && args[end] !== '+') end += 1;
    if (end > i + 1) found.push({ kind: 'words', words: args.slice(i + 1, end) });
    i = end;
  }
  return found;
}

function inContainer(args: readonly string[]): readonly Nested[] {
  const at = args.findIndex((arg) => arg === 'exec' || arg === 'run');
  if (at < 0 || at > 2) return [];
  const own = args.slice(at + 1);
  const start = commandStart(own, CONTAINER);
  const entry = optionValue(own, '--entrypoint');
  if (entry !== undefined) return [{ kind: 'words', words: [entry, ...own.slice(start)] }];
  return words(own, start);
}

function multiplexed(program: string, args: readonly string[]): readonly Nested[] {
  if (program === 'tmux') {
    if (!/^new/.test(args[0] ?? '')) return [];
    const start = commandStart(args.slice(1), { valued: 'sncxyFt' });
    return start < args.length - 1 ? [{ kind: 'text', text: args.slice(1 + start).join(' ') }] : [];
  }
  if (!args.some((arg) => /^-[dm]*[dDm]/.test(arg))) return [];
  return words(args, commandStart(args, { valued: 'SctTeh' }));
}

/** Code that a language interpreter is given as an argument: `python -c code`; null where there is none. */
export function codeArgument(program: string, args: readonly string[]): string | null {
  const options = CODE_OPTIONS.get(program);
  if (options === undefined) return null;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (options.includes(arg)) return args[i + 1] ?? '';
    if (/^-[a-zA-Z]*[ecrE]$/.test(arg) && options.includes(`-${arg.at(-1)}`)) return args[i + 1] ?? '';
    if (
      options.some(
        (option) =>
          option.length === 2 && arg.length > 3 && /^-[ecr]['"\s(]/.test(arg) && arg.startsWith(option),
      )
    )
      return arg.slice(2);
  }
  return null;
}
