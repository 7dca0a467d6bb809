import { isInterpreter, isShell } from '../unfold/well-known.ts';
import type { Call } from './line.ts';
import type { Indicator } from './port.ts';

const DEV_TCP = /\/dev\/(?:tcp|udp)\/\S+/;
const NETCATS = [
  'nc',
  'ncat',
  'netcat',
  'nc.traditional',
  'nc.openbsd',
  'socat',
  'telnet',
  'openssl',
  'rlwrap',
  'busybox',
];
const CODE = [
  'python',
  'perl',
  'ruby',
  'php',
  'lua',
  'node',
  'awk',
  'gawk',
  'expect',
  'tclsh',
  'jrunscript',
  'openssl',
];

function socketCode(call: Call): boolean {
  const { text } = call;
  const opens =
    /socket\.socket|socket\(|fsockopen|TCPSocket|IO::Socket|Socket::INET|net\.(?:connect|Socket|createConnection)|\/inet\/(?:tcp|udp)|use Socket|socket\.connect|stream_socket_client|create_connection|luasocket|require\(["']socket["']\)|require ["']socket["']/i.test(
      text,
    );
  if (!opens) return false;
  return /\/bin\/(?:ba|da|z|k)?sh|\bsh\b.{0,12}-i|pty\.spawn|subprocess|os\.dup2|exec\s*["'(]|execl|popen|child_process|getline|cmd\.exe|spawn|system\(|["']sh["']|io\.popen/.test(
    text,
  );
}

function connects(call: Call): boolean {
  if (!/^(?:nc|ncat|netcat|nc\.\w+|telnet|socat)$/.test(call.program) && call.program !== 'openssl')
    return false;
  return call.program !== 'openssl' || call.args[0] === 's_client';
}

export const reverseShell: readonly Indicator[] = [
  {
    id: 'shell-on-dev-tcp',
    family: 'reverse-shell',
    techniques: ['T1059.004', 'T1071'],
    weight: 0.95,
    says: 'connects a shell to another machine through /dev/tcp',
    needs: 'redirect',
    when: (call) =>
      (isInterpreter(call.program) || call.program === 'exec' || call.program === ':') &&
      call.redirects.some(({ target }) => DEV_TCP.test(target)) &&
      (isShell(call.program) || call.program === 'exec'),
  },
  {
    id: 'dev-tcp',
    family: 'reverse-shell',
    techniques: ['T1071', 'T1059.004'],
    weight: 0.45,
    says: 'talks to another machine through the shell’s own /dev/tcp',
    needs: 'redirect',
    when: (call) =>
      call.redirects.some(({ target }) => DEV_TCP.test(target)) ||
      (call.program === 'cat' && DEV_TCP.test(call.text)),
  },
  {
    id: 'netcat-runs-shell',
    family: 'reverse-shell',
    techniques: ['T1059.004', 'T1095'],
    weight: 0.9,
    says: 'lets netcat or socat hand a shell to whoever is at the other end',
    programs: NETCATS,
    when: ({ program, text }) =>
      program === 'socat'
        ? /(?:exec|system):["']?[^,\s]*(?:sh\b|cmd)/i.test(text)
        : /(?:^|\s)(?:-[a-z]*[ec]|--exec|--sh-exec|--lua-exec)[\s=]*["']?(?:\S*\/)?(?:ba|da|z|k|c)?sh\b/.test(
            text,
          ) || /(?:^|\s)-[a-z]*e\s*\S*(?:cmd|python|perl)/.test(text),
  },
  {
    id: 'shell-between-pipe-and-netcat',
    family: 'reverse-shell',
    techniques: ['T1059.004', 'T1095'],
    weight: 0.9,
    says: 'puts a shell between a pipe and a network connection',
    programs: ['nc', 'ncat', 'netcat', 'telnet', 'socat', 'openssl', 'nc.traditional', 'nc.openbsd'],
    when: (call, line) => {
      if (!connects(call)) return false;
      const near = [...call.upstream].some((one) => isShell(one.program) && !one.via.includes('ssh'));
      return (
        (near && call.args.length > 0) ||
        (line.calls.some((one) => isShell(one.program) && one.upstream.includes(call)) &&
          call.program !== 'openssl') ||
        (line.calls.some((one) => one.program === 'mkfifo' || one.program === 'mknod') &&
          line.calls.some((one) => isShell(one.program)))
      );
    },
  },
  {
    id: 'socket-in-code',
    family: 'reverse-shell',
    techniques: ['T1059', 'T1095'],
    weight: 0.9,
    says: 'opens a socket and ties a shell to it in a line of code',
    programs: CODE,
    when: socketCode,
  },
  {
    id: 'network-code',
    family: 'reverse-shell',
    techniques: ['T1071'],
    weight: 0.42,
    says: 'opens a network connection in a line of code',
    programs: ['perl', 'ruby', 'php', 'lua', 'awk', 'gawk'],
    when: ({ text }) => /IO::Socket|fsockopen|TCPSocket|\/inet\/(?:tcp|udp)\//.test(text),
  },
  {
    id: 'listener-for-commands',
    family: 'reverse-shell',
    techniques: ['T1095', 'T1571'],
    weight: 0.42,
    says: 'waits for somebody to connect to a raw port',
    programs: ['nc', 'ncat', 'netcat', 'socat', 'pwncat', 'nc.traditional', 'nc.openbsd'],
    when: ({ program, text, redirects }) =>
      program === 'socat'
        ? /tcp\d?-listen:.*(?:exec|system|pty|fork.*file:)/i.test(text)
        : /(?:^|\s)-[a-z]*l[a-z]*(?:\s|$)/.test(text) &&
          /(?:^|\s)-[a-z]*(?:vp|nvlp|lvnp|nlvp|lnvp|lvp|vlp|k)[a-z]*/.test(text) &&
          redirects.length === 0,
  },
  {
    id: 'upgrade-to-terminal',
    family: 'reverse-shell',
    techniques: ['T1059.006'],
    weight: 0.75,
    says: 'makes a full terminal out of a bare connection',
    programs: ['python', 'script', 'expect'],
    when: ({ program, text, via }) =>
      program === 'python'
        ? /pty\.spawn/.test(text)
        : program === 'script'
          ? /\/dev\/null/.test(text) && /(?:ba)?sh\b/.test(text) && via.length === 0
          : program === 'expect' && /spawn\s+\S*sh\b/.test(text) && /interact/.test(text),
  },
  {
    id: 'known-payload-generator',
    family: 'reverse-shell',
    techniques: ['T1587.001', 'T1059'],
    weight: 0.85,
    says: 'builds or handles a remote-control program',
    programs: [
      'msfvenom',
      'msfconsole',
      'meterpreter',
      'pwncat',
      'pwncat-cs',
      'sliver',
      'sliver-server',
      'sliver-client',
      'merlin',
      'gs-netcat',
      'gsocket',
      'villain',
      'penelope',
      'empire',
      'pupysh',
      'weevely',
      'covenant',
      'havoc',
      'koadic',
    ],
    when: () => true,
  },
  {
    id: 'window-shown-elsewhere',
    family: 'reverse-shell',
    techniques: ['T1059.004', 'T1021'],
    weight: 0.6,
    says: 'shows a terminal of this machine on another one',
    programs: ['xterm', 'rxvt', 'urxvt', 'konsole', 'gnome-terminal', 'aterm'],
    when: ({ text, environment }) =>
      /-display\s+(?:\d{1,3}\.){3}\d+:|-display\s+[\w-]+\.[\w.-]+:/.test(text) ||
      environment.some((one) => /^DISPLAY=(?:\d{1,3}\.){3}\d+:/.test(one)),
  },
];
