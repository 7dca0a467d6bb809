import type { Indicator } from './port.ts';

const DISK =
  /^(?:of=)?\/dev\/(?:sd[a-z]+|nvme\d+n\d+|vd[a-z]+|xvd[a-z]+|hd[a-z]+|mmcblk\d+|disk\d+|mapper\/\S+)\d*(?:p\d+)?$/;
const WHOLE =
  /^(?:\/|\/\*|\/\.\*|\/(?:etc|usr|var|home|boot|lib|lib64|bin|sbin|root|opt|srv|sys|dev)(?:\/|\/\*)?|~\/?|~\/\*|\$HOME(?:\/\*?)?|\/home\/\*|\/var\/lib(?:\/\*)?)$/;

const ENCRYPTERS: ReadonlySet<string> = new Set('openssl gpg ccrypt ccencrypt mcrypt 7z zip'.split(' '));

export const destruction: readonly Indicator[] = [
  {
    id: 'everything-removed',
    family: 'destruction',
    techniques: ['T1485', 'T1561'],
    weight: 0.8,
    says: 'removes everything below a folder that the system lives in',
    programs: ['rm', 'find', 'shred', 'wipe', 'srm'],
    when: ({ program, args, text }) => {
      if (program === 'find')
        return (
          /^(?:\/|\/(?:etc|usr|home|boot|bin|lib|root))\/?$/.test(args[0] ?? '') &&
          (args.includes('-delete') || /-exec\s+(?:rm|shred)\s/.test(text)) &&
          !/-(?:i?name|i?regex|i?path|mtime|mmin|atime|ctime|size|user|group|nouser|nogroup|perm|newer|empty|inum|xtype|samefile|uid|iwholename|wholename|links)\b/.test(
            text,
          )
        );
      const recursive =
        program !== 'rm' || args.some((arg) => /^-[a-zA-Z]*[rR]/.test(arg) || arg === '--recursive');
      return recursive && (args.some((arg) => WHOLE.test(arg)) || /--no-preserve-root/.test(text));
    },
  },
  {
    id: 'disk-overwritten',
    family: 'destruction',
    techniques: ['T1561.001', 'T1561.002'],
    weight: 0.6,
    says: 'overwrites a disk with nothing',
    programs: [
      'dd',
      'wipe',
      'scrub',
      'cat',
      'shred',
      'cp',
      'tee',
      'pv',
      'badblocks',
      'blkdiscard',
      'wipefs',
      'hdparm',
      'nvme',
    ],
    when: ({ program, args, text, redirects }) => {
      if (program === 'dd')
        return (
          /if=\/dev\/(?:zero|u?random|full)/.test(text) &&
          // The first blocks alone are wiped to make a disk ready for something new.
          !/(?:^|\s)count=\d{1,3}(?:\s|$)/.test(text) &&
          args.some((arg) => DISK.test(arg) && arg.startsWith('of='))
        );
      if (program === 'shred' || program === 'wipe' || program === 'scrub')
        return args.some((arg) => DISK.test(arg));
      if (program === 'badblocks') return /-w/.test(text) && args.some((arg) => DISK.test(arg));
      if (program === 'hdparm') return /--security-erase/.test(text);
      if (program === 'nvme') return /^format|sanitize/.test(text);
      if (program === 'wipefs' || program === 'blkdiscard') return false;
      return (
        /\/dev\/(?:zero|u?random)/.test(text) &&
        (args.some((arg) => DISK.test(arg)) ||
          redirects.some(({ operator, target }) => operator === '>' && DISK.test(target)))
      );
    },
  },
  {
    id: 'file-overwritten-with-nothing',
    family: 'destruction',
    techniques: ['T1485'],
    weight: 0.5,
    says: 'overwrites a system file with nothing',
    programs: ['dd', 'cp', 'cat', 'truncate'],
    when: ({ program, args, text }) =>
      program === 'dd'
        ? /if=\/dev\/(?:zero|u?random|null)/.test(text) &&
          args.some((arg) =>
            /^of=\/(?:etc|var|usr|home|boot|bin|lib)\/(?!.*(?:swap|\.img|test|\.bin|\.iso|\.tmp|ramdisk))/.test(
              arg,
            ),
          )
        : program === 'cp' && args.includes('/dev/null') && /^\/(?:etc|usr|boot)\//.test(args.at(-1) ?? ''),
  },
  {
    id: 'fork-bomb',
    family: 'destruction',
    techniques: ['T1499.001'],
    weight: 0.9,
    says: 'starts copies of itself until the machine stands still (fork bomb)',
    whenLine: ({ marks }) => marks.has('fork-bomb'),
  },
  {
    id: 'encrypted-in-place',
    family: 'destruction',
    techniques: ['T1486'],
    weight: 0.6,
    says: 'encrypts files where they are and removes the originals, as ransomware does',
    whenLine: ({ calls, raw }) => {
      const encrypts = calls.some(
        ({ program, text }) =>
          ENCRYPTERS.has(program) &&
          ((program === 'openssl' &&
            /^(?:enc|rsautl|pkeyutl|aes\S*)\b/.test(text) &&
            !/(?:^|\s)-d(?:\s|$)/.test(text)) ||
            (program === 'gpg' &&
              /--batch|--passphrase|--yes/.test(text) &&
              /(?:^|\s)(?:-[a-z]*c|--symmetric|-[a-z]*e|--encrypt)\b/.test(text)) ||
            /^(?:ccrypt|ccencrypt|mcrypt)$/.test(program) ||
            (program === '7z' && /^a\b.*-p\S/.test(text) && /-sdel/.test(text)) ||
            (program === 'zip' && /-[a-z]*P/.test(text) && /(?:^|\s)-[a-z]*m/.test(text))),
      );
      if (!encrypts) return false;
      return (
        calls.some(({ program }) => program === 'rm' || program === 'shred' || program === 'srm') ||
        calls.some(
          ({ program, loop, via, text }) =>
            (program === 'openssl' || program === 'gpg' || program.startsWith('cc')) &&
            (loop !== null || via.includes('find') || via.includes('xargs')) &&
            !/\.(?:sql|tar|gz|bak)/.test(text),
        ) ||
        /ransom|readme.*decrypt/i.test(raw) ||
        calls.some(({ program, text }) => /^cc(?:en)?crypt$/.test(program) && !/--decrypt|-d\b/.test(text))
      );
    },
  },
  {
    id: 'user-files-encrypted',
    family: 'destruction',
    techniques: ['T1486'],
    weight: 0.42,
    says: 'encrypts system files with a key in the line',
    programs: ['openssl', 'gpg', '7z', 'ccrypt'],
    when: ({ program, text }) =>
      /\/etc\/passwd|\/home\/|\/root\//.test(text) &&
      (program === 'openssl'
        ? /^(?:enc|rsautl|pkeyutl)\b.*-(?:e|encrypt|k|pass)\b/.test(text)
        : program === '7z'
          ? /^a\b.*-p/.test(text)
          : program === 'gpg'
            ? /--passphrase/.test(text)
            : true),
  },
  {
    id: 'backups-removed',
    family: 'destruction',
    techniques: ['T1490'],
    weight: 0.5,
    says: 'removes backups or snapshots',
    programs: ['rm', 'restic', 'borg', 'zfs', 'lvremove', 'btrfs', 'gluster', 'velero', 'timeshift'],
    when: ({ program, args, text }) => {
      if (program === 'rm')
        return (
          args.some((arg) => /^-[a-zA-Z]*r/.test(arg)) &&
          args.some((arg) => /^\/(?:var\/)?backups?(?:\/\*?)?$|\/(?:\.?snapshots?|backups?)\/\*$/.test(arg))
        );
      if (program === 'timeshift') return /--delete-all/.test(text);
      if (program === 'restic') return /forget.*--keep-last\s+0|--unsafe-allow-remove-all/.test(text);
      if (program === 'gluster') return /snapshot\s+delete\s+all/.test(text);
      return program === 'velero' && /delete\s+--all/.test(text);
    },
  },
  {
    id: 'rights-thrown-open',
    family: 'destruction',
    techniques: ['T1222.002'],
    weight: 0.5,
    says: 'throws the rights of system folders open',
    programs: ['chmod', 'chown'],
    when: ({ program, args, text }) => {
      const recursive = args.some((arg) => /^-[a-zA-Z]*R/.test(arg));
      const system = args.some(
        (arg) =>
          /^\/(?:etc|usr|bin|sbin|lib|boot|root|var)?\/?\*?$/.test(arg) ||
          /^\/etc\/(?:shadow|sudoers)$/.test(arg),
      );
      return program === 'chmod'
        ? system &&
            /(?:^|\s)(?:0?[0-7]?777|666|a\+(?:rwx|w|rw)|o\+w|ugo\+rwx|000|0?[0-7]{2}[67])\s/.test(text)
        : recursive && system && !/^\s*(?:-\S+\s+)*root/.test(text);
    },
  },
  {
    id: 'machine-stopped-hard',
    family: 'destruction',
    techniques: ['T1529'],
    weight: 0.45,
    says: 'stops the machine without letting it finish',
    programs: ['halt', 'poweroff', 'reboot', 'kill', 'tee', 'echo', 'printf'],
    when: ({ program, text, redirects, args }) =>
      redirects.some(({ target }) => target === '/proc/sysrq-trigger') ||
      (program === 'tee' && text.includes('/proc/sysrq-trigger')) ||
      (/^(?:halt|poweroff|reboot)$/.test(program) &&
        args.some((arg) => /^-[a-z]*f/.test(arg) || arg === '--force')) ||
      (program === 'kill' && /^-(?:9|KILL)\s+-1$/.test(text)),
  },
  {
    id: 'services-stopped-in-bulk',
    family: 'destruction',
    techniques: ['T1489'],
    weight: 0.42,
    says: 'ends everything of a kind at once',
    programs: ['kill', 'pkill', 'xargs'],
    when: ({ program, text, substituted }) =>
      program === 'pkill'
        ? /(?:-9|-KILL)\s+-u\s*root|-9\s+\.$/.test(text)
        : program === 'kill' &&
          substituted.some(
            (one) => one.program === 'ps' && /aux|-e/.test(one.text) && substituted.length === 1,
          ),
  },
  {
    id: 'login-page-defaced',
    family: 'destruction',
    techniques: ['T1491.001'],
    weight: 0.42,
    says: 'rewrites what people see when they log in',
    needs: 'written',
    whenLine: ({ written }) =>
      written.some(
        ({ path, how, content }) =>
          /^\/etc\/(?:motd|issue|issue\.net)$/.test(path) &&
          how === 'text' &&
          /hack|ransom|bitcoin|btc|encrypted|pay|owned|pwned/i.test(content ?? ''),
      ),
  },
  {
    id: 'files-shredded-in-bulk',
    family: 'destruction',
    techniques: ['T1485'],
    weight: 0.45,
    says: 'shreds many files of people or of the system at once',
    programs: ['shred', 'srm', 'wipe'],
    when: ({ args }) =>
      args.some((arg) => /^\/(?:home|root|etc|var\/(?:lib|www|backups?)|srv|opt)\/\S*\*/.test(arg)),
  },
  {
    id: 'tool-moved-away',
    family: 'defence-evasion',
    techniques: ['T1562.001', 'T1036.003'],
    weight: 0.42,
    says: 'moves a tool of the system away, or takes its rights',
    programs: ['mv', 'chmod', 'rm'],
    when: ({ program, args, text }) =>
      (program !== 'chmod' || /(?:^|\s)(?:0?000|-x|a-x|644|600)\s/.test(text)) &&
      /(?:^|\s)\/(?:usr\/)?s?bin\/(?:wget|curl|ps|ls|top|htop|netstat|ss|chattr|lsattr|lsof|find|iptables|nft|kill|pkill|su|sudo|login|passwd|ssh|sshd|cron|crond|crontab|last|who|w)(?:\s|$)/.test(
        args.slice(0, program === 'mv' ? -1 : undefined).join(' '),
      ),
  },
];
