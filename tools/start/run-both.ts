import { join } from 'node:path';
import { detectionText } from './detection-text.ts';
import { ChildProgram, type Message } from './program.ts';

export interface RunOptions {
  readonly dir: string;
  readonly port: string | undefined;
  readonly store: string | undefined;
}

interface Stream {
  readonly path: string;
  readonly source: string;
  readonly kind: string;
  readonly state: string;
  readonly reason?: string;
}

/** NADIR, and once it listens TOM; both end with Ctrl-C, or when one of them does. */
export async function runBoth({ dir, port, store }: RunOptions): Promise<number> {
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const dataDir = join(dir, 'nadir');
  const started: { tom?: ChildProgram } = {};
  let failed = false;
  const streams: Stream[] = [];

  const onTom = (message: Message) => {
    if (message.type === 'stream') streams.push(message as unknown as Stream);
    else if (message.type === 'running') setTimeout(() => followText(streams).forEach(say), 100);
    else if (message.type === 'error') sayError(message);
  };
  const onNadir = (message: Message) => {
    switch (message.type) {
      case 'listening':
        say(`Console  ${message.login}`);
        say(`Data     ${dir}`);
        started.tom = startTom(dir, String(message.url), join(dataDir, 'token'), onTom);
        void started.tom.ended.then((code) => {
          failed ||= code !== 0;
          void nadir.stop();
        });
        break;
      case 'detection':
        if (message.version === 1) say(detectionText(message));
        break;
      case 'error':
        sayError(message);
        break;
    }
  };
  const nadir = new ChildProgram({
    app: 'nadir',
    argv: [
      'serve',
      '--login-link',
      ...(port === undefined ? [] : ['--port', port]),
      ...(store === undefined ? [] : ['--store', store]),
    ],
    env: { NADIR_DATA_DIR: dataDir, NADIR_LOG_LEVEL: 'warn' },
    onMessage: onNadir,
  });

  let asked = false;
  const stop = async () => {
    if (asked) return;
    asked = true;
    say('\nStopping …');
    await started.tom?.stop();
    await nadir.stop();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const code = await nadir.ended;
  await started.tom?.stop();
  if (asked) say('Stopped. Start again and it goes on where it left off.');
  return code !== 0 ? code : failed && !asked ? 1 : 0;
}

function startTom(
  dir: string,
  url: string,
  tokenFile: string,
  onMessage: (message: Message) => void,
): ChildProgram {
  return new ChildProgram({
    app: 'tom',
    argv: ['run'],
    env: {
      TOM_STATE_DIR: join(dir, 'tom'),
      TOM_NADIR_URL: url,
      TOM_NADIR_TOKEN_FILE: tokenFile,
      TOM_LOG_LEVEL: 'warn',
    },
    onMessage,
  });
}

/** What is followed, and in one line what root would add. */
function followText(streams: readonly Stream[]): string[] {
  const followed = streams.filter(({ state }) => state === 'following' || state === 'finished');
  const refused = streams.filter(({ state }) => state === 'unreadable');
  const lines = followed.map(({ kind, path }) => `Follows  ${kind.padEnd(8)} ${path}`);
  if (followed.length === 0)
    lines.push('Follows  nothing yet: no log, journal or history that this account may read');
  if (process.getuid?.() !== 0) {
    const what =
      refused.length > 0
        ? `${refused.length} more that this account may not read`
        : 'other accounts’ histories';
    lines.push(
      `As root it would also follow ${what}${
        refused.length > 0
          ? ` (${refused
              .slice(0, 3)
              .map(({ path }) => path)
              .join(', ')}${refused.length > 3 ? ', …' : ''})`
          : ''
      }.`,
    );
  }
  lines.push('Detections follow, a line each. Ctrl-C stops.');
  return lines;
}

function sayError(message: Message): void {
  process.stderr.write(`${message.message}\n${message.hint ?? ''}\n${message.next ?? ''}\n`);
}
