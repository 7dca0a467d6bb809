import { namesFarAddress } from './bare-address.ts';
import { TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

const VENDORS =
  /crowdstrike|falcon(?:ctl|-sensor)|sentinel(?:one|agent|ctl)|carbon ?black|cbagent|cbdefense|cybereason|cortex-?xdr|traps_pmd|xagt|fireeye|trend ?micro|ds_agent|qualys|rapid7|ir_agent|mdatp|sophos|bitdefender|kaspersky|kesl|esets?\b|aegis|aliyun|cloudmonitor|qcloud|stargate|YDService|bcm-agent|tanium|wazuh|ossec|osquery|falco\b|auditbeat|rkhunter|chkrootkit|clamav/i;
const REPORTS =
  /\b(?:telemetry|edr|update|updates|security|crowdstrike|sentinel\w*|sophos|eset|clamav|virus\w*|defender|wazuh|splunk|siem|syslog|cloudsink)\b/i;
/** Ports that remote-control programs come with. */
const BACK_DOORS = /^(?:4444|1337|31337|5555|6666|6667|12345|54321|1234|9001)(?:\/(?:tcp|udp))?$/;

/** Ways around those who watch that are not simply to stop them. */
export const watchersEvaded: readonly Indicator[] = [
  {
    id: 'vendor-agent-removed',
    family: 'defence-evasion',
    techniques: ['T1562.001'],
    weight: 0.6,
    says: 'takes a security agent off the machine',
    whenLine: ({ calls, written, raw }) =>
      (VENDORS.test(raw) || /auditd|auditctl|syslogd|iptables|nft/.test(raw)) &&
      (calls.some(({ program, path, text, args }) => {
        if (VENDORS.test(path))
          return /uninstall|remove|(?:^|\s)-(?:d|u)\b|--delete|--disable|disable|unload|stop/.test(
            `${path} ${text}`,
          );
        if (program === 'dpkg')
          return args.some((arg) => /^(?:-r|-P|--purge|--remove)$/.test(arg)) && VENDORS.test(text);
        if (/^(?:apt|apt-get|yum|dnf|zypper|rpm|snap)$/.test(program))
          return /(?:^|\s)(?:remove|purge|erase|-e)\s/.test(text) && VENDORS.test(text) && !/clam/.test(text);
        return false;
      }) ||
        written.some(
          ({ path, how }) =>
            (how === 'remove' || how === 'empty') &&
            VENDORS.test(path) &&
            /^\/(?:etc|opt|usr|var\/(?:lib|ossec)|s?bin)\b/.test(path) &&
            !/\.(?:gz|log|list|old|bak|deb)$|\/log\/|sources\.list|\/cache\/|\/quarantine/.test(path),
        ) ||
        written.some(
          ({ path, how }) =>
            how === 'remove' &&
            /^\/(?:usr\/)?s?bin\/(?:auditd|auditctl|rsyslogd|syslogd|iptables|nft|clam\w+)$/.test(path),
        )),
  },
  {
    id: 'reports-sent-nowhere',
    family: 'defence-evasion',
    techniques: ['T1562.006', 'T1562.001', 'T1565.001'],
    weight: 0.5,
    says: 'cuts the machine off from those who would hear of it',
    programs: ['iptables', 'ip6tables'],
    needs: 'written',
    whenLine: ({ written, calls }) =>
      written.some(
        ({ path, content }) =>
          path === '/etc/hosts' &&
          /(?:^|["'\s])(?:127\.0\.0\.1|0\.0\.0\.0|::1)\s/.test(content ?? '') &&
          REPORTS.test(content ?? ''),
      ) ||
      calls.some(
        ({ program, text }) =>
          /^ip6?tables$/.test(program) &&
          /(?:^|\s)-[AI]\s+OUTPUT\b/.test(text) &&
          /DROP|REJECT/.test(text) &&
          (REPORTS.test(text) || /--dport\s+(?:514|6514|1514|9200|5044|24224)\b/.test(text)),
      ),
  },
  {
    id: 'journal-kept-nowhere',
    family: 'defence-evasion',
    techniques: ['T1562.006', 'T1562.012'],
    weight: 0.5,
    says: 'has the journal or the audit log keep nothing',
    programs: ['auditctl'],
    needs: 'written',
    whenLine: ({ written, calls }) =>
      written.some(
        ({ path, content }) =>
          /journald\.conf/.test(path) &&
          /Storage=none|ForwardToSyslog=no|MaxLevelStore=(?:emerg|alert|crit)/.test(content ?? ''),
      ) ||
      calls.some(
        ({ program, text }) =>
          program === 'auditctl' &&
          (/-a\s+(?:never,|\w+,never)/.test(text) ||
            /(?:^|\s)-R\s*(?:\/var)?\/(?:tmp|dev\/shm)\//.test(text) ||
            /--signal\s+stop|-b\s*0\b/.test(text)),
      ),
  },
  {
    id: 'history-limits-rewritten',
    family: 'history',
    techniques: ['T1562.003'],
    weight: 0.6,
    says: 'has shells keep no history from now on',
    needs: 'written',
    whenLine: ({ written }) =>
      written.some(
        ({ path, how, content }) =>
          how !== 'remove' &&
          /(?:rc|profile|environment|\.zshenv)$|profile\.d\//.test(path) &&
          /HIST(?:FILE)?SIZE=["']?0\b|HISTFILE=\/dev\/null|unset\s+HISTFILE|set\s+\+o\s+history|HISTCONTROL=ignorespace/.test(
            content ?? '',
          ),
      ),
  },
  {
    id: 'log-put-back',
    family: 'defence-evasion',
    techniques: ['T1070.002'],
    weight: 0.6,
    says: 'puts a cleaned copy of a log in its place',
    needs: 'written',
    programs: ['grep'],
    whenLine: ({ written, calls }) =>
      written.some(
        ({ path, how, call }) =>
          how === 'copy' &&
          /^\/var\/log\/(?:auth|secure|syslog|messages|kern|audit|wtmp|btmp|lastlog|faillog|daemon|cron|sudo|\S*access|\S*error)/.test(
            path,
          ) &&
          call.args.some((arg) => TEMPORARY.test(arg)),
      ) ||
      calls.some(
        ({ program, text, redirects }) =>
          program === 'grep' &&
          /(?:^|\s)-[a-z]*v/.test(text) &&
          /\/var\/log\/(?:auth|secure|syslog|messages|wtmp|audit|\S*access)/.test(text) &&
          redirects.some(({ target }) => TEMPORARY.test(target) || /^\/var\/log\//.test(target)),
      ),
  },
  {
    id: 'access-log-rewritten',
    family: 'defence-evasion',
    techniques: ['T1070.002', 'T1565.001'],
    weight: 0.5,
    says: 'removes lines from a log in place',
    needs: 'written',
    whenLine: ({ written }) => written.some(({ path, how }) => how === 'edit' && /^\/var\/log\//.test(path)),
  },
  {
    id: 'connections-forgotten',
    family: 'defence-evasion',
    techniques: ['T1070.007'],
    weight: 0.42,
    says: 'clears what the machine remembers of its connections',
    programs: ['conntrack', 'ip', 'nstat'],
    when: ({ program, text }) =>
      program === 'conntrack'
        ? /(?:^|\s)(?:-F|--flush)\b/.test(text)
        : program === 'ip' && /-s\s+-s\s+neigh\w*\s+flush|tcp_metrics\s+flush/.test(text),
  },
  {
    id: 'known-machines-forgotten',
    family: 'defence-evasion',
    techniques: ['T1070.007', 'T1531'],
    weight: 0.42,
    says: 'removes who may log in, or which machines were visited, of somebody else',
    needs: 'written',
    whenLine: ({ written }) =>
      written.some(
        ({ path, how }) =>
          how === 'remove' && /^\/(?:root|home\/[^/]+)\/\.ssh\/(?:authorized_keys|known_hosts)$/.test(path),
      ),
  },
  {
    id: 'back-door-let-through',
    family: 'defence-evasion',
    techniques: ['T1562.004', 'T1571'],
    weight: 0.42,
    says: 'opens the firewall for a port that remote-control programs come with',
    programs: ['ufw', 'iptables', 'ip6tables', 'firewall-cmd', 'nft'],
    when: ({ program, args, text }) =>
      program === 'ufw'
        ? /\ballow\b/.test(text) && args.some((arg) => BACK_DOORS.test(arg))
        : program === 'firewall-cmd'
          ? args.some(
              (arg) => BACK_DOORS.test(arg.replace(/^--add-port=/, '')) && arg.startsWith('--add-port='),
            )
          : /ACCEPT|accept/.test(text) &&
            args.some((arg, at) => BACK_DOORS.test(arg) && /port$|^dport$/.test(args[at - 1] ?? '')),
  },
  {
    id: 'rules-from-temporary-folder',
    family: 'defence-evasion',
    techniques: ['T1562.004'],
    weight: 0.42,
    says: 'takes firewall rules from a folder that everyone may write to',
    programs: ['iptables-restore', 'ip6tables-restore', 'nft'],
    when: ({ redirects, args }) =>
      redirects.some(({ operator, target }) => operator === '<' && TEMPORARY.test(target)) ||
      args.some((arg) => TEMPORARY.test(arg)),
  },
  {
    id: 'guards-lowered',
    family: 'defence-evasion',
    techniques: ['T1562.001', 'T1562.010'],
    weight: 0.45,
    says: 'lowers what the system demands of programs or connections',
    programs: ['update-crypto-policies'],
    needs: 'written',
    whenLine: ({ calls, written }) =>
      calls.some(
        ({ program, text }) => program === 'update-crypto-policies' && /--set\s+LEGACY/.test(text),
      ) ||
      written.some(({ path }) =>
        /\/etc\/apparmor\.d\/(?:disable|force-complain)\//.test(path.endsWith('/') ? path : `${path}/`),
      ) ||
      written.some(
        ({ path, content }) =>
          (/sshd_config/.test(path) &&
            /PasswordAuthentication[^/]*\/\s*PasswordAuthentication\s+yes|AuthorizedKeysCommand\s+(?:\/tmp|\/dev|\/var\/tmp)|PermitUserEnvironment\s+yes|StrictModes\s+no/.test(
              content ?? '',
            )) ||
          (/nsswitch\.conf$/.test(path) && /passwd|shadow/.test(content ?? '')),
      ),
  },
  {
    id: 'own-certificate-trusted',
    family: 'defence-evasion',
    techniques: ['T1553.004'],
    weight: 0.45,
    says: 'has everybody on the machine trust a certificate of its own',
    programs: ['certutil', 'trust', 'keytool'],
    needs: 'written',
    whenLine: ({ calls, written }) =>
      calls.some(
        ({ program, text }) =>
          (program === 'certutil' && /(?:^|\s)-A\b/.test(text) && /-t\s*["']?[CT]/.test(text)) ||
          (program === 'trust' && /^anchor\b(?!.*--remove)/.test(text)) ||
          (program === 'keytool' && /-import/.test(text) && /-cacerts|lib\/security\/cacerts/.test(text)),
      ) ||
      written.some(
        ({ path, how }) =>
          (how === 'output' || how === 'text' || how === 'tee') &&
          /\/etc\/ssl\/certs\/ca-certificates\.crt$|\/certs\/ca-bundle\.(?:crt|trust\.crt)$/.test(path),
      ),
  },
  {
    id: 'far-address-let-in',
    family: 'defence-evasion',
    techniques: ['T1562.004'],
    weight: 0.42,
    says: 'lets everything from one address of the internet through the firewall',
    programs: ['iptables', 'ip6tables', 'ufw', 'nft', 'firewall-cmd'],
    when: ({ program, text }) =>
      namesFarAddress(text) &&
      (program === 'ufw'
        ? /^allow\s+from\s+\S+\s*$/.test(text)
        : /^ip6?tables$/.test(program) &&
          /(?:^|\s)-[AI]\s/.test(text) &&
          /ACCEPT/.test(text) &&
          !/--dport|-t\s+nat/.test(text)),
  },
  {
    id: 'disk-opened-by-hand',
    family: 'container-escape',
    techniques: ['T1006', 'T1611'],
    weight: 0.42,
    says: 'reads a disk past its file system',
    programs: ['debugfs', 'xfs_db'],
    when: ({ text }) =>
      /\/dev\//.test(text) && !/stats|show_super|features|-R\s*["']?(?:stat|ls|htree|logdump)/.test(text),
  },
];
