import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, DEFAULT_SETTINGS } from '@suite/detection';
import type { Incident } from '@suite/event';
import { createIncidents, DEFAULT_INCIDENT_SETTINGS } from '@suite/incidents';
import { encodeEnvelope } from '@suite/intake';
import { type Journal, openJournal } from '@suite/journal';
import { createLogsEncoder } from '@suite/protocol';
import { openSqliteReader, openSqliteWriter } from '@suite/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replay } from '../src/replay.ts';
import { type Committed, PipelineRunner } from '../src/runner.ts';

const START_US = Date.UTC(2026, 0, 10, 3) * 1000;

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pipeline-incidents-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const time = (second: number): string =>
  new Date(START_US / 1000 + second * 1000).toISOString().slice(11, 19);
const failed = (second: number, address: string, user: string): string =>
  `Jan 10 ${time(second)} node1 sshd[${500 + second}]: Failed password for ${user} from ${address} port 4000 ssh2`;

/** Two attackers, one of whom gets in; then an account is made. */
const LINES: readonly string[] = [
  ...Array.from({ length: 12 }, (_, i) => failed(i * 3, '203.0.113.9', 'pi')),
  ...Array.from({ length: 7 }, (_, i) => failed(40 + i, '198.51.100.7', 'root')),
  ...Array.from({ length: 8 }, (_, i) => failed(50 + i * 2, '203.0.113.9', 'pi')),
  `Jan 10 ${time(70)} node1 sshd[900]: Accepted password for pi from 203.0.113.9 port 4000 ssh2`,
  `Jan 10 ${time(80)} node1 sudo:       pi : TTY=pts/0 ; PWD=/home/pi ; USER=root ; COMMAND=/usr/bin/id`,
  `Jan 10 ${time(90)} node1 useradd[910]: new user: name=eve, UID=0, GID=0, home=/root, shell=/bin/bash, from=none`,
  failed(95, '198.51.100.7', 'root'),
];

/** A line a batch, received a second after it was written; the last batch two hours later. */
function batches(): Buffer[][] {
  let offset = 0;
  return LINES.map((line, i) => {
    const encoder = createLogsEncoder({
      resource: { agent: 'agent-1', host: 'node1', version: '1.0' },
      capacityBytes: 2 ** 16,
    });
    encoder.begin({ path: '/var/log/auth.log', kind: 'file', stream: 's1' }, START_US);
    const bytes = Buffer.from(`${line}\n`);
    encoder.addLines(bytes, 0, bytes.length, offset);
    offset += bytes.length;
    const body = Buffer.from(encoder.finish());
    return encodeEnvelope({
      kind: 'batch',
      signal: 'logs',
      encoding: 'identity',
      identity: { agent: 'agent-1', epoch: 'e', sequence: i + 1 },
      sender: 'nadir',
      remote: '127.0.0.1',
      userAgent: 'test',
      receivedUs: START_US + (i + 1 < LINES.length ? i * 5 : 9_000) * 1_000_000,
      rawBytes: body.length,
      records: 1,
      body,
    });
  });
}

async function until(holds: () => boolean): Promise<void> {
  const limit = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > limit) throw new Error('it did not come about in time');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Runs over what the journal has; `killed` leaves nothing behind but what was committed. */
async function run(journal: Journal, name: string, end: 'stopped' | 'killed'): Promise<Committed[]> {
  const path = join(dir, name, 'nadir.db');
  const store = openSqliteWriter({ path, retention: { ageMs: Number.MAX_SAFE_INTEGER, sizeBytes: 2 ** 30 } });
  const commits: Committed[] = [];
  const runner = new PipelineRunner({
    journalDir: join(dir, name, 'journal'),
    journalMaxBytes: 2 ** 32,
    store,
    settings: DEFAULT_SETTINGS,
    incidents: DEFAULT_INCIDENT_SETTINGS,
    clockUs: () => START_US,
    onCommitted: (commit) => commits.push(commit),
    onTrouble: () => {},
  });
  await runner.start();
  runner.head(journal.head);
  await until(() => commits.at(-1)?.position === journal.head);
  if (end === 'killed') await store.stop();
  await runner.stop().catch(() => {});
  await store.stop();
  return commits;
}

async function stored(name: string): Promise<readonly Incident[]> {
  const reader = openSqliteReader({ path: join(dir, name, 'nadir.db') });
  const { items } = await reader.incidents({ limit: 100 });
  await reader.stop();
  return items;
}

describe('incidents behind the journal', () => {
  it('are stored with the detections that they are made of, and told once per commit', async () => {
    const journal = await openJournal({ dir: join(dir, 'a', 'journal') });
    for (const batch of batches()) await journal.append(batch);
    const commits = await run(journal, 'a', 'stopped');
    await journal.stop();
    const incidents = await stored('a');
    expect(incidents).toHaveLength(2);
    const story = incidents.find(({ success }) => success)!;
    expect(story).toMatchObject({ level: 'critical' });
    expect(story.summary).toBe(
      '203.0.113.9 tried 20 passwords on node1 over 64 seconds, then logged in as pi at 03:01, ' +
        'ran `/usr/bin/id` as root, the account eve was made.',
    );
    for (const { incidents: told } of commits)
      expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
  });

  it('are closed by the journal’s clock', async () => {
    const journal = await openJournal({ dir: join(dir, 'a', 'journal') });
    for (const batch of batches()) await journal.append(batch);
    await run(journal, 'a', 'stopped');
    await journal.stop();
    const attempts = (await stored('a')).find(({ success }) => !success)!;
    expect(attempts).toMatchObject({ closed: true, detectionCount: 1 });
    // Somebody got in: that is watched for longer.
    expect((await stored('a')).find(({ success }) => success)!.closed).toBe(false);
  });

  it.each([1, 6, 13, 19, 28, 29])('are the same when NADIR was killed after %i batches', async (after) => {
    const all = batches();
    const whole = await openJournal({ dir: join(dir, 'whole', 'journal') });
    for (const batch of all) await whole.append(batch);
    await run(whole, 'whole', 'stopped');
    await whole.stop();

    const journal = await openJournal({ dir: join(dir, 'cut', 'journal') });
    for (const batch of all.slice(0, after)) await journal.append(batch);
    await run(journal, 'cut', 'killed');
    for (const batch of all.slice(after)) await journal.append(batch);
    await run(journal, 'cut', 'stopped');
    await journal.stop();
    expect(await stored('cut')).toEqual(await stored('whole'));
  });
});

describe('incidents of a replay', () => {
  const told = async (): Promise<Incident[]> => {
    const versions: Incident[] = [];
    const incidents = createIncidents(DEFAULT_INCIDENT_SETTINGS);
    await replay(
      [
        {
          file: 'auth.log',
          chunks: [Buffer.from(`${LINES.join('\n')}\n`)],
          nearUs: START_US + 86_400_000_000,
        },
      ],
      {
        host: 'replay',
        engine: createEngine(DEFAULT_SETTINGS),
        incidents,
        onIncident: (incident) => versions.push(incident),
        signal: new AbortController().signal,
      },
    );
    expect(incidents.open()).toHaveLength(2);
    return versions;
  };

  it('are the same each time, versions included', async () => {
    const once = await told();
    expect(once.at(-1)!.version).toBeGreaterThan(1);
    expect(await told()).toEqual(once);
  });
});
