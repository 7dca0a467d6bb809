import { downloadedFiles, sameFile } from '../catalogue/download-and-run.ts';
import type { CommandLine } from '../catalogue/line.ts';
import type { Finding } from '../judge.ts';

/**
 * What one person did lately on one machine. Plain data, JSON-serialisable: the questions of the last 30 commands and
 * the last 20 files that were downloaded or made runnable; older ones are forgotten.
 */
export interface Session {
  /** Commands so far: bursts are counted in commands as well as in time, for histories without times. */
  count: number;
  questions: { id: string; says: string; weight: number; technique: string; timeUs: number; count: number }[];
  files: { name: string; timeUs: number; runnable: boolean; downloaded: boolean }[];
  /** When a burst was last told, so that it is told once. */
  burstUs: number;
}

/** Id of the finding that many questions in a row make. */
export const BURST = 'burst-of-questions';
const BURST_US = 5 * 60e6;
const BURST_COMMANDS = 30;
const BURST_QUESTIONS = 5;
const BURST_LINES = 3;
const BURST_WEIGHT = 0.4;
const QUIET_US = 3_600e6;
const FILES = 20;
const FILE_US = 2 * 3_600e6;

export function freshSession(): Session {
  return { count: 0, questions: [], files: [], burstUs: Number.NEGATIVE_INFINITY };
}

/** Adds a command to its session. @returns what it makes together with what came before. */
export function advance(
  session: Session,
  line: CommandLine,
  findings: readonly Finding[],
  timeUs: number,
): readonly Finding[] {
  session.count += 1;
  const found: Finding[] = [];
  const run = runsFetched(session, line, timeUs);
  if (run !== null) found.push(run);
  const burst = asks(session, findings, timeUs);
  if (burst !== null) found.push(burst);
  return found;
}

function asks(session: Session, findings: readonly Finding[], timeUs: number): Finding | null {
  const asked = findings.filter(({ id }) => id.startsWith('asks-'));
  if (asked.length === 0) return null;
  for (const { id, says, weight, techniques } of asked) {
    session.questions = session.questions.filter((one) => one.id !== id);
    session.questions.push({ id, says, weight, technique: techniques[0]!, timeUs, count: session.count });
  }
  session.questions = session.questions
    .filter((one) => Math.abs(timeUs - one.timeUs) <= BURST_US && session.count - one.count < BURST_COMMANDS)
    .slice(-BURST_COMMANDS);
  const { questions } = session;
  if (questions.length < BURST_QUESTIONS || timeUs - session.burstUs < QUIET_US) return null;
  // Many in one line speak for themselves.
  if (new Set(questions.map(({ count }) => count)).size < BURST_LINES) return null;
  let doubt = 1;
  for (const { weight } of questions) doubt *= 1 - weight;
  if (1 - doubt < BURST_WEIGHT) return null;
  session.burstUs = timeUs;
  return {
    id: BURST,
    family: 'discovery',
    weight: Math.min(0.7, 1 - doubt),
    techniques: [...new Set(questions.map(({ technique }) => technique))],
    says: `asks one thing after the other, as somebody does who is new here: ${[...new Set(questions.map(({ says }) => says.replace(/^asks /, '')))].join(', ')}`,
  };
}

/** A file that was downloaded before is made runnable or started. */
function runsFetched(session: Session, line: CommandLine, timeUs: number): Finding | null {
  session.files = session.files.filter((file) => Math.abs(timeUs - file.timeUs) <= FILE_US);
  let found: Finding | null = null;
  for (const call of line.calls) {
    if (call.program === 'chmod' && /\+[rwst]*x|\b0?[0-7]?[157][0-7]{2}\b/.test(call.text))
      for (const file of session.files)
        if (call.args.some((arg) => sameFile(file.name, arg))) file.runnable = true;
    const started = call.started;
    if (started === null) continue;
    const file = session.files.find(({ name, downloaded }) => downloaded && sameFile(name, started));
    if (file === undefined) continue;
    found = {
      id: 'downloaded-before-and-run',
      family: 'download-and-run',
      weight: file.runnable ? 0.55 : 0.45,
      techniques: ['T1105', 'T1059.004'],
      says: 'runs a file that was downloaded a moment ago',
    };
  }
  for (const name of downloadedFiles(line).slice(0, 4)) {
    session.files.push({ name: name.slice(-200), timeUs, runnable: false, downloaded: true });
    if (session.files.length > FILES) session.files.shift();
  }
  return found;
}
