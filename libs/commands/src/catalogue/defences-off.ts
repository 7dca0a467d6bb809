import { TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

const WATCHERS =
  /^(?:r?syslogd?|rsyslog|syslog-ng|auditd|falco\S*|osqueryd?|wazuh\S*|ossec\S*|fail2ban|crowdsec\S*|clamav\S*|clamd|apparmor|ufw|firewalld|nftables|iptables|ip6tables|netfilter-persistent|cbdaemon|cbagent\S*|falcon-sensor|mdatp|sysmon|systemd-journald\S*|filebeat|auditbeat|snort|suricata|nessus\S*|rkhunter|chkrootkit|sophos\S*|sav-protect|esets?|tom|nadir|ds_agent|splunk\S*|sentinelone\S*|elastic-agent|aide)(?:\.service|\.socket)?$/;

export const defencesOff: readonly Indicator[] = [
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
    id: 'cron-stopped',
    family: 'defence-evasion',
    techniques: ['T1489'],
    weight: 0.42,
    says: 'stops the machine’s clock for jobs (cron)',
    programs: ['systemctl', 'service'],
    when: ({ text }) =>
      /^(?:stop|disable|mask)\s+(?:-\S+\s+)*crond?(?:\.service)?\s*$|^crond?\s+stop/.test(text),
  },
  {
    id: 'watcher-removed',
    family: 'defence-evasion',
    techniques: ['T1562.001'],
    weight: 0.6,
    says: 'removes the files of a program that watches over the machine',
    needs: 'written',
    whenLine: ({ written }) =>
      written.some(
        ({ path, how }) =>
          (how === 'remove' || how === 'empty') &&
          /^\/(?:opt|var|etc|usr\/(?:local\/)?(?:lib|s?bin|share))\/(?:CrowdStrike|crowdsec|carbonblack|cb|SentinelOne|sentinelone|traps|mcafee|McAfee|Symantec|sophos\S*|wazuh|ossec|falco|osquery|fail2ban|audit|auditd|microsoft\/mdatp|splunkforwarder|Elastic|tanium|Tanium|qualys)(?:\/|$)/.test(
            path,
          ),
      ),
  },
];
