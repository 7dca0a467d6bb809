import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiRoutes, createAccess, createLiveFeed, type LiveFeed } from '@suite/api';
import type { LogRecord } from '@suite/event';
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
  stop(): Promise<void>;
}

/** The built console and the API over a real store, on loopback; the clock stands at the story's end. */
export async function startStoryServer(lines: readonly StoryLine[] = storyLines()): Promise<StoryServer> {
  const dir = await mkdtemp(join(tmpdir(), 'console-story-'));
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
  const app = Fastify();
  await app.register(apiRoutes, {
    reader,
    live,
    tokens: access,
    clockUs,
    consoleDir,
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
    async stop() {
      await app.close();
      await reader.stop();
      await store.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
