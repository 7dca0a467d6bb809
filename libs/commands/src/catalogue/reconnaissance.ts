import type { Call } from './line.ts';
import type { Indicator } from './port.ts';
import { askedOf } from './reading.ts';

const LANGUAGES: ReadonlySet<string> = new Set('python perl ruby php lua node tclsh osascript'.split(' '));
const QUESTIONS: ReadonlySet<string> = new Set(
  'whoami id uname hostname ifconfig netstat who groups'.split(' '),
);
const WATCHERS =
  /(?:^|\/)(?:clam(?:scan|d|av)|rkhunter|chkrootkit|tripwire|aide|lynis|snort|suricata|ossec\S*|wazuh\S*|falco|falcon\S*|osqueryi?d?|auditd|auditctl|auditbeat|samhain|maldet|zeek|tcpdump|wireshark|crowdstrike|sentinel\S*|esets|sophos\S*|mdatp|carbonblack|cbagentd)$/i;
const WATCHER_PLACES =
  /\/(?:opt|etc|var|usr\/(?:local|share|lib))\/(?:CrowdStrike|carbonblack|cb(?:sensor|agent)\w*|SentinelOne|sentinelone|traps|McAfee|mcafee|Symantec|sophos\S*|ossec|wazuh\S*|eset|microsoft\/mdatp|ds_agent|Tanium|qualys|splunkforwarder|Elastic|falco|osquery|aegis|bitdefender\S*|kaspersky)(?:\/|\s|$)/;
const TOOLS =
  /^(?:nc|ncat|netcat|socat|nmap|gcc|cc|g\+\+|make|tcpdump|perl|ruby|php|lua|gdb|strace|wget|curl|ftp|tftp|python\d?|docker|kubectl|telnet|ssh|openssl|base64|xxd)$/;
const OF_THE_TRADE = /^(?:nc|ncat|netcat|socat|nmap|tcpdump|telnet|t?ftp|base64|xxd|gdb|strace)$/m;

function walksAccounts({ loop }: Call): boolean {
  return loop !== null && /\/etc\/(?:passwd|group)|getent\s+(?:passwd|group)|ls\s+\/home/.test(loop);
}

