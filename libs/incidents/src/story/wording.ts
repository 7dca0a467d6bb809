import type { Detection } from '@suite/event';
import { plainCommand, plainName, plainText } from '../plain-text.ts';
import { isInside, type Stage } from '../stage.ts';

const NEXT = /\bNext: /;
const ENTRY_CHARS = 300;
const STEP_CHARS = 200;

/** What a detection says happened, without what to do about it. */
export function happened(detection: Detection): string {
  const [what = ''] = detection.reason.split(NEXT, 1);
  return plainText(what.trim() || detection.title, ENTRY_CHARS);
}

/** What a detection says is to be done, as a sentence; empty when it says nothing. */
export function nextStep(detection: Detection): string {
  const at = detection.reason.search(NEXT);
  if (at < 0) return '';
  const step = plainText(detection.reason.slice(at + 6).trim(), STEP_CHARS);
  return step === '' ? '' : step[0]!.toUpperCase() + step.slice(1);
}

/**
 * What was done, as a part of a sentence: `ran \`…\``, `a new listener on :4444 appeared`. Empty for what is no
 * deed of somebody inside.
 */
export function deedOf(detection: Detection, stage: Stage): string {
  if (!isInside(stage) && stage !== 'other') return '';
  const refused = /\b(?:refused|failed|failures)\b/i.test(`${detection.title} ${detection.rule}`);
  const command = refused ? '' : commandOf(detection);
  if (command !== '') return `ran ${plainCommand(command)}`;
  const { entities } = detection;
  const port = entities['server.port'];
  if (port !== undefined && /listen/i.test(`${detection.rule} ${detection.title}`))
    return `a new listener on :${plainName(port)} appeared`;
  const to = entities['destination.address'];
  const title = lowerFirst(plainText(detection.title, 80));
  if (to !== undefined && !title.includes(to)) return `${title} (${plainName(to)})`;
  const user = entities['user.name'];
  const group = entities['group.name'];
  if (group !== undefined && user !== undefined)
    return `${plainName(user)} was put into the group ${plainName(group)}`;
  if (detection.techniques.some((id) => id.startsWith('T1136')) && user !== undefined)
    return `the account ${plainName(user)} was made`;
  return user === undefined || title.includes(user) ? title : `${title} (${plainName(user)})`;
}

/** The command line that a detection is about, where it is about one. */
export function commandOf(detection: Detection): string {
  const named = detection.entities['process.command_line'];
  if (named !== undefined) return named;
  const line = detection.evidence.at(-1);
  if (line === undefined) return '';
  const sudo = /\bsudo(?:\[\d+\])?: .{0,512}?COMMAND=(.+)$/s.exec(line.text);
  if (sudo) return sudo[1]!;
  if (!/(?:_history|\.histfile|fish_history)$/.test(line.file)) return '';
  return line.text
    .replace(/^#\d{9,11}\n/, '')
    .replace(/^: \d{9,11}:\d+;/, '')
    .replace(/^- cmd: /, '');
}

export function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}
