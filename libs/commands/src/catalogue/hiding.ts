import { HIDDEN, TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

const SYSTEM_NAME =
  /^(?:k?worker\S*|kthread\S*|systemd-\S+|dbus-\S+|sshd?\S*|crond?|\S*syslogd?\S*|udevd?|init|agetty|polkitd|networkd\S*|NetworkManager|httpd|nginx|apache2?|mysqld|cupsd|rngd|irqbalance|auditd)$/;

/** Where things are hidden that no `ls` and no `ps` shows. */
export const hiding: readonly Indicator[] = [
  {
    id: 'another-name-in-the-list',
    family: 'defence-evasion',
    techniques: ['T1036.005', 'T1036.009'],
    weight: 0.5,
    says: 'goes under another name in the list of processes',
    programs: ['perl', 'python', 'ruby', 'php', 'exec'],
    needs: 'written',
    whenLine: ({ calls, written, raw }) =>
      written.some(({ path, how }) => how !== 'remove' && /^\/proc\/(?:self|\$\S+|\d+)\/comm$/.test(path)) ||
      calls.some(
        ({ program, text, args }) =>
          (/^(?:perl|python|ruby|php)$/.test(program) &&
            /\$0\s*=\s*["']|setproctitle|prctl\(\s*15|process_title/.test(text)) ||
          (program === 'exec' &&
            args[0] === '-a' &&
            /\/s?bin\/|^\[|^(?:sshd|systemd|cron|nginx|apache|kworker)/.test(args[1] ?? '')),
      ) ||
      /\bexec\s+-a\s+["']?(?:\[|\/(?:usr\/)?s?bin\/|k(?:worker|thread)|sshd|systemd|cron|nginx|apache)/.test(
        raw,
      ),
  },
  {
    id: 'named-like-a-service',
    family: 'defence-evasion',
    techniques: ['T1036.005', 'T1036.004'],
    weight: 0.45,
    says: 'gives a file of its own the name of a service',
    programs: ['cp', 'mv', 'ln', 'install'],
    when: ({ args }) => {
      const files = args.filter((arg) => !arg.startsWith('-'));
      const [source, target] = [files.at(-2) ?? '', files.at(-1) ?? ''];
      const base = (path: string) => path.slice(path.lastIndexOf('/') + 1);
      const name = base(target);
      return (
        files.length === 2 &&
        SYSTEM_NAME.test(name) &&
        !target.startsWith('/etc/') &&
        !target.startsWith('/var/') &&
        base(source) !== name &&
        !base(source).startsWith(name) &&
        !/\.(?:conf|bak|old|orig|dpkg|rpm|new)\b|^\/etc\//.test(source) &&
        (TEMPORARY.test(target) || /^\/(?:usr\/)?(?:local\/)?(?:s?bin|lib\w*)\//.test(target))
      );
    },
  },
  {
    id: 'hidden-among-the-system',
    family: 'defence-evasion',
    techniques: ['T1564.001', 'T1070.010'],
    weight: 0.45,
    says: 'puts a hidden file among those of the system',
    needs: 'written',
    whenLine: ({ written }) =>
      written.some(
        ({ path, how }) =>
          (how === 'copy' || how === 'output' || how === 'text') &&
          /^\/(?:usr|lib\w*|opt|var\/(?:lib|cache|spool)|etc|boot|bin|sbin|srv)\//.test(path) &&
          HIDDEN.test(path) &&
          !/\.(?:env|htaccess|htpasswd|dockerignore|gitignore|gitlab\S*|eslintrc|npmrc|pwd\.lock|updated|placeholder|keep|gitkeep|well-known|ssh|bash\w*|profile|my\.cnf|s3cfg|netrc|pgpass|vimrc|credentials|smb\w*|pause|hidden)\b/.test(
            path,
          ),
      ),
  },
  {
    id: 'hidden-volume',
    family: 'defence-evasion',
    techniques: ['T1564.005'],
    weight: 0.45,
    says: 'opens a file system that lies hidden in a file',
    programs: [
      'mount',
      'cryptsetup',
      'losetup',
      'mkfs',
      'mkfs.ext4',
      'mkfs.ext3',
      'mkfs.xfs',
      'mke2fs',
      'veracrypt',
    ],
    when: ({ args }) =>
      args.some((arg) => (HIDDEN.test(arg) || TEMPORARY.test(arg)) && /\/\.[^/]+$/.test(arg)),
  },
  {
    id: 'data-in-attributes',
    family: 'defence-evasion',
    techniques: ['T1564.009', 'T1564'],
    weight: 0.45,
    says: 'hides data in the attributes of a file, or runs what is hidden there',
    programs: ['setfattr', 'attr', 'getfattr', 'xattr'],
    when: ({ program, text, substituted, args }) =>
      program === 'setfattr'
        ? /user\./.test(text) &&
          (substituted.length > 0 ||
            args.some((arg) => arg.length > 120) ||
            TEMPORARY.test(args.at(-1) ?? ''))
        : program === 'getfattr'
          ? /--only-values/.test(text) && /user\./.test(text)
          : /(?:^|\s)-s\b/.test(text) && (substituted.length > 0 || TEMPORARY.test(args.at(-1) ?? '')),
  },
  {
    id: 'machine-inside',
    family: 'defence-evasion',
    techniques: ['T1564.006'],
    weight: 0.42,
    says: 'runs a machine of its own inside this one, out of sight',
    programs: [
      'qemu-system-x86_64',
      'qemu-system-aarch64',
      'qemu-system-i386',
      'qemu',
      'kvm',
      'virt-install',
      'vboxmanage',
      'VBoxManage',
      'VBoxHeadless',
      'firecracker',
    ],
    when: ({ program, text }) =>
      program.startsWith('qemu') || program === 'kvm'
        ? /-daemonize|-display\s+none|-nographic/.test(text) &&
          /hostfwd|\/tmp\/|\/dev\/shm\/|\/\.\w/.test(text)
        : program === 'virt-install'
          ? /\/tmp\/|\/dev\/shm\/|\/\.\w/.test(text)
          : /startvm\s.*headless/i.test(text) && /\/tmp\/|\/\.\w/.test(text),
  },
  {
    id: 'account-hidden-from-login',
    family: 'accounts',
    techniques: ['T1564.002'],
    weight: 0.5,
    says: 'keeps an account off the login screen',
    programs: ['gsettings', 'usermod'],
    needs: 'written',
    whenLine: ({ written, calls }) =>
      written.some(
        ({ path, content }) => /\/AccountsService\/users\//.test(path) && /SystemAccount/.test(content ?? ''),
      ) ||
      calls.some(
        ({ program, text }) =>
          (program === 'gsettings' && /login-screen\s+disable-user-list\s+true/.test(text)) ||
          (program === 'usermod' && /(?:^|\s)(?:-u|--uid)\s*[1-9]\d{0,2}\s/.test(text)),
      ),
  },
  {
    id: 'script-made-unreadable',
    family: 'obfuscation',
    techniques: ['T1027.002', 'T1027'],
    weight: 0.42,
    says: 'packs a program so that nobody can read it',
    programs: [
      'upx',
      'shc',
      'gzexe',
      'bash-obfuscate',
      'pyarmor',
      'bashfuscator',
      'ezuri',
      'makeself',
      'papaw',
    ],
    when: ({ program, args }) =>
      program === 'upx' || program === 'makeself' ? args.some((arg) => TEMPORARY.test(arg)) : args.length > 0,
  },
  {
    id: 'padding-added',
    family: 'defence-evasion',
    techniques: ['T1027.001'],
    weight: 0.42,
    says: 'changes a file’s fingerprint by adding nothing to its end',
    programs: ['printf', 'head', 'dd', 'tr', 'truncate'],
    whenLine: ({ calls }) =>
      calls.some(({ program, text, args, redirects, upstream }) => {
        const appends = redirects.some(({ operator }) => operator === '>>');
        return (
          (program === 'printf' && appends && /^(?:\\(?:0|x00))+$/.test(text)) ||
          (/^(?:head|dd|tr)$/.test(program) &&
            appends &&
            upstream.some((one) => /\/dev\/(?:zero|u?random)/.test(one.text))) ||
          (program === 'truncate' &&
            /-s\s*\+/.test(text) &&
            args.some((arg) => TEMPORARY.test(arg) || /\/s?bin\//.test(arg)))
        );
      }),
  },
  {
    id: 'marks-of-a-packer-removed',
    family: 'obfuscation',
    techniques: ['T1027.002', 'T1027.005'],
    weight: 0.45,
    says: 'removes from a program what scanners know it by',
    programs: ['sed', 'perl', 'strip', 'objcopy'],
    when: ({ program, text, args }) =>
      /UPX!|mimikatz|meterpreter|cobalt|linpeas|xmrig/i.test(text)
        ? /(?:^|\s)-[a-z]*i|-p/.test(text) || program === 'objcopy'
        : (program === 'strip' || program === 'objcopy') && args.some((arg) => TEMPORARY.test(arg)),
  },
];
