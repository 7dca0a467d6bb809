import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type StoryOptions, type StoryServer, startStoryServer } from './story-server.ts';
import { openWatchedBrowser, type WatchedBrowser } from './watched-browser.ts';

/** A browser for all tests of a suite, and for each of them a server that tells the story. */
export interface StoryPages {
  readonly browser: WatchedBrowser;
  /** Of the test that runs; there from `begin` on. */
  readonly server: StoryServer;
  /** A server, and a page of it with a session. */
  begin(options?: StoryOptions, more?: BrowserContextOptions): Promise<Page>;
}

/** Call it in a suite: browser and servers end with it. */
export function storyPages(): StoryPages {
  let server: StoryServer | undefined;
  let browser: WatchedBrowser;

  beforeAll(async () => {
    browser = await openWatchedBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    await browser.settle();
    await server?.stop();
  });

  return {
    get browser() {
      return browser;
    },
    get server() {
      if (!server) throw new Error('begin first');
      return server;
    },
    async begin(options = {}, more = {}) {
      server = await startStoryServer(options);
      return browser.signedIn(server, more);
    },
  };
}
