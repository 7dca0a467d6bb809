import { isShell } from '../unfold/well-known.ts';
import type { Call } from './line.ts';
import { downloads, TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

const ADDRESS = /(?:^|[/@:=\s"'])((?:\d{1,3}\.){3}\d{1,3})(?=[:/\s"']|$)/g;
/** Loopback, private, link-local and multicast; and the resolvers that people ping and ask. */
const NEAR =
  /^(?:0|10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])|22[4-9]|23\d|255)\.|^(?:1\.1\.1\.1|1\.0\.0\.1|8\.8\.8\.8|8\.8\.4\.4|9\.9\.9\.9)$/;

/** Names an address of the internet instead of a host. */
export function namesFarAddress(text: string): boolean {
  for (const [, address] of text.matchAll(ADDRESS)) if (!NEAR.test(address!)) return true;
  return false;
}

const NETWORK_READERS: ReadonlySet<string> = new Set(
  'dig host nslookup drill nc ncat socat telnet curl wget mosquitto_sub redis-cli websocat'.split(' '),
);
const fromNetwork = (call: Call) =>
  [...call.upstream, ...call.substituted].some((one) => NETWORK_READERS.has(one.program));

/** What flows to and from machines that have no name. */
export const bareAddress: readonly Indicator[] = [
  {
    id: 'fetches-from-bare-address',
    family: 'download-and-run',
    techniques: ['T1105', 'T1071.001'],
    weight: 0.42,
    says: 'fetches something from an address of the internet that has no name',
    programs: [
      'curl',
      'wget',
      'aria2c',
      'axel',
      'lynx',
      'links',
      'w3m',
      'lwp-download',
      'GET',
      'fetch',
      'ftpget',
      'git',
      'smbget',
      'deno',
      'npm',
      'pip',
      'gem',
      'tftp',
    ],
    when: (call, line) =>
      namesFarAddress(call.text) &&
      (call.program === 'git'
        ? /^(?:clone|pull)\b/.test(call.text)
        : call.program === 'curl'
          ? // What goes to the screen alone is a look whether it answers.
            /(?:^|\s)(?:-[a-zA-Z]*[oO]\b|--output|--remote-name|-b\s|-x\s|--proxy)|\$/.test(call.text) ||
            call.redirects.length > 0 ||
            line.calls.some(
              (one) => one.upstream.includes(call) && one.program !== 'jq' && one.program !== 'grep',
            )
          : true),
  },
  {
    id: 'sends-file-to-bare-address',
    family: 'exfiltration',
    techniques: ['T1041', 'T1048'],
    weight: 0.45,
    says: 'sends a file to an address of the internet that has no name',
    programs: ['curl', 'wget', 'http', 'ncftpput', 'lftp', 'python', 'perl', 'ruby', 'php'],
    when: ({ program, text }) =>
      namesFarAddress(text) &&
      (program === 'curl'
        ? /(?:^|\s)(?:-T|--upload-file|-F|--form|--data-binary|-d|--data)[\s=]*["']?\S*(?:@|\/)/.test(text)
        : program === 'wget'
          ? /--post-(?:file|data)/.test(text)
          : program === 'lftp'
            ? /put|mirror\s+-R/.test(text)
            : program === 'ncftpput' || /post|put|upload|send/i.test(text)),
  },
  {
    id: 'pulls-file-through-bare-connection',
    family: 'download-and-run',
    techniques: ['T1105', 'T1095'],
    weight: 0.42,
    says: 'takes a file from a bare network connection',
    programs: ['nc', 'ncat', 'netcat', 'socat', 'openssl', 'telnet'],
    when: ({ program, args, text, redirects }) => {
      if (program === 'socat') return /(?:tcp|udp|openssl)\S*:\S+\s+(?:open|create|file):/i.test(text);
      const kept = redirects.some(
        ({ operator, target, fd }) =>
          operator.startsWith('>') &&
          fd !== 2 &&
          target !== '' &&
          !/^&|^\/dev\/null|\.(?:pem|crt|cer|log)$/.test(target),
      );
      return (
        kept &&
        !/(?:^|\s)-[a-z]*[lz]/.test(text) &&
        (program === 'openssl'
          ? args[0] === 's_client' && args.includes('-quiet')
          : /\s\d{2,5}(?:\s|$)/.test(text))
      );
    },
  },
  {
    id: 'proxy-at-bare-address',
    family: 'tunnel',
    techniques: ['T1090.002'],
    weight: 0.42,
    says: 'sends its traffic through a proxy at an address that has no name',
    whenLine: ({ assignments, calls }) => {
      const far = (text: string) => /^(?:https?|all|ftp)_proxy=/i.test(text) && namesFarAddress(text);
      return (
        assignments.some(far) ||
        calls.some(
          ({ program, args, environment }) =>
            environment.some(far) ||
            (program === 'curl' &&
              args.some(
                (arg, at) =>
                  /^(?:-x|--proxy|--socks[45]\S*)$/.test(args[at - 1] ?? '') && namesFarAddress(arg),
              )),
        )
      );
    },
  },
  {
    id: 'runs-what-the-network-says',
    family: 'reverse-shell',
    techniques: ['T1071', 'T1059.004', 'T1102.002'],
    weight: 0.6,
    says: 'runs whatever text the network hands to it',
    needs: 'input',
    when: (call) =>
      ((isShell(call.program) && call.args.some((arg) => /^\$[A-Za-z_]\w*$/.test(arg))) ||
        (call.program === 'eval' && call.args.some((arg) => /^\$(?:[A-Za-z_]\w*|\(\))$/.test(arg))) ||
        (isShell(call.program) && call.args.length === 0)) &&
      fromNetwork(call) &&
      // Who pipes a download into a bare shell is another matter.
      (call.args.length > 0 ||
        [...call.upstream, ...call.substituted].some(
          (one) => !downloads(one) && NETWORK_READERS.has(one.program),
        )),
  },
  {
    id: 'polls-for-orders',
    family: 'reverse-shell',
    techniques: ['T1071', 'T1102.002'],
    weight: 0.45,
    says: 'asks the network again and again and runs the answer',
    needs: 'loop',
    when: (call, line) =>
      (call.program === 'eval' || isShell(call.program)) &&
      call.args.some((arg) => /^\$[A-Za-z_]\w*$/.test(arg)) &&
      line.calls.some((one) => one.loop !== null && NETWORK_READERS.has(one.program)),
  },
  {
    id: 'data-in-echo-requests',
    family: 'exfiltration',
    techniques: ['T1048.003', 'T1095'],
    weight: 0.45,
    says: 'puts bytes of its own into pings',
    programs: ['ping', 'ping6', 'hping3', 'nping'],
    when: ({ program, text }) =>
      program === 'ping' || program === 'ping6'
        ? /(?:^|\s)-p\s*(?:\$|[0-9a-f]{6})/i.test(text)
        : /(?:^|\s)(?:-E|--file|--sign|--data(?:-string)?)\s/.test(text),
  },
  {
    id: 'upload-as-files-appear',
    family: 'exfiltration',
    techniques: ['T1020', 'T1119'],
    weight: 0.45,
    says: 'sends files away as soon as they appear',
    needs: 'input',
    when: ({ program, text, upstream }) =>
      (/^(?:nc|ncat)$/.test(program) ||
        (program === 'curl' && /(?:^|\s)(?:-T|-F|--upload-file|--data-binary)/.test(text))) &&
      upstream.some((one) => one.program === 'inotifywait' || one.program === 'fswatch'),
  },
  {
    id: 'mail-by-hand',
    family: 'exfiltration',
    techniques: ['T1071.003', 'T1048.003'],
    weight: 0.45,
    says: 'mails a file past the mail program',
    programs: ['curl'],
    when: ({ text }) => /smtps?:\/\//.test(text) && /--upload-file|(?:^|\s)-T/.test(text),
  },
  {
    id: 'serves-the-whole-disk',
    family: 'exfiltration',
    techniques: ['T1048', 'T1567'],
    weight: 0.42,
    says: 'offers the whole disk or a temporary folder to the network',
    programs: ['python', 'php', 'ruby', 'busybox', 'httpd', 'npx', 'darkhttpd', 'webfsd', 'thttpd'],
    when: ({ args, text }) =>
      /pyftpdlib\b.*(?:^|\s)-w\b/.test(text) ||
      (/http\.server|SimpleHTTPServer|pyftpdlib|(?:^|\s)-S\s|httpd|serve/.test(text) &&
        args.some((arg) => /^\/(?:etc|root|home)?\/?$/.test(arg) || TEMPORARY.test(`${arg}/`))),
  },
  {
    id: 'reports-what-the-machine-is',
    family: 'exfiltration',
    techniques: ['T1041', 'T1082', 'T1071.001'],
    weight: 0.45,
    says: 'reports to another machine who and what this one is',
    needs: 'input',
    when: ({ program, text, substituted }) =>
      /^(?:curl|wget|http)$/.test(program) &&
      substituted.some((one) =>
        /^(?:whoami|id|ifconfig|ps|env|netstat|ss|lsb_release)$/.test(one.program)
          ? true
          : /^(?:uname|ip|cat)$/.test(one.program) &&
            /(?:^|\s)(?:-d|--data\S*|-F|--form|--post-data\S*)/.test(text) &&
            (one.program !== 'cat' || /^\/(?:etc|root|home|proc)\//.test(one.text)),
      ),
  },
  {
    id: 'names-asked-elsewhere',
    family: 'defence-evasion',
    techniques: ['T1584.002', 'T1565.001', 'T1557'],
    weight: 0.42,
    says: 'sends the machine’s questions or traffic to an address of the internet that has no name',
    whenLine: ({ written, calls }) =>
      written.some(
        ({ path, how, content }) =>
          how !== 'remove' && path === '/etc/resolv.conf' && namesFarAddress(content ?? ''),
      ) ||
      calls.some(
        ({ program, text }) =>
          program === 'iptables' && /DNAT/.test(text) && namesFarAddress(text.slice(text.indexOf('DNAT'))),
      ),
    programs: ['iptables'],
    needs: 'written',
  },
];
