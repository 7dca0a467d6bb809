import { namesFarAddress } from './bare-address.ts';
import { TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

export const tunnel: readonly Indicator[] = [
  {
    id: 'tunnel-tool',
    family: 'tunnel',
    techniques: ['T1572', 'T1090'],
    weight: 0.6,
    says: 'opens a tunnel that goes around the firewall',
    programs: [
      'wstunnel',
      'cryptcat',
      'sbd',
      'icmptunnel',
      'dnstt-client',
      'slipstream',
      'ngrok',
      'chisel',
      'frpc',
      'frps',
      'ligolo',
      'ligolo-ng',
      'iodine',
      'iodined',
      'dnscat',
      'dnscat2',
      'dns2tcpc',
      'ptunnel',
      'ptunnel-ng',
      'icmpsh',
      'localtonet',
      'pagekite',
      'pagekite.py',
      'rathole',
      'bore',
      'gost',
      'ew',
      'revsocks',
      'rpivot',
      'reGeorg',
      'neoreg',
      'earthworm',
      'sshuttle-server',
      'hans',
      'udp2raw',
      'htc',
      'hts',
      'stowaway',
      'nps',
      'npc',
      'lcx',
      'lt',
      'localtunnel',
      'microsocks',
      '3proxy',
      'glider',
    ],
    when: ({ program, args }) =>
      args.length > 0 &&
      !args.every((arg) => /^(?:--?(?:help|version|h|v))$/.test(arg)) &&
      (program !== 'lt' || args.some((arg) => arg.includes('port') || arg === '-p')),
  },
  {
    id: 'reverse-forward',
    family: 'tunnel',
    techniques: ['T1572', 'T1021.004'],
    weight: 0.45,
    says: 'opens a port on another machine that leads back into this one',
    programs: ['ssh', 'autossh', 'plink'],
    when: ({ args, text }) =>
      args.some((arg) => arg === '-R' || /^-[a-zA-Z]*R(?:\d|$)/.test(arg)) &&
      (/(?:-[a-zA-Z]*f|StrictHostKeyChecking=no|UserKnownHostsFile=\/dev\/null|\d+:(?:localhost|127\.0\.0\.1):22\b)/.test(
        text,
      ) ||
        /-[a-zA-Z]*N/.test(text)),
  },
  {
    id: 'throw-away-host-key',
    family: 'tunnel',
    techniques: ['T1572'],
    weight: 0.15,
    says: 'does not care whom it talks to',
    programs: ['ssh', 'autossh', 'scp', 'sftp'],
    when: ({ text }) => /UserKnownHostsFile=\/dev\/null/.test(text) && /StrictHostKeyChecking=no/.test(text),
  },
  {
    id: 'socks-in-background',
    family: 'tunnel',
    techniques: ['T1090.001', 'T1572'],
    weight: 0.42,
    says: 'turns this machine into somebody’s proxy',
    programs: ['ssh', 'autossh'],
    when: ({ args, text, background }) =>
      args.some((arg) => arg === '-D' || /^-[a-zA-Z]*D\d*/.test(arg)) &&
      (background || /0\.0\.0\.0:/.test(text) || args.some((arg) => /^-[a-zA-Z]*f/.test(arg))),
  },
  {
    id: 'port-relay',
    family: 'tunnel',
    techniques: ['T1090'],
    weight: 0.42,
    says: 'passes connections on to another machine',
    programs: ['socat', 'redir', 'rinetd', 'simpleproxy'],
    when: ({ program, text }) =>
      program !== 'socat' ||
      (/(?:tcp\d?|udp\d?)-l(?:isten)?:/i.test(text) &&
        /(?:tcp\d?(?:-connect)?|udp\d?|socks4a?):[\w.]+:\d/i.test(text)),
  },
  {
    id: 'tor',
    family: 'tunnel',
    techniques: ['T1090.003'],
    weight: 0.45,
    says: 'goes through Tor or a chain of proxies',
    programs: [
      'tor',
      'torsocks',
      'torify',
      'proxychains',
      'proxychains4',
      'torghost',
      'anonsurf',
      'kalitorify',
      'curl',
      'wget',
      'systemctl',
      'service',
      'ssh',
    ],
    when: ({ program, args, text, environment }) =>
      (/^(?:tor|torsocks|torify|proxychains|proxychains4|torghost|anonsurf|kalitorify)$/.test(program) &&
        (args.length > 0 || program === 'tor')) ||
      /\.onion(?:[/:\s]|$)/.test(text) ||
      environment.some((one) => /_proxy=socks5h?:\/\/(?:127\.0\.0\.1|localhost):9050/i.test(one)) ||
      (program === 'curl' && /socks5h?(?:-hostname|:\/\/)?\S*\s*\S*:9050/.test(text)) ||
      (/^(?:systemctl|service)$/.test(program) &&
        /\b(?:start|enable|restart)\b.*\btor\b|\btor\b.*\bstart/.test(text)),
  },
  {
    id: 'forward-switched-on',
    family: 'tunnel',
    techniques: ['T1090'],
    weight: 0.15,
    says: 'lets the machine pass on traffic of others',
    programs: ['sysctl'],
    when: ({ program, text }) => program === 'sysctl' && /ip_forward\s*=\s*1/.test(text),
  },
  {
    id: 'dns-as-channel',
    family: 'tunnel',
    techniques: ['T1071.004', 'T1048.003'],
    weight: 0.5,
    says: 'hides data in questions to the name server',
    programs: ['dig', 'nslookup', 'host', 'ping', 'drill'],
    when: ({ args, text, substituted, loop }) =>
      (loop !== null &&
        args.some((arg) => /^\$\w+\.|^\$\(\)\./.test(arg) && arg.split('.').length >= 3) &&
        /\$(?:line|data|chunk|d|b|hex|x)\b|\$\(\)/.test(text)) ||
      (substituted.some((one) =>
        /^(?:base64|base32|xxd|od|hexdump|whoami|cat|hostname|id)$/.test(one.program),
      ) &&
        args.some((arg) => /\$\(\)\.|^\$\w+\./.test(arg) || arg.length > 50)),
  },
  {
    id: 'remote-control-tool',
    family: 'tunnel',
    techniques: ['T1219'],
    weight: 0.42,
    says: 'lets somebody else control this machine through a service',
    programs: [
      'tmate',
      'sshx',
      'upterm',
      'teleconsole',
      'anydesk',
      'teamviewer',
      'rustdesk',
      'dwagent',
      'dwagsvc',
      'ttyd',
      'gotty',
      'shellinaboxd',
      'wetty',
    ],
    when: ({ text }) => !/--(?:help|version)/.test(text),
  },
  {
    id: 'tunnel-by-everyday-tool',
    family: 'tunnel',
    techniques: ['T1572', 'T1573', 'T1219'],
    weight: 0.42,
    says: 'opens a way into or out of the machine that no firewall sees',
    programs: [
      'ssh',
      'cloudflared',
      'code',
      'openssl',
      'stunnel',
      'stunnel4',
      'meshagent',
      'sshuttle',
      'tailscale',
      'zrok',
      'devtunnel',
    ],
    when: ({ program, args, text }) => {
      switch (program) {
        case 'ssh':
          return args.some((arg) => /^-[a-zA-Z]*w$/.test(arg) || /^-w(?:any|\d)/.test(arg));
        case 'cloudflared':
          return /--url\s+(?:ssh|tcp|rdp|smb):|^access\s+(?:tcp|ssh)/.test(text);
        case 'code':
          return /^tunnel\b/.test(text);
        case 'openssl':
          return args[0] === 's_server' && args.includes('-quiet');
        case 'stunnel':
        case 'stunnel4':
          return args.some((arg) => TEMPORARY.test(arg));
        case 'meshagent':
          return true;
        case 'sshuttle':
          return /(?:^|\s)(?:0\/0|0\.0\.0\.0\/0|10\.0\.0\.0\/8|192\.168\.0\.0\/16)(?:\s|$)/.test(text);
        default:
          return program === 'devtunnel' || program === 'zrok';
      }
    },
  },
  {
    id: 'bare-connection-far-away',
    family: 'tunnel',
    techniques: ['T1095', 'T1571'],
    weight: 0.42,
    says: 'opens a bare connection to an address of the internet that has no name',
    programs: ['nc', 'ncat', 'netcat', 'socat', 'nslookup', 'dig'],
    when: ({ program, text }) =>
      namesFarAddress(text) &&
      (program === 'nslookup' || program === 'dig'
        ? /\btxt\b/i.test(text)
        : !/(?:^|\s)-[a-z]*[zl]/.test(text)),
  },
  {
    id: 'remote-control-fetched',
    family: 'tunnel',
    techniques: ['T1219'],
    weight: 0.42,
    says: 'installs a program with which others control this machine',
    programs: ['wget', 'curl', 'apt', 'apt-get', 'dpkg', 'rpm', 'yum', 'dnf', 'snap', 'flatpak', 'pacman'],
    when: ({ text }) =>
      /\b(?:anydesk|teamviewer|rustdesk|dwservice|dwagent|meshagent|splashtop|remotepc|ammyy|screenconnect|connectwise|atera|ngrok)\b/i.test(
        text,
      ) && !/\b(?:remove|purge|search|show|policy)\b/.test(text),
  },
];
