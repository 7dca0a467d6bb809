import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openChromium } from './chromium.ts';
import type { StoryServer } from './story-server.ts';

/** A browser whose complaints (errors, violations of the page's policy, dialogs, other origins) fail the test. */
export interface WatchedBrowser {
  open(server: StoryServer, url: string, options?: BrowserContextOptions): Promise<Page>;
  /** With a session, when the overview is drawn. */
  signedIn(server: StoryServer, options?: BrowserContextOptions): Promise<Page>;
  /** Refusals of the API that the test means to see; for this test alone. */
  expectStatus(...statuses: readonly number[]): void;
  /** Closes all pages. @throws when there was a complaint. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export async function openWatchedBrowser(): Promise<WatchedBrowser> {
  const browser: Browser = await openChromium();
  let complaints: string[] = [];
  let statuses: readonly number[] = [401];

  async function open(server: StoryServer, url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ reducedMotion: 'reduce', timezoneId: 'UTC', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(5_000);
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('console', (message) => {
      const status = Number(/status of (\d{3})/.exec(message.text())?.[1] ?? 0);
      const lost = statuses.includes(0) && message.text().includes('net::ERR_');
      if (['error', 'warning'].includes(message.type()) && !statuses.includes(status) && !lost)
        complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) complaints.push(`asked another origin: ${request.url()}`);
    });
    await page.goto(url);
    return page;
  }

  return {
    open,
    async signedIn(server, options) {
      const page = await open(server, server.loginLink(), options);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByText('Live', { exact: true }).waitFor();
      return page;
    },
    expectStatus(...more) {
      statuses = [401, ...more];
    },
    async settle() {
      for (const context of browser.contexts()) await context.close();
      const seen = complaints;
      complaints = [];
      statuses = [401];
      expect(seen).toEqual([]);
    },
    close: () => browser.close(),
  };
}
