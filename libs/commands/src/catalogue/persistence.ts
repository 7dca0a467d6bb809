import type { FileTouch, Touch } from './files.ts';
import type { CommandLine } from './line.ts';
import { HIDDEN, MENTIONS_TEMPORARY, TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

/** What a line in a start file does that none should: brings something from elsewhere, or opens a way in. */
const SHADY =
  /\b(?:curl|wget|nc|ncat|socat|telnet|nohup|setsid)\s|\/dev\/(?:tcp|udp|shm)\/|\bbase64\b|\bbash\s+-[ic]\b|\bsh\s+-[ic]\b|\bpython[\d.]*\s+-c|\bperl\s+-e|LD_PRELOAD|PROMPT_COMMAND|\btrap\s|\/tmp\/|\bsetuid|\bset \+o history|HISTFILE|alias\s+(?:sudo|su|ssh|passwd|scp)=/;
/** What people put into their own start files. */
const USUAL_RC =
  /^["']?(?:\s*$|#|(?:export|alias|source|\.|eval|set|setopt|shopt|bindkey|autoload|compinit|complete|zstyle|plugins|PS1|PATH|EDITOR|HIST\w*|umask|stty|bind|if|\[|fi|test|neofetch|fastfetch|cd|ulimit|function)\b|[A-Z_]+=|\[\[?\s|\.\s)/;

const WRITES: readonly Touch[] = ['text', 'output', 'tee', 'copy', 'edit', 'link'];

function wrote(line: CommandLine, path: RegExp, test: (touch: FileTouch) => boolean = () => true): boolean {
  return line.written.some((touch) => WRITES.includes(touch.how) && path.test(touch.path) && test(touch));
}

const typed = ({ how, content }: FileTouch) =>
  how === 'text' ||
  how === 'edit' ||
  (how === 'tee' && content !== null) ||
  (how === 'output' && content !== null);
const shady = ({ content }: FileTouch) => SHADY.test(content ?? '') || MENTIONS_TEMPORARY.test(content ?? '');

const UNITS =
  /(?:^|\/)(?:etc|lib|usr\/lib|usr\/local\/lib|run)\/systemd\/(?:system|user|system-generators)\/|\.config\/systemd\/user\//;
const CRON =
  /^\/etc\/cron(?:tab$|\.(?:d|hourly|daily|weekly|monthly)(?:\/|$))|^\/(?:var\/)?spool\/cron|^\/var\/spool\/cron|^\/etc\/anacrontab/;
const RC =
  /(?:^|\/)\.(?:bashrc|bash_profile|bash_login|bash_logout|profile|zshrc|zprofile|zlogin|zshenv|kshrc|cshrc|tcshrc|login|logout|xinitrc|xsession|bash_aliases)$|\.config\/fish\/config\.fish$/;
const SYSTEM_RC =
  /^\/etc\/(?:profile(?:\.d\/.*)?|bash\.bashrc|bashrc|zsh\/zshrc|zshrc|zshenv|csh\.cshrc|environment|fish\/config\.fish)$/;
const PAM = /\/etc\/pam\.d(?:\/|$)|\/pam_\w+\.so$|\/lib\/(?:[\w-]+\/)?security\//;

export const persistence: readonly Indicator[] = [
  {
    id: 'ld-so-preload',
    family: 'persistence',
    techniques: ['T1574.006'],
    weight: 0.9,
    says: 'puts a library in front of every program (/etc/ld.so.preload)',
    needs: 'written',
    whenLine: (line) => wrote(line, /\/etc\/ld\.so\.preload$/),
  },
  {
    id: 'preload-library',
    family: 'persistence',
    techniques: ['T1574.006'],
    weight: 0.6,
    says: 'puts a library of its own in front of a program (LD_PRELOAD)',
    whenLine: ({ assignments, calls }) => {
      const loads = (text: string) =>
        /^LD_(?:PRELOAD|AUDIT)=\S/.test(text) &&
        !/jemalloc|tcmalloc|fakeroot|libeatmydata|libasan|proxychains|stderred|mimalloc/.test(text);
      return (
        assignments.some(loads) ||
        calls.some(
          ({ environment, program, args }) =>
            environment.some(loads) ||
            (program === 'env' && args.some(loads)) ||
            (program === 'sudo' && args.some(loads)),
        )
      );
    },
  },
  {
    id: 'pam-changed',
    family: 'persistence',
    techniques: ['T1556.003'],
    weight: 0.75,
    says: 'changes how the machine checks passwords (PAM)',
    needs: 'written',
    whenLine: (line) => wrote(line, PAM, ({ how, path }) => how !== 'copy' || path.endsWith('.so')),
  },
  {
    id: 'pam-spy',
    family: 'collection',
    techniques: ['T1056.001', 'T1556.003'],
    weight: 0.75,
    says: 'makes PAM record what is typed or wave logins through',
    whenLine: ({ raw }) =>
      /pam_tty_audit\.so|pam_(?:succeed_if|permit)\.so.*(?:uid\s*>=?\s*0)?.*pam\.d|pam_exec\.so.*(?:expose_authtok|\/tmp)/.test(
        raw,
      ),
  },
  {
    id: 'cron-file-written',
    family: 'persistence',
    techniques: ['T1053.003'],
    weight: 0.45,
    says: 'plants a job in the system’s cron folders',
    needs: 'written',
    whenLine: (line) =>
      wrote(
        line,
        CRON,
        (touch) =>
          typed(touch) ||
          touch.how === 'output' ||
          (touch.how === 'copy' && MENTIONS_TEMPORARY.test(touch.call.text)),
      ),
  },
  {
    id: 'cron-job-is-shady',
    family: 'persistence',
    techniques: ['T1053.003'],
    weight: 0.75,
    says: 'plants a cron job that fetches something or runs from a temporary folder',
    whenLine: (line) =>
      wrote(line, CRON, shady) ||
      line.calls.some(({ program, stdin, upstream }) => {
        if (program !== 'crontab') return false;
        const fed = `${stdin ?? ''} ${upstream
          .filter((one) => one.program === 'echo' || one.program === 'printf')
          .map((one) => one.text)
          .join(' ')}`;
        return /@reboot\s+\S*(?:nohup|\/tmp\/|\.\w)|\/dev\/(?:tcp|shm)|(?:curl|wget)[^|;]*[|;&]\s*(?:sudo\s+)?(?:ba)?sh|\bnc\s+-|base64|[\s"'](?:\/var)?\/tmp\//.test(
          fed,
        );
      }),
  },
  {
    id: 'crontab-from-temporary-file',
    family: 'persistence',
    techniques: ['T1053.003'],
    weight: 0.45,
    says: 'installs a crontab out of a temporary file',
    programs: ['crontab'],
    when: ({ args }) => args.some((arg) => TEMPORARY.test(arg)),
  },
  {
    id: 'at-job',
    family: 'persistence',
    techniques: ['T1053.002'],
    weight: 0.42,
    says: 'schedules a command to run later, unattended (at)',
    programs: ['at', 'batch'],
    when: ({ args, upstream, stdin, redirects }) =>
      !args.some((arg) => /^-[lrcdV]/.test(arg)) &&
      (upstream.length > 0 || stdin !== null || redirects.length > 0 || args.includes('-f')),
  },
  {
    id: 'unit-written',
    family: 'persistence',
    techniques: ['T1543.002'],
    weight: 0.42,
    says: 'writes a systemd unit line by line',
    needs: 'written',
    whenLine: (line) =>
      wrote(
        line,
        UNITS,
        ({ how, content }) =>
          how === 'text' || how === 'edit' || (content !== null && /ExecStart|OnCalendar/.test(content)),
      ),
  },
  {
    id: 'unit-is-shady',
    family: 'persistence',
    techniques: ['T1543.002', 'T1569.002'],
    weight: 0.6,
    says: 'makes systemd run a shell one-liner or something from a temporary folder',
    needs: 'written',
    whenLine: (line) =>
      line.written.some(
        ({ content, how }) =>
          how !== 'remove' &&
          /Exec(?:Start|Stop|Reload)(?:Pre|Post)?\s*=\s*[-@+!]*(?:\S*\/(?:ba|da)?sh\s+-[a-z]*c|(?:\/var)?\/tmp\/|\/dev\/shm\/|\S*(?:curl|wget|nc|ncat|python[\d.]*\s+-c))/.test(
            content ?? '',
          ),
      ),
  },
  {
    id: 'unit-from-temporary-folder',
    family: 'persistence',
    techniques: ['T1543.002'],
    weight: 0.6,
    says: 'gives systemd a unit out of a temporary folder',
    programs: ['systemctl', 'cp', 'mv', 'ln', 'install'],
    when: ({ program, args }) =>
      program === 'systemctl'
        ? /^(?:link|enable|start)$/.test(args.find((arg) => !arg.startsWith('-')) ?? '') &&
          args.some((arg) => TEMPORARY.test(arg))
        : TEMPORARY.test(args.find((arg) => !arg.startsWith('-')) ?? '') && UNITS.test(args.at(-1) ?? ''),
  },
  {
    id: 'unit-file-in-temporary-folder',
    family: 'persistence',
    techniques: ['T1543.002'],
    weight: 0.42,
    says: 'writes a systemd unit into a temporary folder',
    needs: 'written',
    whenLine: (line) =>
      line.written.some(
        ({ path, how }) =>
          how === 'text' && TEMPORARY.test(path) && /\.(?:service|timer|socket|path)$/.test(path),
      ),
  },
  {
    id: 'transient-unit',
    family: 'persistence',
    techniques: ['T1543.002', 'T1053.006'],
    weight: 0.42,
    says: 'lets systemd run a shell one-liner on the side',
    programs: ['systemd-run'],
    when: ({ text }) =>
      /--on-(?:calendar|active|boot|startup|unit-active)|(?:^|[\s/])(?:ba)?sh\s+-[a-z]*c\b/.test(text),
  },
  {
    id: 'start-file-is-shady',
    family: 'persistence',
    techniques: ['T1546.004'],
    weight: 0.7,
    says: 'makes every new shell run something that start files should not',
    needs: 'written',
    whenLine: (line) =>
      wrote(line, RC, shady) ||
      wrote(line, SYSTEM_RC, shady) ||
      wrote(line, /^\/etc\/(?:rc\.local|init\.d\/|rc\d?\.d\/|update-motd\.d\/)/, shady),
  },
  {
    id: 'start-file-odd',
    family: 'persistence',
    techniques: ['T1546.004'],
    weight: 0.42,
    says: 'adds a command to a shell’s start file',
    needs: 'written',
    whenLine: (line) =>
      wrote(
        line,
        RC,
        (touch) =>
          (touch.how === 'text' || (touch.how === 'tee' && touch.content !== null)) &&
          !USUAL_RC.test(touch.content ?? '') &&
          !/\$\(|eval|\/dev\/null/.test(touch.content ?? ''),
      ),
  },
  {
    id: 'system-start-file',
    family: 'persistence',
    techniques: ['T1546.004', 'T1037.004'],
    weight: 0.45,
    says: 'adds a line to a start file of the whole system',
    needs: 'written',
    whenLine: (line) =>
      wrote(
        line,
        /^\/etc\/(?:profile|bash\.bashrc|bashrc|zshrc|zshenv|csh\.cshrc)$/,
        (touch) => typed(touch) && !/^["']?(?:export|alias|[A-Z_]+=)/.test(touch.content ?? ''),
      ) ||
      wrote(
        line,
        /^\/etc\/(?:rc\.local|rc\.common|init\.d\/[^/]|rc\d\.d\/|update-motd\.d\/|profile\.d\/)/,
        (touch) => typed(touch) && !/^["']?(?:export|alias|[A-Z_]+=)/.test(touch.content ?? ''),
      ),
  },
  {
    id: 'authorized-keys-replaced',
    family: 'persistence',
    techniques: ['T1098.004'],
    weight: 0.5,
    says: 'rewrites the keys that may log in (authorized_keys)',
    needs: 'written',
    whenLine: (line) =>
      wrote(
        line,
        /\.ssh\/authorized_keys2?$|\/authorized_keys2?$/,
        ({ how, call, path }) =>
          how === 'edit' ||
          ((how === 'text' || how === 'output') &&
            call.redirects.some(({ operator, target }) => operator === '>' && target === path)),
      ),
  },
  {
    id: 'authorized-keys-of-others',
    family: 'persistence',
    techniques: ['T1098.004'],
    weight: 0.45,
    says: 'adds a key that may log in as somebody else',
    needs: 'written',
    whenLine: (line) =>
      wrote(
        line,
        /^\/(?:root|home\/[^/]+|var\/[^/]+(?:\/[^/]+)?)\/\.ssh\/authorized_keys2?$/,
        ({ how }) => how === 'text' || how === 'tee',
      ),
  },
  {
    id: 'udev-runs-program',
    family: 'persistence',
    techniques: ['T1546'],
    weight: 0.5,
    says: 'makes a device event run a program (udev)',
    needs: 'written',
    whenLine: (line) => wrote(line, /\/udev\/rules\.d\//, ({ content }) => /RUN\s*\+?=/.test(content ?? '')),
  },
  {
    id: 'start-hook',
    family: 'persistence',
    techniques: ['T1546', 'T1547.013'],
    weight: 0.45,
    says: 'plants a hook that programs run by themselves',
    needs: 'written',
    whenLine: (line) =>
      wrote(
        line,
        /\/etc\/apt\/apt\.conf\.d\//,
        ({ content }) => /Pre-Invoke|Post-Invoke/.test(content ?? '') || SHADY.test(content ?? ''),
      ) ||
      wrote(line, /\/autostart\/[^/]+\.desktop$/) ||
      wrote(line, /(?:sitecustomize|usercustomize)\.py$|(?:site|dist)-packages\/[^/]+\.pth$/) ||
      wrote(line, /\.git\/hooks\/(?!.*\.sample$)/, shady) ||
      wrote(
        line,
        /\/(?:NetworkManager\/dispatcher\.d|network\/if-(?:up|pre-up|post-up|down)\.d|dhcp\/dhclient-exit-hooks\.d)\//,
        typed,
      ) ||
      wrote(line, /\/etc\/emond\.d|\/etc\/xdg\/autostart\/|\/etc\/X11\/Xsession\.d\//, typed),
  },
  {
    id: 'web-shell',
    family: 'persistence',
    techniques: ['T1505.003'],
    weight: 0.85,
    says: 'writes a page that runs what visitors ask for (web shell)',
    needs: 'written',
    whenLine: (line) =>
      line.written.some(
        ({ content, path, how }) =>
          how !== 'remove' &&
          (/\.(?:php\d?|phtml|jsp|aspx?|cgi)$/.test(path) ||
            /\/(?:www|htdocs|html|public_html)\//.test(path)) &&
          /(?:system|exec|passthru|shell_exec|eval|popen|assert)\s*\(|\$_(?:GET|POST|REQUEST|COOKIE)|Runtime\.getRuntime/.test(
            content ?? '',
          ),
      ),
  },
  {
    id: 'kernel-module',
    family: 'persistence',
    techniques: ['T1547.006'],
    weight: 0.45,
    says: 'loads a kernel module from a file',
    programs: ['insmod', 'modprobe', 'kldload'],
    when: ({ program, args }) =>
      program === 'insmod'
        ? args.length > 0
        : args.some((arg) => /^(?:\/tmp|\.\/|\/home|\/dev\/shm|\/root|\/var\/tmp).*|\.k?o$/.test(arg)),
  },
  {
    id: 'kernel-module-planted',
    family: 'persistence',
    techniques: ['T1547.006'],
    weight: 0.45,
    says: 'puts a kernel module where the system loads it from',
    needs: 'written',
    whenLine: (line) =>
      line.written.some(
        ({ path, how }) => how === 'copy' && (/^\/lib\/modules\//.test(path) || /\.ko(?:\.xz)?$/.test(path)),
      ),
  },
  {
    id: 'program-replaced',
    family: 'persistence',
    techniques: ['T1554', 'T1036.005'],
    weight: 0.55,
    says: 'puts a file of its own where a system program belongs',
    programs: ['cp', 'mv', 'ln', 'install'],
    when: ({ args }) =>
      /^\/(?:usr\/)?s?bin\/(?:ls|ps|ssh|sshd|su|sudo|login|passwd|netstat|ss|find|top|bash|sh|cat|lsof|w|who|curl|wget|id|cron|crond)$/.test(
        args.at(-1) ?? '',
      ) &&
      args.length > 1 &&
      !args.some((arg) => /^\/(?:usr\/)?bin\/(?:dash|bash|zsh|busybox)$/.test(arg) && arg !== args.at(-1)),
  },
  {
    id: 'hidden-file-made-runnable',
    family: 'persistence',
    techniques: ['T1564.001'],
    weight: 0.42,
    says: 'makes a hidden file runnable',
    programs: ['chmod'],
    when: ({ args, text }) =>
      /\+[rwst]*x|(?:^|\s)[0-7]?[157][0-7]{2}(?:\s|$)/.test(text) &&
      args.some(
        (arg) =>
          HIDDEN.test(arg) &&
          !/\.(?:ssh|gnupg|git|aws|kube|docker|vnc|xinitrc|xsession|bashrc|profile)(?:\/|$)/.test(arg),
      ),
  },
  {
    id: 'auto-login-without-password',
    family: 'persistence',
    techniques: ['T1098', 'T1021.004'],
    weight: 0.45,
    says: 'opens SSH to root or to passwords',
    needs: 'written',
    whenLine: (line) =>
      wrote(line, /sshd_config/, ({ content }) =>
        /PermitRootLogin\s+yes|PermitEmptyPasswords\s+yes|AuthorizedKeysFile\s+(?:\/tmp|\/dev)|GatewayPorts\s+yes|PermitRootLogin[^/]*\/[^/]*yes/i.test(
          content ?? '',
        ),
      ),
  },
];
