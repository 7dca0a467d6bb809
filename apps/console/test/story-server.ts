import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiRoutes, createAccess, createLiveFeed, type LiveFeed } from '@suite/api';
import { createNever, DecisionBook, DecisionDesk } from '@suite/decisions';
import type { Incident, LogRecord } from '@suite/event';
import { createAlertDesk, DEFAULT_ALERT_SETTINGS } from '@suite/incidents';
import { openSqliteReader } from '@suite/store';
import Fastify from 'fastify';
import { build } from 'vite';
import { STORY_NOW_US, type StoryLine, storyLines } from './story.ts';
import { storeStory } from './story-store.ts';

export interface StoryServer {
  readonly url: string;
  readonly token: string;
  /** A login link, good once. */
  loginLink(): string;
  readonly live: LiveFeed;
  /** Parses a line of a log that the story already has. */
  readonly record: (line: StoryLine) => LogRecord[];
  readonly bans: DecisionDesk;
  /** Stores a version of an incident, decides whether it is told, and says so on the live stream. */
  happen(incident: Incident): Promise<void>;
  stop(): Promise<void>;
}

export interface StoryOptions {
  readonly lines?: readonly StoryLine[];
  /** Whether NADIR decides who is not let in. */
  readonly decisions?: boolean;
}

/** The built console and the API over a real store, on loopback; the clock stands at the story's end. */
export async function startStoryServer(options: StoryOptions = {}): Promise<StoryServer> {
  const dir = await mkdtemp(join(tmpdir(), 'console-story-'));
  try {
    return await serve(dir, options);
  } catch (error) {
    await rm(dir, { recursive: true, force: true });
    throw error;
  }
}

async function serve(dir: string, options: StoryOptions): Promise<StoryServer> {
  const { lines = storyLines(), decisions = true } = options;
  const consoleDir = join(dir, 'console');
  await build({
    configFile: join(import.meta.dirname, '../vite.config.ts'),
    logLevel: 'error',
    build: { outDir: consoleDir, emptyOutDir: true },
  });
  const path = join(dir, 'store.sqlite');
  const store = await storeStory(path, lines);
  const reader = openSqliteReader({ path });
  const clockUs = () => STORY_NOW_US;
  const token = 'the-token-of-the-story-server';
  const access = createAccess({ bearerTokens: [token], clockUs });
  const live = createLiveFeed();
  const alerts = createAlertDesk(DEFAULT_ALERT_SETTINGS);
  for (const incident of store.incidents) alerts.offer(incident, clockUs());
  const book = new DecisionBook({ path: ':memory:', maxActive: 100 });
  const bans = new DecisionDesk({
    book,
    rules: ['ssh-*'],
    durationMs: 4 * 3_600_000,
    longestMs: 7 * 86_400_000,
    never: createNever({ allow: [], banPrivate: false, own: () => [] }),
    clockUs,
    onDecision: () => {},
    onLifted: () => {},
    onSpared: () => {},
  });
  const app = Fastify();
  await app.register(apiRoutes, {
    reader,
    live,
    tokens: access,
    clockUs,
    consoleDir,
    operator: {
      entries: () => alerts.entries(),
      acknowledged: (id) => alerts.acknowledged(id),
      acknowledge: async (incident, by, note) =>
        alerts.acknowledge(incident.id, incident.level, by, note, clockUs()),
      mutes: () => alerts.mutes(clockUs()),
      mute: async (request) => alerts.mute(request, clockUs()),
      unmute: async (id) => alerts.unmute(id),
    },
    ...(decisions ? { bans } : {}),
    health: () => ({
      version: '0.1.0',
      startedUs: STORY_NOW_US - 86_400_000_000,
      journal: { headPosition: lines.length, tailPosition: 0, sizeBytes: 1_000_000 },
      pipeline: { position: lines.length, lag: 0 },
      intake: { lines: lines.length },
      store: { pendingBytes: 0, rejectedPoints: 0, lastError: null },
      problems: [],
    }),
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    token,
    loginLink: () => `${url}/#token=${access.issueLoginToken()}`,
    live,
    record: store.record,
    bans,
    async happen(incident) {
      await store.commit([incident]);
      alerts.offer(incident, clockUs());
      live.publishIncident(incident);
    },
    async stop() {
      await app.close();
      await reader.stop();
      await store.stop();
      book.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
