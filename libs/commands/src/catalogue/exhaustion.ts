import type { Indicator } from './port.ts';

const ENDLESS = /\/dev\/(?:zero|u?random)/;
const BANDWIDTH_SELLERS =
  /traffmonetizer|peer2profit|earnapp|honeygain|proxyrack|packetstream|iproyal|pawns-cli|repocket|bitping|earnfm|proxylite|mysterium|xmrig|cpuminer/i;
const FLOODERS: ReadonlySet<string> = new Set(
  'slowloris slowloris.py slowhttptest t50 mz mausezahn mdk3 mdk4 goldeneye goldeneye.py hulk.py torshammer.py loic hoic xerxes ufonet raven-storm pyloris saddam floodspoofer trafgen dhcpig aireplay-ng airodump-ng airmon-ng wifite bully pixiewps fluxion hcxdumptool'.split(
    ' ',
  ),
);
const NOTE =
  /(?:README|HOW|READ_?ME|RECOVER|RESTORE|DECRYPT|UNLOCK)\S*(?:DECRYPT|RECOVER|RESTORE|FILES|RANSOM|UNLOCK)\S*|RANSOM\S*NOTE|YOUR_FILES\S*/i;

/** What makes a machine, a network or its data useless. */
export const exhaustion: readonly Indicator[] = [
  {
    id: 'works-for-nothing',
    family: 'miner',
    techniques: ['T1496.001', 'T1499'],
    weight: 0.42,
    says: 'keeps the processor busy for nothing',
    programs: [
      ':',
      'true',
      'md5sum',
      'sha1sum',
      'sha224sum',
      'sha256sum',
      'sha384sum',
      'sha512sum',
      'b2sum',
      'cksum',
      'sum',
      'gzip',
      'bzip2',
      'xz',
      'zstd',
      'dd',
    ],
    whenLine: ({ calls, raw }) =>
      /\bwhile\s+(?::|true)\s*;?\s*do\s+(?::|true)\s*;?\s*done/.test(raw) ||
      calls.some(
        ({ program, text, upstream, redirects }) =>
          (/^(?:md5sum|sha\d+sum|b2sum|cksum|gzip|bzip2|xz|zstd|sum)$/.test(program) &&
            (ENDLESS.test(text) ||
              redirects.some(({ operator, target }) => operator === '<' && ENDLESS.test(target)) ||
              (upstream.length === 1 &&
                upstream[0]!.program === 'cat' &&
                ENDLESS.test(upstream[0]!.text)))) ||
          (program === 'dd' &&
            /if=\/dev\/(?:zero|u?random)/.test(text) &&
            /of=\/dev\/null/.test(text) &&
            !/count=/.test(text)),
      ),
  },
  {
    id: 'disk-filled',
    family: 'destruction',
    techniques: ['T1499.001', 'T1485'],
    weight: 0.45,
    says: 'fills a disk until nothing fits on it',
    programs: ['dd', 'cat', 'fallocate', 'tail', 'mkdir'],
    whenLine: ({ calls, raw }) =>
      /\bwhile\s+(?::|true)\s*;?\s*do\s+mkdir\b[^;]*[;&]+\s*cd\b/.test(raw) ||
      calls.some(
        ({ program, text, args, redirects }) =>
          (program === 'dd' &&
            /if=\/dev\/(?:zero|u?random)/.test(text) &&
            !/count=|iflag=|of=\/dev\//.test(text) &&
            args.some((arg) => /^of=\/(?:tmp|var|home|etc|mnt|srv)/.test(arg))) ||
          (program === 'cat' &&
            args.length === 1 &&
            ENDLESS.test(text) &&
            redirects.some(
              ({ operator, target }) => operator.startsWith('>') && /^(?:\/(?!dev\/)|[\w.~])/.test(target),
            )) ||
          (program === 'fallocate' && /-l\s*(?:\d{3,}\s*[gG]|\d+\s*[tT])/.test(text)) ||
          (program === 'tail' && /^\/dev\/zero$/.test(text)),
      ),
  },
  {
    id: 'forks-without-end',
    family: 'destruction',
    techniques: ['T1499.001'],
    weight: 0.75,
    says: 'starts copies of itself until the machine stands still',
    programs: ['perl', 'python', 'ruby', 'php', 'lua', 'node'],
    when: ({ text }) =>
      /\bfork\s*(?:\(\))?\s+while\b|while\s*\(?\s*(?:1|true)\s*\)?\s*[:{]?\s*(?:os\.|pcntl_)?fork|loop\s*\{?\s*fork/i.test(
        text,
      ),
  },
  {
    id: 'floods',
    family: 'destruction',
    techniques: ['T1498.001', 'T1499'],
    weight: 0.6,
    says: 'floods another machine or the air with packets',
    programs: ['ping', 'hping3', 'nping', 'ab', 'wrk', 'siege', ...FLOODERS],
    when: ({ program, args, text }) =>
      FLOODERS.has(program)
        ? args.length > 0
        : program === 'ping'
          ? /(?:^|\s)-[a-zA-Z]*f/.test(text) && /(?:^|\s)-s\s*\d{4,}/.test(text)
          : program === 'ab'
            ? /-n\s*\d{6,}/.test(text)
            : /--flood|--rate\s*\d{4,}|--faster/.test(text),
  },
  {
    id: 'bandwidth-sold',
    family: 'miner',
    techniques: ['T1496.002'],
    weight: 0.6,
    says: 'starts a program that sells the machine’s time or bandwidth',
    programs: ['docker', 'podman', 'curl', 'wget', 'nohup', 'npx', 'pip', 'snap', 'chmod'],
    when: ({ text, program }) =>
      BANDWIDTH_SELLERS.test(text) &&
      (!/^(?:docker|podman)$/.test(program) || /^(?:run|pull|create)\b/.test(text)),
  },
  {
    id: 'ransom-note',
    family: 'destruction',
    techniques: ['T1486', 'T1491.001'],
    weight: 0.6,
    says: 'leaves a note as extortionists do',
    programs: ['wall', 'write', 'notify-send', 'xmessage'],
    needs: 'written',
    whenLine: ({ written, calls }) =>
      written.some(
        ({ path, how, content }) =>
          how !== 'remove' &&
          (NOTE.test(path.slice(path.lastIndexOf('/') + 1)) ||
            (how === 'text' &&
              /files?\s+(?:have been|are|were)\s+(?:encrypted|locked|stolen)|(?:send|pay)\s.{0,30}\b(?:btc|bitcoin|xmr|monero)\b/i.test(
                content ?? '',
              ))),
      ) ||
      calls.some(
        ({ program, text }) =>
          /^(?:wall|write|notify-send|xmessage)$/.test(program) &&
          /\b(?:hacked|pwned|ransom|bitcoin|encrypted)\b/i.test(text),
      ),
  },
  {
    id: 'sealed-and-removed',
    family: 'destruction',
    techniques: ['T1486'],
    weight: 0.5,
    says: 'encrypts a file and removes the original',
    programs: ['age', 'gpg'],
    whenLine: ({ calls, written }) =>
      calls.some(
        ({ program, text }) =>
          (program === 'age' && !/(?:^|\s)-d\b|--decrypt/.test(text)) ||
          (program === 'gpg' &&
            /(?:^|\s)(?:-[a-z]*[ec]|--encrypt|--symmetric)\b/.test(text) &&
            /--batch|--yes|--passphrase/.test(text)),
      ) &&
      written.some(
        ({ how, path, call }) =>
          how === 'remove' &&
          call.program !== 'mv' &&
          calls.some((one) => /^(?:age|gpg)$/.test(one.program) && one.args.at(-1) === path),
      ),
  },
  {
    id: 'backups-hunted',
    family: 'destruction',
    techniques: ['T1490', 'T1485'],
    weight: 0.45,
    says: 'looks for backups everywhere and destroys them',
    programs: ['find'],
    when: ({ args, text }) =>
      (args.includes('-delete') || /-exec\s+(?:rm|shred|srm)\s/.test(text)) &&
      !/-mtime|-mmin|-ctime|-newer|-atime/.test(text) &&
      ((/^\/(?:home|var|srv|mnt|etc|root)?\/?$/.test(args[0] ?? '') &&
        /\.(?:bak|backup|bkp|old|vbk|sql\.gz|snap)\b|\*backup/.test(text)) ||
        /^\/(?:var\/)?(?:backups?|snapshots?|\.snapshots)\/?$/.test(args[0] ?? '')),
  },
  {
    id: 'stops-services-one-after-another',
    family: 'destruction',
    techniques: ['T1489'],
    weight: 0.42,
    says: 'stops one service or process after another',
    needs: 'loop',
    when: (call) =>
      (/^(?:systemctl|service)$/.test(call.program) &&
        /^(?:(?:--now\s+)?(?:stop|disable|mask|kill)\b.*\$|\$\S+\s+stop)/.test(call.text) &&
        /mysql|maria|postgres|mongo|redis|docker|containerd|nginx|apache|httpd|ssh|cron|syslog|backup|libvirt/.test(
          call.loop ?? '',
        ) &&
        (call.loop ?? '').trim().split(/\s+/).length > 1) ||
      (call.program === 'kill' &&
        /\$\(ps\s|\$\(pgrep/.test(call.loop ?? '') &&
        /-(?:9|KILL)/.test(call.text)),
  },
  {
    id: 'own-jobs-or-login-removed',
    family: 'destruction',
    techniques: ['T1489', 'T1531', 'T1070.009'],
    weight: 0.42,
    says: 'takes away all scheduled jobs, or the way to log in',
    programs: ['crontab', 'systemctl'],
    when: ({ program, text }) =>
      program === 'crontab'
        ? /(?:^|\s)-r\b/.test(text)
        : /^(?:mask|disable)\s+(?:--now\s+)?(?:sshd?|getty@\S+|cron|crond)(?:\.service)?\s*$/.test(text),
  },
  {
    id: 'accounts-locked-one-after-another',
    family: 'accounts',
    techniques: ['T1531'],
    weight: 0.42,
    says: 'locks or removes one account after another',
    needs: 'loop',
    when: ({ program, text }) =>
      (program === 'passwd' && /(?:^|\s)-[dl]\b/.test(text)) ||
      (program === 'usermod' && /(?:^|\s)(?:-L|--lock|-e\s*[01]\b|--expiredate\s*[01]\b)/.test(text)) ||
      /^(?:userdel|deluser)$/.test(program),
  },
  {
    id: 'stopped-past-systemd',
    family: 'destruction',
    techniques: ['T1529'],
    weight: 0.42,
    says: 'stops the machine in a way that hardly anybody uses any more',
    programs: ['init', 'telinit', 'halt'],
    when: ({ program, text }) =>
      program === 'halt' ? !/--help|-w\b|--wtmp-only/.test(text) : /^[06]$/.test(text),
  },
];
