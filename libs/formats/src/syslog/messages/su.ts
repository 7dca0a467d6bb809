import type { Event } from '@suite/event';
import type { MessageParser } from './message-parser.ts';

/** su of shadow, util-linux and the BSDs: who became whom. Names hold no spaces: they are real accounts or fail. */
const FORMS: readonly (readonly [RegExp, 'success' | 'failure'])[] = [
  [/^Successful su for (?<to>\S{1,256}) by (?<by>\S{1,256})$/, 'success'],
  [/^FAILED su for (?<to>\S{1,256}) by (?<by>\S{1,256})$/, 'failure'],
  [/^\(to (?<to>[^()\s]{1,256})\) (?<by>\S{1,256}) on (?<tty>\S{1,64})$/, 'success'],
  [/^FAILED SU \(to (?<to>[^()\s]{1,256})\) (?<by>\S{1,256}) on (?<tty>\S{1,64})$/, 'failure'],
  [/^\+ (?<tty>\S{1,64}) (?<by>[^\s:]{1,256})[:](?<to>\S{1,256})$/, 'success'],
  [/^- (?<tty>\S{1,64}) (?<by>[^\s:]{1,256})[:](?<to>\S{1,256})$/, 'failure'],
  [/^BAD SU (?<by>\S{1,256}) to (?<to>\S{1,256}) on (?<tty>\S{1,64})$/, 'failure'],
  [/^(?<by>\S{1,256}) to (?<to>\S{1,256}) on (?<tty>\S{1,64})$/, 'success'],
];

export const su: MessageParser = {
  name: 'su',
  programs: ['su', 'su-l', 'runuser'],
  parse(message, event) {
    if (message.length > 1024) return false;
    for (const [pattern, outcome] of FORMS) {
      const groups = pattern.exec(message)?.groups;
      if (groups === undefined) continue;
      write(event, groups, outcome);
      // shadow writes a second line, `+ TTY A:B`, for what `Successful su` has told already.
      if (message.startsWith('+ ') || message.startsWith('- ')) event['event.reason'] = 'sulog';
      return true;
    }
    return false;
  },
};

function write(
  event: Event,
  groups: Record<string, string | undefined>,
  outcome: 'success' | 'failure',
): void {
  event['event.category'] = 'authentication';
  event['event.action'] = 'su';
  event['event.outcome'] = outcome;
  event['user.name'] = groups.to ?? '';
  event['user.effective.name'] = groups.by ?? '';
  event['source.user.name'] = groups.by ?? '';
  if (groups.tty !== undefined) event['process.tty'] = groups.tty;
}