/** Questions that administrators hardly ask, and people who are new to a machine do. */
export const reconnaissance: readonly Indicator[] = [
  {
    id: 'asks-through-a-language',
    family: 'discovery',
    techniques: ['T1059', 'T1082'],
    weight: 0.42,
    says: 'asks about the machine out of a line of code',
    needs: 'wrapper',
    when: ({ program, via }) => QUESTIONS.has(program) && LANGUAGES.has(via.at(-1) ?? ''),
  },
  {
    id: 'each-account-asked',
    family: 'discovery',
    techniques: ['T1087.001', 'T1033'],
    weight: 0.42,
    says: 'goes through all accounts and asks about each',
    needs: 'loop',
    when: (call) =>
      walksAccounts(call) &&
      /^(?:id|groups|chage|sudo|passwd|lastlog|finger|crontab|last)$/.test(call.program) &&
      /\$|\{/.test(call.text),
  },
  {
    id: 'accounts-by-completion',
    family: 'discovery',
    techniques: ['T1087.001', 'T1069.001'],
    weight: 0.42,
    says: 'lists accounts or groups by a side door',
    programs: ['compgen', 'lslogins', 'dscl', 'pw', 'dscacheutil'],
    when: ({ program, args, text }) =>
      program === 'compgen'
        ? /^-[ug]$|^-A$/.test(args[0] ?? '') && (args[0] !== '-A' || /user|group/.test(text))
        : program === 'lslogins'
          ? args.length > 0
          : program === 'pw'
            ? /^(?:user|group)show\s+-a/.test(text)
            : /list|-q\s+(?:user|group)/.test(text),
  },
  {
    id: 'powerful-groups-asked',
    family: 'discovery',
    techniques: ['T1069.001'],
    weight: 0.42,
    says: 'asks who has the rights of an administrator',
    programs: ['grep', 'egrep', 'awk', 'getent', 'sudo'],
    when: ({ program, text, loop }) =>
      program === 'getent'
        ? (/^group\b/.test(text) &&
            (text.match(/\b(?:sudo|wheel|admin|adm|root|docker|lxd|shadow|disk)\b/g)?.length ?? 0) > 1) ||
          (loop !== null && /\b(?:sudo|wheel)\b/.test(loop) && /^group\s+\$/.test(text)) ||
          /^group\s+["']?domain admins/i.test(text)
        : program === 'sudo'
          ? /(?:^|\s)-l?U\s+\$|(?:^|\s)-l\s+-U\s/.test(text)
          : /\/etc\/group\b/.test(text) && /\b(?:sudo|wheel|admin|root)\b/.test(text),
  },
  {
    id: 'connections-from-proc',
    family: 'discovery',
    techniques: ['T1049', 'T1016'],
    weight: 0.42,
    says: 'reads connections or neighbours out of the kernel’s files',
    programs: ['cat', 'head', 'tail', 'less', 'more', 'grep', 'egrep', 'awk', 'sed', 'cut', 'strings', 'xxd'],
    needs: 'read',
    whenLine: (line) =>
      askedOf(line, /\/proc\/(?:self\/|\d+\/)?net\/(?:tcp6?|udp6?|raw|unix|arp|route|fib_trie)\b/),
  },
  {
    id: 'watchers-looked-for',
    family: 'discovery',
    techniques: ['T1518.001'],
    weight: 0.45,
    says: 'looks for the programs that would notice it',
    programs: [
      'which',
      'command',
      'whereis',
      'type',
      'ls',
      'test',
      '[',
      'find',
      'pgrep',
      'pidof',
      'stat',
      'locate',
      'grep',
      'egrep',
    ],
    when: ({ program, args, text, upstream }) => {
      const named = args.filter((arg) => WATCHERS.test(arg)).length;
      switch (program) {
        case 'which':
        case 'command':
        case 'whereis':
        case 'type':
          return named > 1;
        case 'pgrep':
        case 'pidof':
          return /falcon-sensor|crowdstrike|osqueryd|wazuh|ossec|cbagent|mdatp|sentinel|falco\b|sophos|auditd|esets/i.test(
            text,
          );
        case 'grep':
        case 'egrep':
          return (
            (text.match(
              /ufw|fail2ban|clam|apparmor|selinux|snort|suricata|ossec|wazuh|falco|rkhunter|auditd|chkrootkit|tripwire|crowdsec|osquery|antivirus|firewalld/gi,
            )?.length ?? 0) > 1 &&
            upstream.some((one) =>
              /^(?:ps|service|systemctl|dpkg|rpm|lsmod|apt|ls|pacman|yum|dnf|pstree|top|netstat|ss)$/.test(
                one.program,
              ),
            )
          );
        default:
          return WATCHER_PLACES.test(text);
      }
    },
  },
  {
    id: 'tools-looked-for',
    family: 'discovery',
    techniques: ['T1518', 'T1082'],
    weight: 0.42,
    says: 'looks which tools for its trade there are',
    programs: ['which', 'command', 'whereis', 'type', 'hash'],
    when: ({ args, loop, text }) =>
      (args.filter((arg) => TOOLS.test(arg)).length > 3 && args.some((arg) => OF_THE_TRADE.test(arg))) ||
      (loop !== null &&
        /\$/.test(text) &&
        OF_THE_TRADE.test(loop.replace(/\s+/g, '\n')) &&
        loop.split(/\s+/).filter((word) => TOOLS.test(word)).length > 3),
  },
  {
    id: 'agents-looked-for',
    family: 'lateral-movement',
    techniques: ['T1563.001', 'T1558.005'],
    weight: 0.45,
    says: 'looks for key agents or tickets of others',
    programs: ['find', 'ls', 'locate', 'tmux', 'stat'],
    when: ({ program, text }) =>
      program === 'tmux'
        ? /-S\s*\/tmp\/tmux-\d+\/\S+\s+(?:ls|list-sessions|attach)/.test(text)
        : /\/tmp\/(?:ssh-|krb5cc)|krb5cc|\.ccache|\/tmp\/tmux-/.test(text) ||
          (program === 'find' && /\/tmp|\/run/.test(text) && /agent\.|S\.gpg-agent/.test(text)),
  },
  {
    id: 'network-gear-asked',
    family: 'discovery',
    techniques: ['T1602', 'T1046'],
    weight: 0.42,
    says: 'asks other machines for all that they tell (SNMP)',
    programs: ['snmpwalk', 'snmpbulkwalk', 'onesixtyone', 'snmp-check', 'snmpenum'],
    when: ({ program, text }) =>
      program === 'onesixtyone' ||
      program.startsWith('snmp-') ||
      /-c\s*["']?(?:public|private|manager)["']?\s/.test(text),
  },
  {
    id: 'accounts-worth-taking',
    family: 'discovery',
    techniques: ['T1087.001', 'T1033'],
    weight: 0.42,
    says: 'sorts out the accounts that are root, can log in or have no password',
    programs: ['awk', 'grep', 'egrep', 'passwd'],
    when: ({ program, text, upstream }) =>
      program === 'passwd'
        ? /(?:^|\s)(?:-a\s+-S|-S\s+-a|-Sa|-aS|--status\s+--all)/.test(text)
        : (/\/etc\/(?:passwd|shadow)\b/.test(text) ||
            upstream.some(
              (one) =>
                /\/etc\/passwd\b/.test(one.text) || (one.program === 'getent' && /^passwd/.test(one.text)),
            )) &&
          (program === 'awk'
            ? /\$3\s*==\s*"?0\b|\$2\s*==\s*""|\$7\s*~|\$NF\s*~/.test(text)
            : /nologin|\bfalse\b|:0:|sh\$|\/bin\/(?:ba)?sh|x:0/.test(text)),
  },
  {
    id: 'environment-searched',
    family: 'credential-access',
    techniques: ['T1552.001', 'T1552.007'],
    weight: 0.42,
    says: 'searches the environment for passwords',
    programs: ['grep', 'egrep', 'rg', 'awk'],
    when: ({ text, upstream }) =>
      (text.match(/pass|token|secret|key|cred|pwd/gi)?.length ?? 0) > 1 &&
      upstream.some(
        ({ program, args }) => /^(?:env|printenv|set|export|declare)$/.test(program) && args.length < 2,
      ),
  },
  {
    id: 'secrets-of-all-homes-listed',
    family: 'discovery',
    techniques: ['T1083', 'T1552.004'],
    weight: 0.42,
    says: 'looks into what everybody keeps secret in their home',
    programs: ['ls', 'cat', 'head', 'stat', 'tar', 'zip', 'cp', 'grep', 'wc', 'file', 'strings'],
    when: ({ args }) =>
      args.some((arg) =>
        /^\/(?:home\/(?:\*|\$\w+)|root)\/\.(?:ssh|aws|gnupg|kube|docker|config|\w*history|mozilla|netrc|azure)/.test(
          arg,
        ),
      ) && !args.some((arg) => /^\/root\/\.ssh\/(?:authorized_keys|known_hosts|config)$/.test(arg)),
  },
  {
    id: 'ports-tried-by-code',
    family: 'discovery',
    techniques: ['T1046'],
    weight: 0.45,
    says: 'tries many ports in a line of code',
    programs: ['python', 'perl', 'ruby', 'php', 'node'],
    when: ({ text }) =>
      /socket|IO::Socket|fsockopen|TCPSocket|createConnection/i.test(text) &&
      /connect|fsockopen|TCPSocket|->new/.test(text) &&
      /range\s*\(|\.\.|for\s*\(|foreach|upto|times/.test(text),
  },
];
