import { TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

const HIDDEN_TEMPORARY =
  /^(?:\/var)?\/(?:tmp|dev\/shm)\/(?:[^/]+\/)*\.(?!X|ICE|font|Test|org\.|docker|git|npm|cache|com\.)[^/.\s$][^/\s]*/;

/** A name that ends in a blank, or consists of dots and blanks. */
function deceives(name: string): boolean {
  if (name.length < 2 || name.includes('\n')) return false;
  return /[^\\ ] $|(?:^|\/) +[^ ]|\/\.{3,}(?:\/|$)|^\.{3,}(?:\/|$)|\/\.\.? $| \//.test(name);
}

function injected(program: string, text: string, redirects: readonly { readonly target: string }[]): boolean {
  if (program === 'gdb')
    return (
      /(?:-p|--pid|attach)[\s=]*\S+/.test(text) &&
      /call\s|print\s.*dlopen|__libc_dlopen|set\s+var|dlopen|execl|system\(/.test(text)
    );
  if (program === 'dd' || program === 'echo' || program === 'printf' || program === 'cat')
    return (
      /of=\/proc\/\S+\/mem/.test(text) ||
      redirects.some(({ target }) => /^\/proc\/(?:\d+|\$\S*)\/mem/.test(target))
    );
  return /^(?:linux-inject|inject|injector|ptrace_inject|dlinject|dlinject\.py|ddexec(?:\.sh)?)$/.test(
    program,
  );
}

export const masquerading: readonly Indicator[] = [
  {
    id: 'times-changed',
    family: 'defence-evasion',
    techniques: ['T1070.006'],
    weight: 0.45,
    says: 'gives a file the time stamps of another one, or false ones',
    programs: ['touch', 'debugfs', 'date', 'timedatectl', 'hwclock', 'xattr'],
    when: ({ program, args, text }) => {
      if (program === 'touch') {
        const reference = /(?:^|\s)(?:-[a-zA-Z]*r|--reference)[\s=]*(\S+)/.exec(text)?.[1] ?? '';
        if (/^\/(?:usr\/)?(?:s?bin|lib|etc)(?:\/|$)/.test(reference)) return true;
        const time = /(?:^|\s)-[a-zA-Z]*t\s*(\d{2})?(\d{2})(?:\d{8})/.exec(text);
        const early = time !== null && time[1] !== undefined && Number(time[1] + time[2]) < 1995;
        return (
          early ||
          (/(?:^|\s)-[a-zA-Z]*[td]|--date/.test(text) &&
            args.some((arg) =>
              /^\/(?:usr\/)?(?:s?bin|lib|etc)\/|^\/(?:tmp|var\/tmp|dev\/shm)\/\.|\.(?:so|ko|elf)$/.test(arg),
            ))
        );
      }
      if (program === 'debugfs') return /set_inode_field|\bsif\b|-w/.test(text);
      if (program === 'date')
        return (
          /^\d{8}(?:19\d{2}|\d{2})?(?:\.\d{2})?$/.test(args[0] ?? '') &&
          /(?:19[789]\d|\d{8}[789]\d)/.test(args[0] ?? '')
        );
      return program === 'timedatectl' && /set-time\s+["']?19/.test(text);
    },
  },
  {
    id: 'name-with-blank-or-like-the-kernel',
    family: 'defence-evasion',
    techniques: ['T1036.006', 'T1036.004'],
    weight: 0.5,
    says: 'uses a name made to deceive: ending in a blank, dots alone, or like a kernel thread',
    programs: ['mkdir', 'cp', 'mv', 'touch', 'chmod', 'ln', 'install', 'exec'],
    when: ({ args, program }) =>
      program === 'exec'
        ? /-a\s+["']?[[(]|-a\s+["']?(?:kworker|sshd|systemd|init|crond|syslogd)/.test(args.join(' '))
        : args.some((arg) => deceives(arg) && (arg !== '...' || program === 'mkdir')),
  },
  {
    id: 'runs-name-with-blank',
    family: 'defence-evasion',
    techniques: ['T1036.006'],
    weight: 0.5,
    says: 'starts a program whose name ends in a blank',
    needs: 'file',
    when: ({ path, program }) => / $|^[^ ]+ \/[^ ]* ?$/.test(path) && !program.includes('('),
  },
  {
    id: 'process-hidden',
    family: 'defence-evasion',
    techniques: ['T1564', 'T1036.004'],
    weight: 0.8,
    says: 'hides a process by mounting over its folder in /proc',
    programs: ['mount'],
    when: ({ text }) => /(?:-o\s*\S*bind|--r?bind|-B|-R)\b.*\s\/proc\/\S+/.test(text),
  },
  {
    id: 'program-renamed',
    family: 'defence-evasion',
    techniques: ['T1036.003', 'T1036.005'],
    weight: 0.55,
    says: 'copies a shell or a system program under another name',
    programs: ['cp', 'mv', 'ln', 'install', 'cat'],
    when: ({ args, redirects, program }) => {
      const files = args.filter((arg) => !arg.startsWith('-'));
      const source = files[0] ?? '';
      const target =
        program === 'cat' ? redirects.find(({ operator }) => operator === '>')?.target : files.at(-1);
      if (!target || target === source) return false;
      const name =
        /^(?:\/usr)?\/s?bin\/(sh|bash|dash|zsh|busybox|nc|ncat|socat|curl|wget|python[\d.]*|perl|tar|ls|cat|ps|id|sleep|yes|cp|tail)$/.exec(
          source,
        )?.[1];
      if (name === undefined) return false;
      const as = target.slice(target.lastIndexOf('/') + 1);
      return (
        TEMPORARY.test(target) ||
        TEMPORARY.test(`${target}/`) ||
        /(?:^|\/)\./.test(target) ||
        (as !== '' &&
          as !== name &&
          as !== '.' &&
          !target.endsWith('/') &&
          !/bak|orig|old|static|real/.test(as) &&
          (name === 'sh' ||
            name === 'bash' ||
            name === 'dash' ||
            name === 'nc' ||
            name === 'busybox' ||
            name === 'socat') &&
          program !== 'ln')
      );
    },
  },
  {
    id: 'delays',
    family: 'defence-evasion',
    techniques: ['T1497.003'],
    weight: 0.42,
    says: 'pings for minutes and looks at no answer: a way to wait unseen',
    programs: ['ping'],
    when: ({ text, redirects }) =>
      Number(/(?:^|\s)-[cn]\s*(\d+)/.exec(text)?.[1] ?? 0) >= 60 &&
      redirects.some(({ target }) => target === '/dev/null'),
  },
  {
    id: 'process-injected',
    family: 'defence-evasion',
    techniques: ['T1055.008', 'T1055.009'],
    weight: 0.7,
    says: 'reaches into a running process',
    programs: [
      'gdb',
      'dd',
      'echo',
      'printf',
      'cat',
      'linux-inject',
      'inject',
      'injector',
      'ptrace_inject',
      'dlinject',
      'dlinject.py',
      'ddexec',
      'ddexec.sh',
    ],
    when: ({ program, text, redirects }) => injected(program, text, redirects),
  },
  {
    id: 'hides-from-agent-logs',
    family: 'defence-evasion',
    techniques: ['T1036', 'T1071.001'],
    weight: 0.45,
    says: 'pretends to be another program when it asks a web server',
    programs: ['curl', 'wget'],
    when: ({ program, text }) =>
      /(?:-A|--user-agent|-U|User-Agent:)[\s=]*["']?(?:HttpBrowser\/|Wget\/1\.9\+cvs|Opera\/8\.81|\*<\||Mozilla\/[234]\.0 \(compatible; (?:MSIE [5-8]|Win32)|Mozilla\/4\.0 \(compatible\)|sqlmap|Nikto|masscan)/i.test(
        text,
      ) ||
      (program === 'curl' && /(?:-A|--user-agent)[\s=]*["']?Wget\//.test(text)),
  },
  {
    id: 'hidden-place-in-temporary-folder',
    family: 'defence-evasion',
    techniques: ['T1564.001'],
    weight: 0.42,
    says: 'hides a file or a folder among the temporary ones',
    whenLine: (line) =>
      line.written.some(({ path, how }) => how !== 'remove' && HIDDEN_TEMPORARY.test(path)) ||
      line.calls.some(
        ({ program, args }) =>
          (program === 'mkdir' || program === 'touch') && args.some((arg) => HIDDEN_TEMPORARY.test(arg)),
      ),
  },
  {
    id: 'program-padded',
    family: 'defence-evasion',
    techniques: ['T1027.001'],
    weight: 0.45,
    says: 'changes a file’s fingerprint by adding nothing to its end',
    programs: ['dd', 'head', 'truncate', 'printf'],
    when: ({ program, text, redirects }) =>
      (program === 'dd' || program === 'head') &&
      /\/dev\/(?:zero|u?random)/.test(text) &&
      redirects.some(({ operator, target }) => operator === '>>' && target !== ''),
  },
];
