import { TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

export const collection: readonly Indicator[] = [
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
    when: ({ program, text }) =>
      /^(?:logkeys|xspy|lkl|keylogger\S*|xkeylogger|evtest|ttysnoop|ttyspy|showkey|screenkey)$/.test(
        program,
      ) ||
      (program === 'xinput' && /test(?:-xi2)?\b/.test(text)) ||
      (/^(?:cat|dd|xxd|hexdump|od|strings|tee)$/.test(program) && /\/dev\/input\/(?:event|by-)/.test(text)) ||
      (program === 'script' &&
        /(?:^|\s)-[a-z]*q[a-z]*f|-[a-z]*f[a-z]*q|--flush/.test(text) &&
        /\/tmp|\/dev\/shm|\/var\/tmp|\.log/.test(text)) ||
      (program === 'strace' &&
        /(?:-p|--attach)\s*\S*(?:\$\(|pgrep|pidof|\d)/.test(text) &&
        /read|write|-e\s*trace=/.test(text) &&
        /sshd|bash|-o\s*\/tmp/.test(text)) ||
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
      return text !== '' && !/--help|--version/.test(text) && program !== 'spectacle';
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
    programs: ['arecord', 'parecord', 'ffmpeg', 'fswebcam', 'streamer', 'rec', 'pw-record'],
    when: ({ program, text }) =>
      program === 'ffmpeg'
        ? /-f\s+(?:alsa|pulse|v4l2)/.test(text)
        : text !== '' && !/(?:^|\s)-[lL](?:\s|$)|--(?:help|version|list)/.test(text),
  },
  {
    id: 'databases-hunted',
    family: 'collection',
    techniques: ['T1005'],
    weight: 0.45,
    says: 'looks through files for databases',
    whenLine: ({ calls, raw }) =>
      /SQLite format 3/.test(raw) && calls.some(({ program }) => program === 'find' || program === 'grep'),
  },
  {
    id: 'database-dumped-to-temporary-folder',
    family: 'collection',
    techniques: ['T1005', 'T1213.006'],
    weight: 0.42,
    says: 'dumps all databases into a folder that everyone may read',
    programs: ['mysqldump', 'pg_dumpall', 'mongodump', 'pg_dump'],
    when: ({ program, text, redirects }) =>
      (program === 'pg_dumpall' || program === 'mongodump' || /--all-databases|(?:^|\s)-A/.test(text)) &&
      (redirects.some(({ target }) => TEMPORARY.test(target)) ||
        TEMPORARY.test(/(?:-f|-o|--out)[\s=]*(\S+)/.exec(text)?.[1] ?? '')),
  },
  {
    id: 'secrets-staged',
    family: 'collection',
    techniques: ['T1560.001', 'T1074.001'],
    weight: 0.45,
    says: 'packs homes, keys or system files into a temporary folder',
    programs: ['tar', 'zip', '7z', 'rar', 'cp', 'rsync', 'gcp'],
    when: ({ args, text }) => {
      const places = args.filter((arg) => !arg.startsWith('-'));
      return (
        places.some((arg) => TEMPORARY.test(arg)) &&
        /(?:^|\s)(?:\/etc|\/home|\/root|\/etc\/(?:passwd|shadow|ssh)\S*|~?\S*\/\.ssh|\S*\/\.gnupg|\S*\/\.aws|\/var\/www)\/?(?:\s|$)/.test(
          text,
        ) &&
        !/(?:^|\s)(?:-[a-zA-Z]*x|x)/.test(text)
      );
    },
  },
  {
    id: 'archive-with-password',
    family: 'collection',
    techniques: ['T1560.001'],
    weight: 0.42,
    says: 'packs files under a password that stands in the line',
    programs: ['zip', '7z', '7za', 'rar', 'openssl', 'gpg', 'ccrypt', 'mcrypt'],
    when: ({ program, text }) =>
      program === 'zip'
        ? /(?:^|\s)(?:-[a-zA-Z]*P|--password)[\s=]*\S/.test(text)
        : program === 'openssl'
          ? /^(?:enc|aes\S*|des\S*)\b/.test(text) &&
            /-(?:k|pass)\s*\S|-pass(?:\s|=)pass:/.test(text) &&
            !/(?:^|\s)-d(?:\s|$)/.test(text)
          : program === 'gpg'
            ? /--passphrase[\s=]\S|--passphrase-fd\s*0/.test(text) &&
              /(?:^|\s)(?:-[a-z]*c|--symmetric)/.test(text)
            : /^a\s.*-p\S|-hp\S|^-?e\b.*-K/.test(text),
  },
  {
    id: 'archive-by-code',
    family: 'collection',
    techniques: ['T1560.002'],
    weight: 0.42,
    says: 'packs system files in a line of code',
    programs: ['python', 'perl', 'ruby', 'php'],
    when: ({ text }) =>
      /gzip|bz2|zipfile|tarfile|zlib|lzma|ZipArchive|PharData/.test(text) &&
      /\/etc\/|\/home\/|\/root\/|\.ssh/.test(text),
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
    id: 'login-records-packed',
    family: 'collection',
    techniques: ['T1560.001'],
    weight: 0.45,
    says: 'packs login records, accounts or keys',
    programs: ['tar', 'zip', '7z', 'gzip', 'bzip2', 'xz'],
    when: ({ text }) =>
      /\/var\/log\/(?:\{?[wb]tmp|lastlog|faillog)|\/etc\/(?:passwd|shadow|gshadow)(?:\s|$)|\.gnupg|\.ssh\/id_/.test(
        text,
      ) && !/(?:^|\s)(?:-[a-zA-Z]*[xt]|[xt])[a-z]*\s/.test(text),
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
    id: 'documents-gathered',
    family: 'collection',
    techniques: ['T1119', 'T1074.001'],
    weight: 0.45,
    says: 'gathers documents of a kind from everywhere in a temporary folder',
    programs: ['find'],
    when: ({ args, text }) =>
      /^(?:\/|\/home|\/root|\/srv|\/mnt|\/Users)/.test(args[0] ?? '') &&
      /\.(?:docx?|xlsx?|pptx?|pdf|odt|ods|kdbx|csv|sql|sqlite|db|conf|txt)\b/.test(text) &&
      /-exec\s+(?:cp|gcp|mv|rsync|tar|zip)\s/.test(text) &&
      /(?:^|\s)(?:\/var)?\/(?:tmp|dev\/shm)\//.test(text),
  },
];
