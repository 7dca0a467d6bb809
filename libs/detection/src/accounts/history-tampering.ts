import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { quoteName } from '../wording.ts';

const SHAPE = {
  rule: 'history-tampering',
  title: 'Shell history tampered with',
  level: 'high',
  techniques: ['T1070.003'],
} as const;

const HISTORY_FILE = String.raw`(?:\S*(?:\.(?:bash|zsh|ash|ksh|sh|python|mysql|psql)_history|\.histfile|fish_history)|"?\$\{?HISTFILE\}?"?)`;

/** What hides commands, each with how it is put into words; sudo logs programs by path. Linear: no nested quantifiers. */
const TRICKS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|[;&|]\s*|\s)history\s+-(?:c|cw|wc|d\b)/, 'cleared or cut the history'],
  [/(?:^|[;&|\s])unset\s+(?:-v\s+)?HIST(?:FILE|SIZE|FILESIZE|CONTROL)\b/, 'switched off writing the history'],
  [/(?:^|[;&|\s])HISTFILE=(?:\/dev\/null|["']{2}|(?=\s|;|$))/, 'sent the history to nowhere'],
  [/(?:^|[;&|\s])(?:HISTSIZE|HISTFILESIZE|SAVEHIST)=0\b/, 'set the history’s size to nothing'],
  [/(?:^|[;&|\s])set\s+\+o\s+history\b/, 'switched off the history'],
  [/(?:^|[;&|\s])(?:setopt|shopt)\s+\S*(?:HIST_?NO_?STORE)/i, 'switched off the history'],
  [
    new RegExp(
      String.raw`(?:^|[;&|\s/])(?:rm|shred|truncate|unlink|wipe|srm)\s(?:[^;&|]{0,200}\s)?${HISTORY_FILE}`,
    ),
    'removed the history file',
  ],
  [
    new RegExp(String.raw`(?:^|[;&|\s/])ln\s[^;&|]{0,200}/dev/null\s+${HISTORY_FILE}`),
    'linked the history file to /dev/null',
  ],
  [new RegExp(String.raw`(?:^|[^>])>\s*${HISTORY_FILE}`), 'emptied the history file'],
  [
    new RegExp(String.raw`(?:^|[;&|\s/])(?:cp|cat|mv)\s+/dev/null\s+(?:>\s*)?${HISTORY_FILE}`),
    'emptied the history file',
  ],
  [
    new RegExp(String.raw`(?:^|[;&|\s/])(?:chattr)\s+\+i\s(?:[^;&|]{0,200}\s)?${HISTORY_FILE}`),
    'froze the history file',
  ],
  [/(?:^|[;&|\s])history\s+(?:clear\b|clear-session\b|delete\b)/, 'cleared or cut the history'],
];
const COMMAND_CHARS = 4096;

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['high'],
  source: 'shell histories, sudo, and what the agent sees of history files',
  why: 'Somebody cleared, cut, emptied, removed or switched off the record of what they type.',
  falsePositives: ['People who tidy up after they pasted a password at the prompt.'],
  next: 'Look at what the session did before, while the other logs still have it.',
  examples: {
    match: [
      { name: 'history -c', path: '/home/pi/.bash_history', log: '#1767920000\nls\n#1767920004\nhistory -c' },
      {
        name: 'linked to nowhere by sudo',
        log: 'Jan 10 09:00:01 node1 sudo:      jo : TTY=pts/0 ; PWD=/home/jo ; USER=root ; COMMAND=/usr/bin/ln -sf /dev/null /root/.bash_history',
      },
    ],
    ignore: [
      {
        name: 'reading the history, and a larger one',
        path: '/home/pi/.bash_history',
        log: '#1767920000\nhistory 20\n#1767920004\nexport HISTSIZE=10000\n#1767920009\ngrep docker ~/.bash_history',
      },
    ],
  },
};

/**
 * Somebody hides what they typed: the commands that do it, and what the agent itself saw happen to a history
 * file (emptied, removed, linked to /dev/null). ATT&CK T1070.003.
 */
export function historyTampering(): Detector {
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: ['shell_command', 'sudo_command', 'history_file'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const how =
        event['event.action'] === 'history_file'
          ? fileWords(event['event.reason'])
          : trick(event['process.command_line']);
      if (how === null) return;
      const host = event['host.name'] ?? record.origin.host;
      const user = event['source.user.name'] ?? event['user.name'] ?? '';
      report(
        single(
          SHAPE,
          record,
          known({ 'user.name': user, 'host.name': host }),
          `${user === '' ? 'Somebody' : quoteName(user)} ${how} on ${host}. People seldom have a reason to. ` +
            'Next: look at what the session did before (search for the user) while the other logs still have it.',
        ),
      );
    },
    snapshot: () => null,
    restore: () => {},
  };
}

/** @returns what the command does to the history, in words, or null. */
export function trick(command: string | undefined): string | null {
  if (command === undefined || !/hist/i.test(command)) return null;
  const text = command.slice(0, COMMAND_CHARS);
  for (const [pattern, words] of TRICKS) if (pattern.test(text)) return words;
  return null;
}

function fileWords(reason: string | undefined): string | null {
  switch (reason) {
    case 'history-truncated':
      return 'emptied a history file';
    case 'history-deleted':
      return 'removed a history file';
    case 'history-linked-to-null':
      return 'linked a history file to /dev/null';
    default:
      return null;
  }
}
