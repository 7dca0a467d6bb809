import type { Call } from './line.ts';
import { TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

/** What people who have just come in ask, with how much a single question weighs. Many in a row make a burst. */
const QUESTIONS: readonly (readonly [string, string, RegExp | null, number])[] = [
  ['whoami', 'who it is', null, 0.1],
  ['id', 'who it is', null, 0.1],
  ['groups', 'who it is', null, 0.06],
  ['logname', 'who it is', null, 0.08],
  ['hostname', 'where it is', null, 0.06],
  ['uname', 'which kernel runs', /-[a-z]*[arsmv]/, 0.08],
  ['lsb_release', 'which system runs', null, 0.08],
  ['hostnamectl', 'which system runs', null, 0.05],
  ['w', 'who else is here', null, 0.08],
  ['who', 'who else is here', null, 0.08],
  ['grep', 'which accounts there are', /\/etc\/(?:passwd|group)\b/, 0.12],
  ['cut', 'which accounts there are', /\/etc\/(?:passwd|group)\b/, 0.12],
  ['awk', 'which accounts there are', /\/etc\/(?:passwd|group)\b/, 0.12],
  ['users', 'who else is here', null, 0.08],
  ['last', 'who was here', null, 0.08],
  ['lastlog', 'who was here', null, 0.1],
  ['getent', 'which accounts there are', /^(?:passwd|group)/, 0.1],
  ['cat', 'which accounts there are', /\/etc\/(?:passwd|group)\b/, 0.15],
  ['cat', 'which system runs', /\/etc\/(?:issue|[\w*-]*release|debian_version)|\/proc\/version/, 0.08],
  [
    'cat',
    'what the network looks like',
    /\/etc\/(?:hosts|resolv\.conf|networks|fstab|mtab|exports|crontab|shells)\b|\/proc\/net\//,
    0.08,
  ],
  [
    'cat',
    'what the machine is',
    /\/proc\/(?:cpuinfo|meminfo|mounts|modules|1\/cgroup|cmdline|partitions)|\/sys\/class\/dmi/,
    0.08,
  ],
  ['ps', 'what runs', null, 0.07],
  ['pstree', 'what runs', null, 0.07],
  ['netstat', 'what listens', null, 0.08],
  ['ss', 'what listens', null, 0.07],
  ['lsof', 'what listens', /-i/, 0.07],
  ['ifconfig', 'what the network looks like', /^(?:-a)?$/, 0.08],
  [
    'ip',
    'what the network looks like',
    /^(?:-\w+\s+)*(?:a|addr|address|r|route|n|neigh|neighbou?r|link|l)\b(?:\s+(?:show|list|ls))?\s*$/,
    0.07,
  ],
  ['arp', 'which machines are near', null, 0.1],
  ['route', 'what the network looks like', /^(?:-n)?$/, 0.08],
  ['iwconfig', 'what the network looks like', null, 0.05],
  ['env', 'what the environment holds', /^$/, 0.08],
  ['printenv', 'what the environment holds', null, 0.06],
  ['set', 'what the environment holds', /^$/, 0.06],
  ['sudo', 'what it may do as root', /^-l+$/, 0.15],
  ['crontab', 'what runs by the clock', /^-l/, 0.06],
  ['lsmod', 'what the kernel has loaded', null, 0.1],
  ['lscpu', 'what the machine is', null, 0.05],
  ['lspci', 'what the machine is', null, 0.05],
  ['lsblk', 'what the machine is', null, 0.05],
  ['dmidecode', 'what the machine is', null, 0.1],
  ['mount', 'which disks there are', /^$/, 0.06],
  ['df', 'which disks there are', null, 0.04],
  ['findmnt', 'which disks there are', null, 0.06],
  ['which', 'which tools there are', /\b(?:nc|ncat|gcc|nmap|socat|perl|tcpdump)\b/, 0.15],
  ['find', 'which programs run as root', /-perm\s+[-/]?(?:[ugo+=,]*s|0?[2-7]000|u=s)/, 0.15],
  ['getcap', 'which programs run as root', /-r/, 0.45],
  ['systemctl', 'what runs', /^(?:list-units|list-unit-files|list-timers)/, 0.05],
  ['dpkg', 'what is installed', /^-l\s*$/, 0.05],
  ['rpm', 'what is installed', /^-qa/, 0.05],
  ['nmcli', 'what the network looks like', null, 0.04],
  ['history', 'what was typed before', /^$/, 0.05],
  ['date', 'what time it is', /^$/, 0.02],
  ['docker', 'which containers there are', /^(?:ps|images|info|version)\b/, 0.04],
];

const question = ([program, , shape, weight]: (typeof QUESTIONS)[number], at: number): Indicator => ({
  id: `asks-${program}-${at}`,
  family: 'discovery',
  techniques: TECHNIQUES[QUESTIONS[at]![1]] ?? ['T1082'],
  weight,
  says: `asks ${QUESTIONS[at]![1]}`,
  programs: [program],
  when: ({ text }) => shape === null || shape.test(text),
});

const TECHNIQUES: Readonly<Record<string, readonly string[]>> = {
  'who it is': ['T1033'],
  'who else is here': ['T1033'],
  'who was here': ['T1033'],
  'which accounts there are': ['T1087.001'],
  'what runs': ['T1057'],
  'what listens': ['T1049'],
  'what the network looks like': ['T1016'],
  'which machines are near': ['T1018'],
  'which disks there are': ['T1082'],
  'which programs run as root': ['T1548.001', 'T1083'],
  'what it may do as root': ['T1033'],
};

const BY_PROGRAM: ReadonlyMap<string, readonly (typeof QUESTIONS)[number][]> = Map.groupBy(
  QUESTIONS,
  ([program]) => program,
);

function asksAnything(call: Call | undefined): boolean {
  return (
    call !== undefined &&
    (BY_PROGRAM.get(call.program) ?? []).some(([, , shape]) => shape === null || shape.test(call.text))
  );
}

/** One row a question; each weighs little. */
export const questions: readonly Indicator[] = [
  ...QUESTIONS.map(question),
  {
    id: 'answers-kept',
    family: 'discovery',
    techniques: ['T1074.001', 'T1082'],
    weight: 0.38,
    says: 'and keeps the answer in a temporary folder',
    needs: 'written',
    whenLine: (line) =>
      line.written.some(
        ({ path, how, call }) =>
          how === 'output' && TEMPORARY.test(path) && asksAnything(line.calls.find((one) => one === call)),
      ),
  },
  {
    id: 'asks-all-at-once',
    family: 'discovery',
    techniques: ['T1082', 'T1033'],
    weight: 0.25,
    says: 'and asks four or more different things in one line',
    whenLine: ({ calls }) => {
      if (calls.length < 4) return false;
      const asked = new Set<string>();
      for (const { program, text } of calls) {
        const found = BY_PROGRAM.get(program)?.find(([, , shape]) => shape === null || shape.test(text));
        if (found !== undefined && !/disks|machine is/.test(found[1])) asked.add(`${program} ${found[1]}`);
      }
      return asked.size > 3;
    },
  },
];
