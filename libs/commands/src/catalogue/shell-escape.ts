import { isShell } from '../unfold/well-known.ts';
import type { Call } from './line.ts';
import type { Indicator } from './port.ts';

const LANGUAGES: ReadonlySet<string> = new Set(
  'awk gawk mawk nawk python perl ruby php lua node expect tclsh find jrunscript R Rscript'.split(' '),
);
const PREFIXES: ReadonlySet<string> = new Set(
  'nice ionice timeout stdbuf flock taskset chrt strace ltrace xargs unshare watch setarch busybox toybox time cgexec setpriv systemd-run'.split(
    ' ',
  ),
);

/** A shell that reads what is typed: neither `-c` nor a script. */
function isBareShell(call: Call): boolean {
  return (
    isShell(call.program) &&
    call.args.every((arg) => /^-[ilp]+$/.test(arg) || arg === '&' || /^[012]/.test(arg))
  );
}

/** What a program is told to do so that it starts a shell, by program. The text is the arguments, joined. */
const ESCAPES: Readonly<Record<string, RegExp>> = {
  vim: /(?:-c|--cmd|\+)\s*["']?:?(?:!|py3?\b|lua\b|set\s+shell|term)/,
  vi: /(?:-c|--cmd|\+)\s*["']?:?(?:!|set\s+shell)/,
  nvim: /(?:-c|--cmd|\+)\s*["']?:?(?:!|lua\s+os|term)/,
  view: /-c\s*["']?:?!/,
  rvim: /-c\s*["']?:?(?:py|lua)/,
  emacs:
    /\((?:term|shell-command|ansi-term|call-process|eshell|start-process|make-process|async-shell-command)\b/,
  tar: /--checkpoint-action=exec|--to-command=|--use-compress-program=\S*sh\b|-I\s*["']?\S*sh\s/,
  zip: /--unzip-command|-TT/,
  rsync: /(?:-e|--rsh)[\s=]*["']?(?:\S*\/)?(?:ba)?sh\s+-c/,
  ssh: /-o\s*["']?(?:ProxyCommand|LocalCommand)=\s*;|PermitLocalCommand=yes/i,
  scp: /-S\s+\S+|-o\s*["']?ProxyCommand=;/,
  git: /(?:core\.(?:pager|sshCommand|fsmonitor|editor)|alias\.\w+)=["']?[!;]?.*(?:sh\b|!)|--exec=|PAGER=/,
  gdb: /!\s*(?:\/bin\/)?(?:ba)?sh|python\s+import\s+os|-ex\s+["']?(?:shell|!)/,
  nmap: /--interactive|--script[= ]\/(?:dev|proc|tmp)\//,
  man: /-P\s*\S*sh|--pager=\S*sh/,
  mysql: /\\!\s*\S*sh|-e\s*["']?(?:system|\\!)/,
  psql: /\\!\s*\S+/,
  sqlite3: /\.shell|\.system/,
  make: /--eval[= ].*\$\(shell|-f\s*\/dev\/(?:fd|stdin)/,
  apt: /APT::(?:Update|Install)::Pre-Invoke|Dpkg::Pre-Invoke/i,
  'apt-get': /APT::(?:Update|Install)::Pre-Invoke|Dpkg::Pre-Invoke/i,
  tcpdump: /(?:^|\s)-z\s*\S/,
  wget: /--use-askpass/,
  capsh: /--(?:uid|gid)=0|(?:^|\s)--\s*(?:$|-c)/,
  'run-parts': /--regex.*sh/,
  'start-stop-daemon': /-x\s*\S*sh\b|--exec[= ]\S*sh\b/,
  openvpn: /--script-security\s+2.*--up/,
  sed: /(?:^|\s|['"])\d*e\s*(?:exec\s+)?(?:\/bin\/)?(?:ba)?sh\b/,
  dmsetup: /udevd|exec/,
  pip: /install\s+(?:-\S+\s+)*(?:\/tmp\/|\$TF|\$\(mktemp)/,
  npm: /exec\s+\/bin\/sh/,
  service: /^\.\.\/(?:\.\.\/)*bin\//,
  aria2c: /--on-download-\w+=/,
  ftp: /!\s*\S*sh/,
  ed: /!\s*\/bin/,
  lftp: /-c\s*["']?!/,
  neofetch: /--config\s+\/(?:tmp|dev)/,
  screen: /-x\s+root\//,
  split: /--filter=\S*(?:\/|^|=)(?:ba|da)?sh(?:\s|$)/,
  facter: /--custom-dir/,
  gem: /open\s+-e\s*["']?\S*sh/,
  irb: /exec/,
  easy_install: /\$TF|\/tmp/,
  puppet: /exec\s*\{/,
  cobc: /--run/,
};

export const shellEscape: readonly Indicator[] = [
  {
    id: 'shell-from-language',
    family: 'shell-escape',
    techniques: ['T1059', 'T1548'],
    weight: 0.75,
    says: 'starts a shell out of a program that is not one',
    needs: 'wrapper',
    when: (call) => {
      const by = call.via.at(-1);
      return by !== undefined && LANGUAGES.has(by) && isBareShell(call) && !call.via.includes('ssh');
    },
  },
  {
    id: 'shell-behind-wrapper',
    family: 'shell-escape',
    techniques: ['T1059.004', 'T1218'],
    weight: 0.45,
    says: 'starts a shell behind a program that has no need of one',
    needs: 'wrapper',
    when: (call) => {
      const by = call.via.at(-1);
      if (by === undefined || !PREFIXES.has(by) || !isBareShell(call)) return false;
      if (call.via.includes('docker') || call.via.includes('kubectl') || call.via.includes('podman'))
        return false;
      // `… | xargs bash` has work for it.
      return !(by === 'xargs' && call.upstream.length > 0);
    },
  },
  {
    id: 'escape-by-option',
    family: 'shell-escape',
    techniques: ['T1218', 'T1059.004'],
    weight: 0.75,
    says: 'makes a harmless program start a shell',
    programs: Object.keys(ESCAPES),
    when: ({ program, text }) => text !== '' && ESCAPES[program]!.test(text),
  },
  {
    id: 'escape-by-input',
    family: 'shell-escape',
    techniques: ['T1218', 'T1059.004'],
    weight: 0.7,
    says: 'tells a program through its input to start a shell',
    needs: 'input',
    when: (call) =>
      /^(?:cpan|ed|ftp|gdb|mail|mysql|psql|sqlite3|telnet|bc|less|more|vi|vim|nmap|dc|lftp|irb|perldoc|node|lua|tclsh)$/.test(
        call.program,
      ) &&
      /(?:^|[\s'"])!\s*(?:exec\s*)?["']?(?:\/bin\/)?(?:ba|da|z)?sh|os\.execute|exec ["']\/bin|\bsystem\s*\(?["'](?:\/bin\/)?sh/.test(
        call.stdin ?? '',
      ),
  },
  {
    id: 'loader-runs-program',
    family: 'shell-escape',
    techniques: ['T1218', 'T1574'],
    weight: 0.55,
    says: 'runs a program through the dynamic loader',
    needs: 'file',
    when: ({ program, args }) =>
      /^ld(?:-linux[\w.-]*|-musl[\w.-]*|\.so(?:\.\d+)?|-\d[\d.]*\.so)$/.test(program) &&
      args.some((arg) => arg.startsWith('/') || arg.startsWith('./')),
  },
  {
    id: 'multi-applet-shell',
    family: 'shell-escape',
    techniques: ['T1059.004'],
    weight: 0.42,
    says: 'runs a shell out of a box of many programs',
    programs: ['busybox', 'toybox'],
    when: ({ args, via }) =>
      isShell(args[0] ?? '') &&
      args.length <= 3 &&
      !via.includes('docker') &&
      !via.includes('kubectl') &&
      !via.includes('podman'),
  },
  {
    id: 'shell-keeps-privileges',
    family: 'shell-escape',
    techniques: ['T1548.001'],
    weight: 0.5,
    says: 'starts a shell that keeps a set-uid program’s rights',
    programs: ['bash', 'sh', 'dash', 'zsh', 'ksh'],
    when: ({ args }) => args.length === 1 && args[0] === '-p',
  },
];
