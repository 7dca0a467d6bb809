import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openChromium } from './chromium.ts';
import { startStoryServer } from './story-server.ts';

/**
 * Renews the README's pictures: `node apps/console/test/screenshots.ts [DIR]`. With a directory it takes all four
 * views (wide and narrow, light and dark) there instead, for looking at.
 */
const [dir] = process.argv.slice(2);
const README = join(import.meta.dirname, '../../../docs/images');
const SHOTS = [
  { name: 'console', width: 1440, height: 900, colorScheme: 'light', full: false },
  { name: 'console-phone', width: 390, height: 1400, colorScheme: 'dark', full: false },
  { name: 'wide-dark', width: 1440, height: 900, colorScheme: 'dark', full: false },
  { name: 'phone-light', width: 390, height: 844, colorScheme: 'light', full: true },
  { name: 'huge-light', width: 1920, height: 1080, colorScheme: 'light', full: false },
] as const;

const server = await startStoryServer();
const browser = await openChromium();
try {
  await mkdir(dir ?? README, { recursive: true });
  for (const shot of dir === undefined ? SHOTS.slice(0, 2) : SHOTS) {
    const page = await browser.newPage({
      viewport: { width: shot.width, height: shot.height },
      colorScheme: shot.colorScheme,
      timezoneId: 'Europe/Berlin',
      reducedMotion: 'reduce',
    });
    await page.goto(server.loginLink());
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    await page.locator('.line').first().waitFor();
    if (shot.width > 1000) await page.locator('.detection-critical summary').first().click();
    await page.screenshot({ path: join(dir ?? README, `${shot.name}.png`), fullPage: shot.full });
    await page.close();
  }
} finally {
  await browser.close();
  await server.stop();
}
