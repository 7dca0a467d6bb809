import type { Indicator } from './port.ts';
import { SHADY, shady, typed, wrote } from './written.ts';

/** What people put into their own start files. */
const USUAL_RC =
  /^["']?(?:\s*$|#|(?:export|alias|source|\.|eval|set|setopt|shopt|bindkey|autoload|compinit|complete|zstyle|plugins|PS1|PATH|EDITOR|HIST\w*|umask|stty|bind|if|\[|fi|test|neofetch|fastfetch|cd|ulimit|function)\b|[A-Z_]+=|\[\[?\s|\.\s)/;

const RC =
  /(?:^|\/)\.(?:bashrc|bash_profile|bash_login|bash_logout|profile|zshrc|zprofile|zlogin|zshenv|kshrc|cshrc|tcshrc|login|logout|xinitrc|xsession|bash_aliases)$|\.config\/fish\/config\.fish$/;

const SYSTEM_RC =
  /^\/etc\/(?:profile(?:\.d\/.*)?|bash\.bashrc|bashrc|zsh\/zshrc|zshrc|zshenv|csh\.cshrc|environment|fish\/config\.fish)$/;

export const startFiles: readonly Indicator[] = [
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
];
