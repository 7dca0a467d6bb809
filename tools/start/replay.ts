import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { detectionText } from './detection-text.ts';
import { ChildProgram, type Message } from './program.ts';

/**
 * Feeds files through the whole pipeline on their own clock, into a store of their own; then, on a terminal, shows them
 * in the console until Ctrl-C. The store is gone afterwards.
 */
export async function replayAndShow(
  files: readonly string[],
  { port }: { port: string | undefined },
): Promise<number> {
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const dir = mkdtempSync(join(tmpdir(), 'suite-replay-'));
  try {
    const onReplay = (message: Message) => {
      if (message.type === 'detection' && message.version === 1) say(detectionText(message));
      if (message.type === 'error')
        process.stderr.write(`${message.message}\n${message.hint}\n${message.next}\n`);
      if (message.type === 'summary') say(summaryText(message));
    };
    const from = process.env.INIT_CWD ?? process.cwd();
    const paths = files.map((file) => resolve(from, file));
    const run = new ChildProgram({
      app: 'nadir',
      argv: ['replay', '--store', dir],
      files: paths,
      env: {},
      onMessage: onReplay,
    });
    const stopRun = () => void run.stop();
    process.once('SIGINT', stopRun);
    const code = await run.ended;
    process.off('SIGINT', stopRun);
    if ((code !== 0 && code !== 3) || !process.stdout.isTTY) return code;
    await show(dir, port, say);
    return code;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function show(dir: string, port: string | undefined, say: (text: string) => void): Promise<void> {
  const nadir = new ChildProgram({
    app: 'nadir',
    argv: ['serve', '--login-link', '--port', port ?? '0'],
    // A log's own clock: nothing in it is too old.
    env: { NADIR_DATA_DIR: dir, NADIR_STORE_SQLITE_RETENTION_AGE: '36500d', NADIR_LOG_LEVEL: 'warn' },
    onMessage(message) {
      if (message.type === 'listening')
        say(`\nConsole  ${message.login}\nCtrl-C stops and forgets the replay.`);
      if (message.type === 'error') process.stderr.write(`${message.message}\n${message.hint}\n`);
    },
  });
  const stop = () => void nadir.stop();
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  await nadir.ended;
}

function summaryText(message: Message): string {
  const rules = Object.entries(message.by_rule as Record<string, number>);
  const rows = rules.map(([rule, count]) => `${String(count).padStart(8)}  ${rule}`);
  return [
    `${message.lines} lines, ${message.parsed} understood, ${message.detections} detections`,
    ...rows,
  ].join('\n');
}
