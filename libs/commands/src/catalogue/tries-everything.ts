import type { CommandLine } from './line.ts';
import { TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

const MANAGERS: ReadonlySet<string> = new Set('apt apt-get yum dnf apk pacman zypper emerge pkg'.split(' '));
const RELEASES =
  /\/etc\/(?:redhat-release|centos-release|fedora-release|lsb-release|debian_version|os-release|SuSE-release|alpine-release|arch-release|gentoo-release|system-release|issue)\b/g;
const TRADE =
  /^(?:hydra|john|hashcat|proxychains4?|tor|torsocks|masscan|sqlmap|aircrack-ng|ettercap\S*|dsniff|bettercap|logkeys|medusa|ncrack|nikto|responder|exploitdb|metasploit-framework|netcat-traditional|steghide|crackmapexec|netexec|enum4linux|gobuster|dirb|wfuzz|reaver|xmrig|iodine|dns2tcp|ptunnel\S*|proxytunnel|hping3|arp-scan|netdiscover|smbmap|impacket\S*|python3-impacket|chntpw|sucrack|pwncat|weevely|mimipenguin|linpeas|lynx-scan)$/;

function urls(line: CommandLine, program: string): string[] {
  return line.calls
    .filter((call) => call.program === program)
    .flatMap(({ args }) => args.filter((arg) => /[./]/.test(arg) && !arg.startsWith('-')));
}

/** Lines that do not know on what machine they run: people do, scripts of intruders do not. */
export const triesEverything: readonly Indicator[] = [
  {
    id: 'fetches-either-way',
    family: 'download-and-run',
    techniques: ['T1105', 'T1008'],
    weight: 0.45,
    says: 'tries one downloader after the other for the same thing',
    programs: ['wget'],
    whenLine(line) {
      const first = new Set(urls(line, 'curl'));
      return first.size > 0 && urls(line, 'wget').some((url) => first.has(url));
    },
  },
  {
    id: 'installs-either-way',
    family: 'download-and-run',
    techniques: ['T1105', 'T1072'],
    weight: 0.42,
    says: 'tries one package manager after the other',
    programs: [...MANAGERS],
    whenLine: ({ calls }) =>
      new Set(
        calls
          .filter(({ program, text }) => MANAGERS.has(program) && /install|add|-S\b/.test(text))
          .map(({ program }) => program.replace('apt-get', 'apt')),
      ).size > 1,
  },
  {
    id: 'asks-for-any-distribution',
    family: 'discovery',
    techniques: ['T1082'],
    weight: 0.42,
    says: 'asks which system this is in the ways of several distributions',
    programs: ['cat', '[', 'test', '[[', 'grep', 'head'],
    whenLine: ({ raw }) => new Set(raw.match(RELEASES)).size > 2,
  },
  {
    id: 'tools-of-the-trade-installed',
    family: 'download-and-run',
    techniques: ['T1588.002', 'T1105'],
    weight: 0.42,
    says: 'installs tools that are made to break in',
    programs: [...MANAGERS, 'snap', 'pip', 'pipx', 'gem', 'brew'],
    when: ({ args, text }) => /\b(?:install|add)\b|^-S/.test(text) && args.some((arg) => TRADE.test(arg)),
  },
  {
    id: 'pulled-into-temporary-folder',
    family: 'download-and-run',
    techniques: ['T1105', 'T1570'],
    weight: 0.42,
    says: 'copies from another machine into a folder that everyone may write to, or hands on from one',
    programs: ['scp', 'rsync', 'sftp', 'pscp'],
    when: ({ args }) => {
      const files = args.filter((arg) => !arg.startsWith('-'));
      const [source, target] = [files.at(-2) ?? '', files.at(-1) ?? ''];
      const remote = (file: string) => /^[\w.@$-]+:/.test(file);
      const temporary = (file: string) => TEMPORARY.test(`${file.replace(/^[^:/]+:/, '')}/`);
      return (
        (remote(source) && !remote(target) && temporary(target)) ||
        (!remote(source) && remote(target) && temporary(source) && temporary(target))
      );
    },
  },
  {
    id: 'jobs-of-everybody-read',
    family: 'discovery',
    techniques: ['T1053.003', 'T1007'],
    weight: 0.42,
    says: 'reads what everybody has run by the clock',
    needs: 'read',
    whenLine: ({ read }) =>
      read.some(
        ({ path, call }) =>
          /^\/var\/spool\/(?:cron|at)(?:\/|$)/.test(path) &&
          /^(?:cat|grep|egrep|head|tail|less|tar)$/.test(call.program),
      ),
  },
];
