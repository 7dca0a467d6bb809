import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openChromium } from './chromium.ts';
import { type StoryServer, startStoryServer } from './story-server.ts';

/**
 * Renews the README's pictures: `node apps/console/test/screenshots.ts`. With a directory, `… screenshots.ts DIR`, it
 * takes every view there instead, wide and narrow, light and dark, for looking at.
 */
const [dir] = process.argv.slice(2);
const README = join(import.meta.dirname, '../../../docs/images');

interface Shot {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
  readonly full?: boolean;
  readonly go?: (page: Page) => Promise<unknown>;
}

const toStory = async (page: Page) => {
  await page.locator('.incident-critical .incident-link').first().click();
  await page.locator('.timeline').waitFor();
};
const toView = (name: string) => async (page: Page) => {
  await page.getByRole('link', { name }).first().click();
  await page.locator('h1', { hasText: name }).waitFor();
};
const toItsLines = async (page: Page) => {
  await toStory(page);
  await page.locator('.actor').first().click();
  await page.locator('.line mark').first().waitFor();
  await page.evaluate(() => window.scrollTo(0, 0));
};
const muting = async (page: Page) => {
  await toStory(page);
  await page.getByRole('button', { name: 'Mute …' }).click();
};

const PICTURES: readonly Shot[] = [
  { name: 'console', width: 1440, height: 1000, colorScheme: 'light' },
  { name: 'console-incident', width: 1280, height: 1000, colorScheme: 'dark', go: toItsLines },
  { name: 'console-phone', width: 390, height: 1400, colorScheme: 'dark' },
];
const VIEWS = [
  ['overview', undefined],
  ['incidents', toView('Incidents')],
  ['story', toStory],
  ['muting', muting],
  ['alerts', toView('Alerts')],
] as const;

function everyView(): Shot[] {
  return VIEWS.flatMap(([view, go]) =>
    (['light', 'dark'] as const).flatMap((colorScheme) =>
      [1280, 360].map((width) => ({
        name: `${view}-${width}-${colorScheme}`,
        width,
        height: width === 360 ? 740 : 900,
        colorScheme,
        full: width === 360,
        ...(go === undefined ? {} : { go }),
      })),
    ),
  );
}

/** What operators did before the pictures are taken. */
async function operate({ url, token }: StoryServer): Promise<void> {
  const post = async (path: string, body: object): Promise<void> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${url}/api/v1/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  };
  const { items } = (await (
    await fetch(`${url}/api/v1/incidents?minLevel=medium`, { headers: { authorization: `Bearer ${token}` } })
  ).json()) as { items: { id: string; level: string }[] };
  const medium = items.find(({ level }) => level === 'medium');
  await post(`incidents/${medium?.id}/acknowledge`, { by: 'anna', note: 'the usual noise' });
  const expires = '2026-12-20T12:00:00Z';
  const match = { address: '203.0.113.128/25', rule: 'firewall-port-scan' };
  await post('mutes', { match, reason: 'our own scanner', by: 'anna', expires });
  await post('bans', { value: '198.51.100.23', seconds: 14_400, reason: 'guesses names', by: 'anna' });
}

const server = await startStoryServer();
const browser = await openChromium();
try {
  await operate(server);
  await mkdir(dir ?? README, { recursive: true });
  for (const shot of dir === undefined ? PICTURES : everyView()) {
    const page = await browser.newPage({
      viewport: { width: shot.width, height: shot.height },
      colorScheme: shot.colorScheme,
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
    });
    await page.goto(server.loginLink());
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    await page.locator('.line').first().waitFor();
    await page.locator('.incident').first().waitFor();
    await shot.go?.(page);
    await page.waitForLoadState('networkidle', { timeout: 300 }).catch(() => {});
    await page.screenshot({ path: join(dir ?? README, `${shot.name}.png`), fullPage: shot.full ?? false });
    await page.close();
  }
} finally {
  await browser.close();
  await server.stop();
}
