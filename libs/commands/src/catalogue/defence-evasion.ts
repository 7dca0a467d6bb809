import type { CommandLine } from './line.ts';
import { TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

const LOGS =
  /^\/var\/log(?:\/|$)|^\/var\/(?:adm|run)\/(?:[wu]tmp|lastlog|messages|syslog)|^\/run\/utmp|^\/var\/spool\/mail\/root|\/var\/lib\/docker\/containers\/.*-json\.log|^\/var\/audit\//;
const SYSTEM_LOGS =
  /^\/var\/log\/?$|^\/var\/log\/\*+$|^\/var\/log\/(?:auth|secure|syslog|messages|kern|audit|wtmp|btmp|lastlog|faillog|daemon|cron|journal|utmp|sudo|dpkg|user)\b|^\/run\/utmp|^\/var\/run\/utmp|^\/var\/adm|^\/var\/audit/;
const WATCHERS =
  /^(?:r?syslogd?|rsyslog|syslog-ng|auditd|falco\S*|osqueryd?|wazuh\S*|ossec\S*|fail2ban|crowdsec\S*|clamav\S*|clamd|apparmor|ufw|firewalld|nftables|iptables|ip6tables|netfilter-persistent|cbdaemon|cbagent\S*|falcon-sensor|mdatp|sysmon|systemd-journald\S*|filebeat|auditbeat|snort|suricata|nessus\S*|rkhunter|chkrootkit|sophos\S*|sav-protect|esets?|tom|nadir|ds_agent|splunk\S*|sentinelone\S*|elastic-agent|aide)(?:\.service|\.socket)?$/;

const HIDDEN_TEMPORARY =
  /^(?:\/var)?\/(?:tmp|dev\/shm)\/(?:[^/]+\/)*\.(?!X|ICE|font|Test|org\.|docker|git|npm|cache|com\.)[^/.\s$][^/\s]*/;
const LOG_ROTATION = /\.(?:gz|bz2|xz|zst|old|\d+)$|\*\.(?:gz|\d|old|\[)/;

function touchesLogs(line: CommandLine): boolean {
  return line.written.some(({ path, how, call }) => {
    if (!LOGS.test(path)) return false;
    if (how === 'remove')
      return (
        call.program !== 'mv' &&
        (SYSTEM_LOGS.test(path) || call.program === 'shred') &&
        !LOG_ROTATION.test(path)
      );
    if (how === 'empty') return true;
    if (how === 'edit') return true;
    if (how === 'link') return true;
    if (how === 'text' || how === 'output')
      return (
        (SYSTEM_LOGS.test(path) &&
          call.redirects.some(
            ({ operator, target }) => (operator === '>' || operator === '>|') && target === path,
          )) ||
        (call.program === 'dd' && SYSTEM_LOGS.test(path)) ||
        (how === 'text' && SYSTEM_LOGS.test(path))
      );
    if (how === 'copy') return SYSTEM_LOGS.test(path) && call.args.includes('/dev/null');
    return false;
  });
}

/** A name that ends in a blank, or consists of dots and blanks. */
function deceives(name: string): boolean {
  if (name.length < 2 || name.includes('\n')) return false;
  return /[^\\ ] $|(?:^|\/) +[^ ]|(?:^|\/)\.{3,}(?:\/|$)|\/\.\.? $| \//.test(name);
}

export const defenceEvasion: readonly Indicator[] = [
  {
    id: 'logs-destroyed',
    family: 'defence-evasion',
    techniques: ['T1070.002'],
    weight: 0.6,
    says: 'empties, rewrites or removes system logs',
    needs: 'written',
    whenLine: touchesLogs,
  },
  {
    id: 'logs-destroyed-by-tool',
    family: 'defence-evasion',
    techniques: ['T1070.002'],
    weight: 0.6,
    says: 'empties or falsifies system logs',
    programs: [
      'find',
      'journalctl',
      'dmesg',
      'utmpdump',
      'logtamper',
      'wtmpclean',
      'zap',
      'zap2',
      'cloak2',
      'logcleaner',
    ],
    when: ({ program, text, args }) => {
      switch (program) {
        case 'find':
          return (
            /^\/var\/log/.test(args[0] ?? '') &&
            /-exec\s+(?:shred|truncate|rm\s+-rf?|sh\s+-c\s+["']?(?:cat \/dev\/null|>))/.test(text) &&
            !/-mtime|-name\s+["']?\*?\.(?:gz|\d|old)/.test(text)
          );
        case 'journalctl':
          return /--vacuum-(?:time|size)=[01](?:s|ms|b|k|kb|K)?(?:\s|$)/.test(text);
        case 'dmesg':
          return args.some((arg) => arg === '-C' || arg === '--clear' || arg === '-c');
        default:
          return program !== 'utmpdump' || args.includes('-r');
      }
    },
  },
  {
    id: 'mail-removed',
    family: 'defence-evasion',
    techniques: ['T1070.008'],
    weight: 0.45,
    says: 'empties or removes system mail',
    needs: 'written',
    whenLine: (line) =>
      line.written.some(
        ({ path, how }) =>
          /^\/var\/(?:spool\/)?mail(?:\/|$)/.test(path) &&
          (how === 'remove' || how === 'empty' || how === 'text'),
      ),
  },
  {
    id: 'watcher-stopped',
    family: 'defence-evasion',
    techniques: ['T1562.001', 'T1562.012'],
    weight: 0.6,
    says: 'stops a program that watches over the machine',
    programs: [
      'systemctl',
      'service',
      'pkill',
      'killall',
      'kill',
      'rc-service',
      'update-rc.d',
      'chkconfig',
      'invoke-rc.d',
      'launchctl',
      'apt',
      'apt-get',
      'yum',
      'dnf',
      'dpkg',
      'rpm',
      'initctl',
      'stop',
    ],
    when: ({ program, args, substituted }) => {
      const names = args.filter((arg) => !arg.startsWith('-'));
      const watcher = names.some((name) => WATCHERS.test(name.replace(/^.*\//, '')));
      switch (program) {
        case 'systemctl':
          return /^(?:stop|disable|mask|kill)$/.test(names[0] ?? '') && watcher;
        case 'service':
        case 'rc-service':
        case 'invoke-rc.d':
          return watcher && names.some((name) => name === 'stop');
        case 'update-rc.d':
        case 'chkconfig':
          return watcher && names.some((name) => /^(?:remove|disable|off)$/.test(name));
        case 'kill':
          return substituted.some((one) => one.args.some((arg) => WATCHERS.test(arg)));
        case 'apt':
        case 'apt-get':
        case 'yum':
        case 'dnf':
          return (
            /^(?:remove|purge|erase|autoremove)$/.test(names[0] ?? '') &&
            names.some(
              (name) => WATCHERS.test(name) && !/^(?:ufw|firewalld|nftables|apparmor|clam\S*)$/.test(name),
            )
          );
        case 'dpkg':
          return args.some((arg) => /^(?:-r|-P|--purge|--remove)$/.test(arg)) && watcher;
        case 'rpm':
          return args.some((arg) => /^-e|--erase/.test(arg)) && watcher;
        default:
          return watcher;
      }
    },
  },
  {
    id: 'logging-stopped',
    family: 'defence-evasion',
    techniques: ['T1562.012', 'T1562.003'],
    weight: 0.6,
    says: 'switches auditing or logging off',
    programs: ['auditctl', 'augenrules', 'setsid', 'sysctl', 'swapoff', 'logger'],
    when: ({ program, text }) =>
      program === 'auditctl'
        ? /(?:^|\s)-(?:D|e\s*0|d\s|W\s)/.test(text)
        : program === 'sysctl' &&
          /kernel\.(?:printk\s*=\s*0|randomize_va_space\s*=\s*0|yama\.ptrace_scope\s*=\s*0|dmesg_restrict\s*=\s*0)|fs\.suid_dumpable\s*=\s*[12]/.test(
            text,
          ),
  },
  {
    id: 'logging-configuration-changed',
    family: 'defence-evasion',
    techniques: ['T1562.012', 'T1562.006'],
    weight: 0.5,
    says: 'rewrites what is logged or audited',
    needs: 'written',
    whenLine: (line) =>
      line.written.some(
        ({ path, how }) =>
          (/^\/etc\/(?:audit\/|rsyslog\.(?:conf|d)|syslog\.conf|libaudit\.conf|audisp\/|newsyslog|syslog-ng\/)/.test(
            path,
          ) &&
            how !== 'copy' &&
            how !== 'tee') ||
          /^\/proc\/sys\/kernel\/(?:randomize_va_space|yama|core_pattern|modprobe|printk)/.test(path),
      ),
  },
  {
    id: 'firewall-down',
    family: 'defence-evasion',
    techniques: ['T1562.004'],
    weight: 0.5,
    says: 'takes the firewall down',
    programs: ['ufw', 'iptables', 'ip6tables', 'nft', 'firewall-cmd', 'pfctl', 'ipfw', 'iptables-legacy'],
    when: ({ program, args, text }) => {
      if (program === 'ufw')
        return (
          args[0] === 'disable' ||
          args[1] === 'disable' ||
          args.includes('reset') ||
          /^logging off/.test(text)
        );
      if (program === 'nft') return /^flush\s+ruleset|^delete\s+table/.test(text);
      if (program === 'pfctl') return /(?:^|\s)-[a-zA-Z]*[dF]/.test(text);
      if (program === 'firewall-cmd')
        return /--panic-off|--remove-service=ssh|--set-default-zone=trusted|--set-target=ACCEPT/.test(text);
      if (program === 'ipfw') return /disable|flush/.test(text);
      return (
        /(?:^|\s)(?:-F|--flush)(?:\s*$|\s+(?:INPUT|OUTPUT|FORWARD)\b)|(?:^|\s)(?:-P|--policy)\s+(?:INPUT|FORWARD)\s+ACCEPT|(?:^|\s)-X\s*$/.test(
          text,
        ) && !/(?:^|\s)-t\s+nat/.test(text)
      );
    },
  },
  {
    id: 'firewall-rule-removed',
    family: 'defence-evasion',
    techniques: ['T1562.004'],
    weight: 0.4,
    says: 'takes a rule out of the firewall or lets everything from one address in',
    programs: ['iptables', 'ip6tables', 'ufw'],
    when: ({ program, text }) =>
      program === 'ufw'
        ? /^(?:--force\s+)?delete\s+(?:deny|reject)/.test(text)
        : /(?:^|\s)(?:-D|--delete)\s+(?:INPUT|OUTPUT)\b.*(?:DROP|REJECT)/.test(text),
  },
  {
    id: 'firewall-files-changed',
    family: 'defence-evasion',
    techniques: ['T1562.004'],
    weight: 0.5,
    says: 'rewrites the firewall’s own files',
    needs: 'written',
    whenLine: (line) =>
      line.written.some(
        ({ path, how }) =>
          /^\/etc\/(?:ufw\/|default\/ufw|nftables\.conf|iptables\/|pf\.conf|sysconfig\/iptables)/.test(
            path,
          ) && /^(?:text|edit|empty|remove)$/.test(how),
      ),
  },
  {
    id: 'mandatory-access-off',
    family: 'defence-evasion',
    techniques: ['T1562.001'],
    weight: 0.55,
    says: 'switches SELinux or AppArmor off',
    programs: [
      'setenforce',
      'sed',
      'aa-disable',
      'aa-teardown',
      'aa-complain',
      'echo',
      'setsebool',
      'apparmor_parser',
    ],
    when: ({ program, text, redirects }) => {
      if (program === 'setenforce') return /^(?:0|permissive)/i.test(text);
      if (program === 'sed') return /SELINUX=(?:disabled|permissive)/.test(text);
      if (program === 'echo')
        return redirects.some(({ target }) => /\/selinux\/enforce|\/etc\/selinux/.test(target));
      if (program === 'apparmor_parser') return /(?:^|\s)-R/.test(text);
      return program !== 'setsebool';
    },
  },
  {
    id: 'attributes-changed',
    family: 'defence-evasion',
    techniques: ['T1222.002'],
    weight: 0.45,
    says: 'makes a file unchangeable, or a protected one changeable',
    programs: ['chattr', 'chflags', 'lsattr'],
    when: ({ program, text }) =>
      program === 'chattr' ? /(?:^|\s)(?:-R\s+)?[-+=][a-zA-Z]*[ia]/.test(text) : program === 'chflags',
  },
  {
    id: 'times-changed',
    family: 'defence-evasion',
    techniques: ['T1070.006'],
    weight: 0.45,
    says: 'gives a file the time stamps of another one, or false ones',
    programs: ['touch', 'debugfs', 'date', 'timedatectl', 'hwclock', 'xattr'],
    when: ({ program, args, text }) => {
      if (program === 'touch') {
        const reference = /(?:^|\s)(?:-[a-zA-Z]*r|--reference)[\s=]*(\S+)/.exec(text)?.[1] ?? '';
        if (/^\/(?:usr\/)?(?:s?bin|lib|etc)(?:\/|$)/.test(reference)) return true;
        const time = /(?:^|\s)-[a-zA-Z]*t\s*(\d{2})?(\d{2})(?:\d{8})/.exec(text);
        const early = time !== null && time[1] !== undefined && Number(time[1] + time[2]) < 1995;
        return (
          early ||
          (/(?:^|\s)-[a-zA-Z]*[td]|--date/.test(text) &&
            args.some((arg) =>
              /^\/(?:usr\/)?(?:s?bin|lib|etc)\/|^\/(?:tmp|var\/tmp|dev\/shm)\/\.|\.(?:so|ko|elf|php)$/.test(
                arg,
              ),
            ))
        );
      }
      if (program === 'debugfs') return /set_inode_field|\bsif\b|-w/.test(text);
      if (program === 'date')
        return (
          /^\d{8}(?:19\d{2}|\d{2})?(?:\.\d{2})?$/.test(args[0] ?? '') &&
          /(?:19[789]\d|\d{8}[789]\d)/.test(args[0] ?? '')
        );
      return program === 'timedatectl' && /set-time\s+["']?19/.test(text);
    },
  },
  {
    id: 'name-with-blank-or-like-the-kernel',
    family: 'defence-evasion',
    techniques: ['T1036.006', 'T1036.004'],
    weight: 0.5,
    says: 'uses a name made to deceive: ending in a blank, dots alone, or like a kernel thread',
    programs: ['mkdir', 'cp', 'mv', 'touch', 'chmod', 'ln', 'install', 'exec'],
    when: ({ args, program }) =>
      program === 'exec'
        ? /-a\s+["']?[[(]|-a\s+["']?(?:kworker|sshd|systemd|init|crond|syslogd)/.test(args.join(' '))
        : args.some(deceives),
  },
  {
    id: 'runs-name-with-blank',
    family: 'defence-evasion',
    techniques: ['T1036.006'],
    weight: 0.5,
    says: 'starts a program whose name ends in a blank',
    needs: 'file',
    when: ({ path, program }) => / $|^[^ ]+ \/[^ ]* ?$/.test(path) && !program.includes('('),
  },
  {
    id: 'process-hidden',
    family: 'defence-evasion',
    techniques: ['T1564', 'T1036.004'],
    weight: 0.8,
    says: 'hides a process by mounting over its folder in /proc',
    programs: ['mount'],
    when: ({ text }) => /(?:-o\s*\S*bind|--r?bind|-B|-R)\b.*\s\/proc\/\S+/.test(text),
  },
  {
    id: 'program-renamed',
    family: 'defence-evasion',
    techniques: ['T1036.003', 'T1036.005'],
    weight: 0.55,
    says: 'copies a shell or a system program under another name',
    programs: ['cp', 'mv', 'ln', 'install', 'cat'],
    when: ({ args, redirects, program }) => {
      const files = args.filter((arg) => !arg.startsWith('-'));
      const source = files[0] ?? '';
      const target =
        program === 'cat' ? redirects.find(({ operator }) => operator === '>')?.target : files.at(-1);
      if (!target || target === source) return false;
      const name =
        /^(?:\/usr)?\/s?bin\/(sh|bash|dash|zsh|busybox|nc|ncat|socat|curl|wget|python[\d.]*|perl|tar|ls|cat|ps|id|sleep|yes|cp|tail)$/.exec(
          source,
        )?.[1];
      if (name === undefined) return false;
      const as = target.slice(target.lastIndexOf('/') + 1);
      return (
        TEMPORARY.test(target) ||
        TEMPORARY.test(`${target}/`) ||
        /(?:^|\/)\./.test(target) ||
        (as !== '' &&
          as !== name &&
          as !== '.' &&
          !target.endsWith('/') &&
          !/bak|orig|old|static|real/.test(as) &&
          (name === 'sh' ||
            name === 'bash' ||
            name === 'dash' ||
            name === 'nc' ||
            name === 'busybox' ||
            name === 'socat') &&
          program !== 'ln')
      );
    },
  },
  {
    id: 'traces-wiped',
    family: 'defence-evasion',
    techniques: ['T1070.004'],
    weight: 0.3,
    says: 'overwrites a file so that it cannot be read again',
    programs: ['shred', 'srm', 'wipe', 'sfill'],
    when: ({ text, args }) =>
      args.length > 0 &&
      (/(?:^|\s)-[a-zA-Z]*u|--remove/.test(text) || TEMPORARY.test(args.at(-1) ?? '')) &&
      !/--(?:help|version)/.test(text),
  },
  {
    id: 'removes-itself',
    family: 'defence-evasion',
    techniques: ['T1070.004'],
    weight: 0.42,
    says: 'removes the script that it is',
    programs: ['rm', 'unlink', 'shred'],
    when: ({ program, text }) =>
      (program === 'rm' || program === 'unlink' || program === 'shred') &&
      /(?:^|\s)(?:--\s+)?["']?\$(?:0|BASH_SOURCE)\b/.test(text),
  },
  {
    id: 'delays',
    family: 'defence-evasion',
    techniques: ['T1497.003'],
    weight: 0.42,
    says: 'pings for minutes and looks at no answer: a way to wait unseen',
    programs: ['ping'],
    when: ({ text, redirects }) =>
      Number(/(?:^|\s)-[cn]\s*(\d+)/.exec(text)?.[1] ?? 0) >= 60 &&
      redirects.some(({ target }) => target === '/dev/null'),
  },
  {
    id: 'process-injected',
    family: 'defence-evasion',
    techniques: ['T1055.008', 'T1055.009'],
    weight: 0.7,
    says: 'reaches into a running process',
    programs: [
      'gdb',
      'dd',
      'echo',
      'printf',
      'cat',
      'linux-inject',
      'inject',
      'injector',
      'ptrace_inject',
      'dlinject',
      'dlinject.py',
      'ddexec',
      'ddexec.sh',
    ],
    when: ({ program, text, redirects }) => injected(program, text, redirects),
  },
  {
    id: 'hides-from-agent-logs',
    family: 'defence-evasion',
    techniques: ['T1036', 'T1071.001'],
    weight: 0.45,
    says: 'pretends to be another program when it asks a web server',
    programs: ['curl', 'wget'],
    when: ({ program, text }) =>
      /(?:-A|--user-agent|-U|User-Agent:)[\s=]*["']?(?:HttpBrowser\/|Wget\/1\.9\+cvs|Opera\/8\.81|\*<\||Mozilla\/[234]\.0 \(compatible; (?:MSIE [5-8]|Win32)|Mozilla\/4\.0 \(compatible\)|sqlmap|Nikto|masscan)/i.test(
        text,
      ) ||
      (program === 'curl' && /(?:-A|--user-agent)[\s=]*["']?Wget\//.test(text)),
  },
  {
    id: 'package-checks-off',
    family: 'defence-evasion',
    techniques: ['T1553'],
    weight: 0.45,
    says: 'trusts a certificate of its own',
    programs: ['cp', 'mv', 'tee'],
    when: ({ args }) =>
      /\/(?:ca-trust\/source\/anchors|ca-certificates\/trust-source\/anchors)\//.test(args.at(-1) ?? '') ||
      (args.some((arg) => TEMPORARY.test(arg)) &&
        /\/usr\/(?:local\/)?share\/ca-certificates/.test(args.at(-1) ?? '')),
  },
  {
    id: 'hidden-place-in-temporary-folder',
    family: 'defence-evasion',
    techniques: ['T1564.001'],
    weight: 0.42,
    says: 'hides a file or a folder among the temporary ones',
    whenLine: (line) =>
      line.written.some(({ path, how }) => how !== 'remove' && HIDDEN_TEMPORARY.test(path)) ||
      line.calls.some(
        ({ program, args }) =>
          (program === 'mkdir' || program === 'touch') && args.some((arg) => HIDDEN_TEMPORARY.test(arg)),
      ),
  },
  {
    id: 'program-padded',
    family: 'defence-evasion',
    techniques: ['T1027.001'],
    weight: 0.45,
    says: 'changes a file’s fingerprint by adding nothing to its end',
    programs: ['dd', 'head', 'truncate', 'printf'],
    when: ({ program, text, redirects }) =>
      (program === 'dd' || program === 'head') &&
      /\/dev\/(?:zero|u?random)/.test(text) &&
      redirects.some(({ operator, target }) => operator === '>>' && target !== ''),
  },
  {
    id: 'cron-stopped',
    family: 'defence-evasion',
    techniques: ['T1489'],
    weight: 0.42,
    says: 'stops the machine’s clock for jobs (cron)',
    programs: ['systemctl', 'service'],
    when: ({ text }) =>
      /^(?:stop|disable|mask)\s+(?:-\S+\s+)*crond?(?:\.service)?\s*$|^crond?\s+stop/.test(text),
  },
];

function injected(program: string, text: string, redirects: readonly { readonly target: string }[]): boolean {
  if (program === 'gdb')
    return (
      /(?:-p|--pid|attach)[\s=]*\S+/.test(text) &&
      /call\s|print\s.*dlopen|__libc_dlopen|set\s+var|dlopen|execl|system\(/.test(text)
    );
  if (program === 'dd' || program === 'echo' || program === 'printf' || program === 'cat')
    return (
      /of=\/proc\/\S+\/mem/.test(text) ||
      redirects.some(({ target }) => /^\/proc\/(?:\d+|\$\S*)\/mem/.test(target))
    );
  return /^(?:linux-inject|inject|injector|ptrace_inject|dlinject|dlinject\.py|ddexec(?:\.sh)?)$/.test(
    program,
  );
}
