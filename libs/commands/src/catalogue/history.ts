import type { Indicator } from './port.ts';

const FILE =
  /(?:\.(?:bash|zsh|ash|ksh|sh|python|mysql|psql|sqlite|fish)_history|\.histfile|\.history|fish_history|\.lesshst|\.viminfo)$|^\$HISTFILE$/;

export const history: readonly Indicator[] = [
  {
    id: 'history-file-destroyed',
    family: 'history',
    techniques: ['T1070.003'],
    weight: 0.8,
    says: 'empties, removes or blocks a shell history',
    whenLine: (line) =>
      line.written.some(
        ({ path, how, call }) =>
          FILE.test(path) &&
          (how === 'remove' ||
            how === 'empty' ||
            how === 'link' ||
            how === 'edit' ||
            (call.program === 'cp' && call.args.includes('/dev/null')) ||
            call.redirects.some(({ operator, target }) => operator === '>' && target === path)),
      ) ||
      line.calls.some(
        ({ program, text }) => program === 'chattr' && /\+i/.test(text) && /_history/.test(text),
      ),
  },
  {
    id: 'history-switched-off',
    family: 'history',
    techniques: ['T1070.003', 'T1562.003'],
    weight: 0.75,
    says: 'keeps its commands out of the shell history',
    whenLine: ({ calls, assignments }) => {
      const off = (text: string) =>
        /^(?:HISTFILE=(?:\/dev\/null|["']{0,2})$|(?:HISTSIZE|HISTFILESIZE|SAVEHIST)=0$)|^HISTCONTROL=\S*ignore(?:both|space)$|^HISTIGNORE=["']?\*["']?$/.test(
          text,
        );
      const strong = (text: string) => off(text) && !text.startsWith('HISTCONTROL');
      return (
        assignments.some(strong) ||
        calls.some(
          ({ program, args, environment }) =>
            environment.some(strong) ||
            (program === 'unset' && args.some((arg) => /^HIST(?:FILE|SIZE|FILESIZE|CONTROL)?$/.test(arg))) ||
            (program === 'set' && args[0] === '+o' && args[1] === 'history') ||
            (program === 'shopt' && args[0] === '-u' && args[1] === 'histappend') ||
            (program === 'history' && args.some((arg) => /^-[cwa]*[cd]/.test(arg) || /^clear/.test(arg))),
        )
      );
    },
  },
  {
    id: 'history-control',
    family: 'history',
    techniques: ['T1562.003'],
    weight: 0.45,
    says: 'lets commands that begin with a blank go unrecorded',
    whenLine: ({ assignments, raw }) =>
      assignments.some((text) => /^HISTCONTROL=["']?ignore(?:space|both)/.test(text)) &&
      !/bashrc|profile/.test(raw),
  },
  {
    id: 'history-redirected',
    family: 'collection',
    techniques: ['T1056.001'],
    weight: 0.5,
    says: 'sends everything that is typed somewhere else',
    whenLine: ({ assignments, calls }) =>
      assignments.some(
        (text) =>
          /^(?:PROMPT_COMMAND|PS[0124])=/.test(text) &&
          /history\s+-a\s*>\(|logger|history 1|tee\s|\/tmp\/|nc\s|curl/.test(text),
      ) ||
      calls.some(
        ({ program, args }) =>
          program === 'trap' && args.includes('DEBUG') && /BASH_COMMAND|>>/.test(args[0] ?? ''),
      ) ||
      calls.some(({ program, text }) => program === 'logger' && /_history/.test(text)),
  },
];
