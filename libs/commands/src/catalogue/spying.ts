import { TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

/** What people type, see, say and copy, recorded. */
export const spying: readonly Indicator[] = [
  {
    id: 'packets-captured',
    family: 'collection',
    techniques: ['T1040'],
    weight: 0.42,
    says: 'records the traffic of others on the network',
    programs: [
      'tcpdump',
      'tshark',
      'dumpcap',
      'dsniff',
      'ettercap',
      'ngrep',
      'tcpflow',
      'wireshark',
      'tcpick',
      'termshark',
      'sniffglue',
    ],
    when: ({ program, args, text }) => {
      if (/(?:^|\s)(?:-r|--version|-D|--list-interfaces|-h|--help)(?:\s|$)/.test(text) || args.length === 0)
        return false;
      if (program === 'dsniff' || program === 'ettercap') return true;
      // A filter means that one thing is being looked at.
      return (
        !/\b(?:port|portrange|host|icmp6?|arp|proto|net|dst|src|vlan|ether|tcp|udp|dns|http)\b/.test(text) ||
        TEMPORARY.test(/-w\s*(\S+)/.exec(text)?.[1] ?? '')
      );
    },
  },
  {
    id: 'raw-socket-tool',
    family: 'collection',
    techniques: ['T1040'],
    weight: 0.5,
    says: 'runs a program that by its name captures packets',
    needs: 'file',
    when: ({ path }) => /^(?:\.|\/tmp|\/home|\/var\/tmp|\/dev\/shm).*(?:pcap|sniff)/i.test(path),
  },
  {
    id: 'keys-recorded',
    family: 'collection',
    techniques: ['T1056.001'],
    weight: 0.6,
    says: 'records what is typed',
    programs: [
      'logkeys',
      'xspy',
      'lkl',
      'keylogger',
      'evtest',
      'ttysnoop',
      'ttyspy',
      'showkey',
      'screenkey',
      'xkeylogger',
      'xinput',
      'cat',
      'dd',
      'xxd',
      'hexdump',
      'od',
      'strings',
      'tee',
      'script',
      'strace',
      'auditctl',
    ],
    when: ({ program, text, substituted }) =>
      /^(?:logkeys|xspy|lkl|keylogger\S*|xkeylogger|evtest|ttysnoop|ttyspy|showkey|screenkey)$/.test(
        program,
      ) ||
      (program === 'xinput' && /test(?:-xi2)?\b/.test(text)) ||
      (/^(?:cat|dd|xxd|hexdump|od|strings|tee)$/.test(program) && /\/dev\/input\/(?:event|by-)/.test(text)) ||
      (program === 'script' && /(?:^|\s)-[a-z]*f/.test(text) && /\/(?:tmp|dev\/shm)\/\./.test(text)) ||
      (program === 'script' &&
        /(?:^|\s)-[a-z]*q[a-z]*f|-[a-z]*f[a-z]*q|--flush/.test(text) &&
        /\/tmp|\/dev\/shm|\/var\/tmp|\.log/.test(text)) ||
      (program === 'strace' &&
        /(?:-p|--attach)\s*\S*(?:\$\(|pgrep|pidof|\d)/.test(text) &&
        /read|write|-e\s*trace=/.test(text) &&
        (/sshd|bash|-o\s*\/tmp/.test(text) ||
          substituted.some((one) => /sshd|bash|sudo|su\b|login/.test(one.text)))) ||
      (program === 'auditctl' && /(?:^|\s)-a\s.*-S\s*execve/.test(text)),
  },
  {
    id: 'screen-captured',
    family: 'collection',
    techniques: ['T1113'],
    weight: 0.45,
    says: 'takes a picture of the screen',
    programs: [
      'xwd',
      'scrot',
      'import',
      'gnome-screenshot',
      'ffmpeg',
      'maim',
      'spectacle',
      'grim',
      'fbgrab',
      'fbcat',
      'xfce4-screenshooter',
      'screencapture',
      'flameshot',
    ],
    when: ({ program, text }) => {
      if (program === 'import') return /-window\s+root/.test(text);
      if (program === 'ffmpeg') return /x11grab|kmsgrab|fbdev/.test(text);
      if (program === 'xwd') return /-root|-display|-id/.test(text);
      return (
        text !== '' &&
        !/--help|--version/.test(text) &&
        (program !== 'spectacle' || /-[a-z]*b|--background/.test(text))
      );
    },
  },
  {
    id: 'frame-buffer-read',
    family: 'collection',
    techniques: ['T1113'],
    weight: 0.5,
    says: 'reads the screen’s memory',
    programs: ['cat', 'dd', 'cp'],
    when: ({ program, text }) => /^(?:cat|dd|cp)$/.test(program) && /\/dev\/fb\d/.test(text),
  },
  {
    id: 'clipboard-read',
    family: 'collection',
    techniques: ['T1115'],
    weight: 0.45,
    says: 'reads the clipboard',
    programs: ['xclip', 'xsel', 'wl-paste', 'pbpaste', 'parcellite'],
    when: ({ program, text }) =>
      program === 'wl-paste' || program === 'pbpaste' || /(?:^|\s)-(?:o|out)(?:\s|$)|--output/.test(text),
  },
  {
    id: 'sound-recorded',
    family: 'collection',
    techniques: ['T1123', 'T1125'],
    weight: 0.45,
    says: 'records from the microphone or camera',
    programs: [
      'parec',
      'vlc',
      'cvlc',
      'mplayer',
      'mpv',
      'guvcview',
      'motion',
      'arecord',
      'parecord',
      'ffmpeg',
      'fswebcam',
      'streamer',
      'rec',
      'pw-record',
    ],
    when: ({ program, text }) =>
      program === 'ffmpeg'
        ? /-f\s+(?:alsa|pulse|v4l2)/.test(text)
        : /^(?:c?vlc|mplayer|mpv|guvcview)$/.test(program)
          ? /v4l2:|alsa:\/\/|pulse:\/\/|(?:^|\s)tv:\/\/|screen:\/\/|av:\/\/v4l2/.test(text)
          : text !== '' && !/(?:^|\s)-[lL](?:\s|$)|--(?:help|version|list)/.test(text),
  },
  {
    id: 'clipboard-filled-from-history',
    family: 'collection',
    techniques: ['T1115'],
    weight: 0.42,
    says: 'copies the shell history to the clipboard',
    programs: ['xclip', 'xsel'],
    when: ({ upstream }) =>
      upstream.some(
        ({ program, args }) => program === 'history' || args.some((arg) => /_history$/.test(arg)),
      ),
  },
  {
    id: 'man-in-the-middle',
    family: 'collection',
    techniques: ['T1557', 'T1040'],
    weight: 0.75,
    says: 'puts itself between others on the network',
    programs: ['arpspoof', 'dnsspoof', 'sslstrip', 'mitmf', 'macof', 'dnschef', 'yersinia', 'mitm6'],
    when: ({ args }) => args.length > 0,
  },
  {
    id: 'between-others',
    family: 'collection',
    techniques: ['T1557', 'T1557.002'],
    weight: 0.42,
    says: 'makes the traffic of others pass through this machine',
    programs: ['mitmproxy', 'mitmdump', 'ip', 'arp', 'arping'],
    when: ({ program, text }) =>
      program === 'ip'
        ? /^neigh\w*\s+(?:replace|add|change)\b.*lladdr/.test(text)
        : program === 'arp'
          ? /(?:^|\s)-s\s/.test(text)
          : program === 'arping'
            ? /(?:^|\s)-[a-zA-Z]*[UAP]\b/.test(text)
            : /transparent|(?:^|\s)-w\s|(?:^|\s)-s\s|--mode/.test(text),
  },
  {
    id: 'screen-without-a-lock',
    family: 'lateral-movement',
    techniques: ['T1021.005'],
    weight: 0.45,
    says: 'shows the screen to whoever connects',
    programs: ['x11vnc', 'x0vncserver', 'vncserver', 'Xvnc', 'wayvnc', 'krfb'],
    when: ({ program, text }) =>
      /-nopw|SecurityTypes[\s=]*None|(?:^|\s)-?-?rfbauth\s+\/tmp/i.test(text) ||
      (program === 'wayvnc' && /0\.0\.0\.0/.test(text)),
  },
  {
    id: 'types-for-somebody',
    family: 'lateral-movement',
    techniques: ['T1674'],
    weight: 0.42,
    says: 'types commands into somebody’s session',
    programs: ['xdotool', 'ydotool', 'wtype', 'xte'],
    when: ({ text }) => /\btype\b.*\b(?:sudo|curl|wget|bash|sh|xterm|terminal)\b/.test(text),
  },
  {
    id: 'passwords-out-of-packets',
    family: 'collection',
    techniques: ['T1040'],
    weight: 0.45,
    says: 'searches the traffic of others for passwords',
    programs: ['grep', 'egrep', 'ngrep', 'awk', 'strings'],
    when: ({ text, upstream }) =>
      /pass|login|user|auth|cookie/i.test(text) &&
      upstream.some(({ program }) => /^(?:tcpdump|tshark|ngrep|tcpflow)$/.test(program)),
  },
  {
    id: 'listens-to-everything',
    family: 'collection',
    techniques: ['T1040'],
    weight: 0.42,
    says: 'lets the network card take what is meant for others',
    programs: ['ip', 'ifconfig'],
    when: ({ text }) => /\bpromisc(?:\s+on)?\s*$/.test(text) && !/-promisc/.test(text),
  },
];
