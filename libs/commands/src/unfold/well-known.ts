/** Programs whose names are worth hiding; the first one that a pattern fits is taken. */
export const WELL_KNOWN_PROGRAMS: readonly string[] = (
  'cat nc sh bash curl wget python python3 perl ruby php ncat netcat base64 xxd id ls ps whoami uname chmod chown ' +
  'cp mv rm dd zsh dash ksh socat telnet ssh scp rsync tar openssl find xargs awk sed grep env sudo su crontab ' +
  'docker kubectl nohup setsid head tail more less nl od rev tac tee sort strings tftp ftp gdb lua node busybox'
).split(' ');

/** Files that a wildcard may stand for without being named. */
export const SENSITIVE_PATHS: readonly string[] = [
  '/etc/passwd',
  '/etc/shadow',
  '/etc/gshadow',
  '/etc/sudoers',
  '/root/.ssh/id_rsa',
  '/root/.bash_history',
];

/** Names that mean a shell. */
export const SHELLS: ReadonlySet<string> = new Set(
  'sh bash dash zsh ksh ksh93 mksh ash csh tcsh fish rbash lksh posh yash'.split(' '),
);

/** Interpreters that take code as an argument, and the options that do. */
export const CODE_OPTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['python', ['-c']],
  ['perl', ['-e', '-E']],
  ['ruby', ['-e']],
  ['php', ['-r']],
  ['node', ['-e', '--eval', '-p']],
  ['lua', ['-e']],
  ['Rscript', ['-e']],
  ['osascript', ['-e']],
  ['expect', ['-c']],
  ['tclsh', []],
  ['irb', []],
  ['jrunscript', ['-e']],
  ['jjs', []],
]);

/** `python3.11` is `python`, `bash5` is `bash`, `php8.2` is `php`: versions are cut from interpreters' names. */
export function plainName(program: string): string {
  const found = /^(python|perl|ruby|php|lua|node|bash|nc|ncat|tclsh|pip|gcc)[-.\d]+$/.exec(program);
  if (found !== null) return found[1]!;
  return program === 'nodejs' ? 'node' : program;
}

export function isShell(program: string): boolean {
  return SHELLS.has(program);
}

/** A shell or a language that runs what it is given. */
export function isInterpreter(program: string): boolean {
  return SHELLS.has(program) || CODE_OPTIONS.has(program);
}
