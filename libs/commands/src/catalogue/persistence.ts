import { HIDDEN } from './places.ts';
import type { Indicator } from './port.ts';
import { wrote } from './written.ts';

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
    whenLine: (line) =>
      wrote(
        line,
        PAM,
        ({ how, path, call }) =>
          how !== 'copy' || path.endsWith('.so') || call.args.some((arg) => /(?:^|\/)pam_\w+\.so$/.test(arg)),
      ),
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
  {
    id: 'extension-planted',
    family: 'persistence',
    techniques: ['T1176'],
    weight: 0.42,
    says: 'plants an extension in a browser or an editor',
    programs: [
      'google-chrome',
      'google-chrome-stable',
      'chromium',
      'chromium-browser',
      'brave-browser',
      'microsoft-edge',
      'code',
      'codium',
      'cp',
      'mv',
      'tee',
      'echo',
    ],
    when: ({ program, args, text, redirects }) =>
      /^(?:code|codium)$/.test(program)
        ? /--install-extension\s+\S*(?:\/tmp\/|\/dev\/shm\/|https?:)/.test(text)
        : /^(?:cp|mv|tee)$/.test(program)
          ? /\/(?:Default|Profile \d+)\/Extensions\/|\/chrome\/extensions\/|\/policies\/managed\//.test(
              args.at(-1) ?? '',
            )
          : program === 'echo'
            ? redirects.some(({ target }) => /\/chrome\/extensions\/|\/policies\/managed\//.test(target))
            : /--load-extension|--disable-extensions-except/.test(text),
  },
  {
    id: 'tool-set-aside',
    family: 'persistence',
    techniques: ['T1554'],
    weight: 0.45,
    says: 'sets a tool of the system aside, so that another one takes its place',
    programs: ['dpkg-divert', 'update-alternatives'],
    when: ({ program, text }) =>
      program === 'dpkg-divert'
        ? /--add/.test(text) &&
          /\/s?bin\/(?:ps|ls|ss|netstat|top|find|lsof|ssh|sshd|su|sudo|login|passwd|who|w|last|cat)(?:\s|$)/.test(
            text,
          )
        : /--install\s+\/(?:usr\/)?s?bin\/\S+\s.*\/(?:tmp|dev\/shm)\//.test(text),
  },
];
