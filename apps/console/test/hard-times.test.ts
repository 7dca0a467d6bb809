import { describe, expect, it, vi } from 'vitest';
import { hasChromium } from './chromium.ts';
import { HOSTILE_ALERT, HOSTILE_BAN, HOSTILE_INCIDENT, HOSTILE_MUTE } from './hostile-answers.ts';
import { fits, happening, rows, titles, toBreakIn, view, WIDTHS } from './incident-pages.ts';
import { STORY_NOW_US } from './story.ts';
import { storyPages } from './story-pages.ts';

describe.skipIf(!hasChromium)(
  'incidents in hard times in Chromium (skipped where /usr/bin/chromium is absent)',
  () => {
    const pages = storyPages();
    const { begin } = pages;

    it('say when they cannot be had, or are not there', async () => {
      const page = await begin();
      pages.browser.expectStatus(404, 500);
      await page.goto(`${pages.server.url}/#/incidents/none`);
      await page.getByRole('alert').filter({ hasText: 'There is no such incident.' }).waitFor();
      const problem = { error: { code: 'internal', message: 'NADIR could not answer this.' } };
      for (const path of ['incidents*', 'alerts', 'mutes', 'bans'])
        await page.route(`**/api/v1/${path}`, (route) => route.fulfill({ status: 500, json: problem }));
      await view(page, 'Incidents');
      await page.getByRole('alert').filter({ hasText: 'NADIR could not answer this.' }).waitFor();
      await view(page, 'Alerts');
      const said = page.getByRole('alert').filter({ hasText: 'NADIR could not answer this.' });
      await vi.waitFor(async () => expect(await said.count()).toBe(3));
    });

    it('stay a list that can be read while a flood of them arrives', async () => {
      const page = await begin();
      await view(page, 'Incidents');
      await vi.waitFor(async () => expect(await rows(page).count()).toBe(3));
      await page.mouse.move(5, 5);
      for (let at = 0; at < 40; at++) {
        for (let i = 0; i < 50; i++) {
          const one = happening(`flood ${at} ${i}`, `Attacker ${at * 50 + i}`);
          pages.server.live.publishIncident({ ...one, level: 'low', lastUs: STORY_NOW_US + at * 50 + i });
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
      await vi.waitFor(async () => expect((await titles(page))[0]).toBe('Attacker 1999'), { timeout: 5_000 });
      expect(await rows(page).count()).toBe(200);
      await page.getByText('Live', { exact: true }).waitFor();
    });

    it('show hostile text as text, whichever field it is in', async () => {
      const page = await begin({}, { viewport: { width: 360, height: 800 } });
      const list = { items: [HOSTILE_INCIDENT], next: null };
      await page.route('**/api/v1/incidents?*', (route) => route.fulfill({ json: list }));
      await page.route('**/api/v1/incidents/hostile', (route) => route.fulfill({ json: HOSTILE_INCIDENT }));
      await page.route('**/api/v1/alerts', (route) => route.fulfill({ json: { items: [HOSTILE_ALERT] } }));
      await page.route('**/api/v1/mutes', (route) => route.fulfill({ json: { items: [HOSTILE_MUTE] } }));
      const bans = { enabled: true, items: [HOSTILE_BAN] };
      await page.route('**/api/v1/bans', (route) => route.fulfill({ json: bans }));
      const harmless = async (): Promise<void> => {
        await page.locator('details').evaluateAll((all) => {
          for (const details of all) details.setAttribute('open', '');
        });
        for (const width of WIDTHS) await fits(page, width);
        const shown = (await page.locator('main').textContent()) ?? '';
        expect(shown).toContain(
          '<img src=x onerror=alert(1)><script>alert(2)</script><U+202E>gnp.tsetESC[31m',
        );
        expect(shown).not.toMatch(/[\u0000\u001b\u200b\u202e]/);
        expect(await page.locator('main :is(img, script)').count()).toBe(0);
        for (const href of await page
          .locator('main a')
          .evaluateAll((all) => all.map((a) => a.getAttribute('href'))))
          expect(href).toMatch(/^(#\/|https:\/\/attack\.mitre\.org\/techniques\/T\d{4}\/)/);
      };
      await view(page, 'Incidents');
      await rows(page).filter({ hasText: 'onerror' }).waitFor();
      await harmless();
      await page.goto(`${pages.server.url}/#/incidents/hostile`);
      await page.locator('.story-summary').waitFor();
      for (const name of ['Mute …', 'Ban …', 'Acknowledge again']) {
        await page.getByRole('button', { name }).click();
        await harmless();
      }
      await page.getByRole('button', { name: 'Show all' }).first().click();
      await harmless();
      await view(page, 'Alerts');
      await page.locator('.standing').nth(1).waitFor();
      for (const name of ['Lift', 'Take back']) await page.getByRole('button', { name }).click();
      await harmless();
    });

    it('fit every width in every view', async () => {
      const page = await begin();
      const views = [
        () => view(page, 'Incidents'),
        () => toBreakIn(page),
        () => page.getByRole('button', { name: 'Mute …' }).click(),
        () => page.getByRole('button', { name: 'Ban …' }).click(),
        () => view(page, 'Alerts'),
        () => view(page, 'Log'),
      ];
      for (const go of views) {
        await go();
        for (const width of WIDTHS) await fits(page, width);
      }
    });
  },
);
