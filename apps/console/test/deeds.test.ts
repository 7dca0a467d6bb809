import { describe, expect, it, vi } from 'vitest';
import { hasChromium } from './chromium.ts';
import { rows, toBreakIn, view } from './incident-pages.ts';
import { storyPages } from './story-pages.ts';

describe.skipIf(!hasChromium)(
  'the console, when one does something about an incident, in Chromium (skipped where /usr/bin/chromium is absent)',
  () => {
    const pages = storyPages();
    const { begin } = pages;

    it('lets an incident be acknowledged by somebody whose name the browser remembers', async () => {
      const page = await begin();
      await toBreakIn(page);
      await page.getByRole('button', { name: 'Acknowledge' }).click();
      const form = page.getByRole('form', { name: 'Acknowledge' });
      await form.getByLabel('Note').fill('on it');
      await form.getByLabel('Your name').fill('anna');
      await form.getByRole('button', { name: 'Acknowledge' }).click();
      await page.getByText('Acknowledged by anna at 14:32:08: on it').waitFor();
      await vi.waitFor(async () => expect(await page.title()).toBe('NADIR'));
      await view(page, 'Overview');
      await page.getByRole('heading', { name: '1 of 4 nodes not reporting.' }).waitFor();
      await rows(page).filter({ hasText: 'Acknowledged by anna' }).waitFor();
      await page.reload();
      await toBreakIn(page);
      await page.getByRole('button', { name: 'Mute …' }).click();
      expect(await page.getByLabel('Your name').inputValue()).toBe('anna');
    });

    it('mutes it where it is read, and lifts the mute where alerts are', async () => {
      const page = await begin();
      await toBreakIn(page);
      await page.getByRole('button', { name: 'Mute …' }).click();
      const form = page.getByRole('form', { name: 'Mute' });
      await form.getByText(/without “logins too” this incident is told all the same/).waitFor();
      await form.getByLabel('Logins too').check();
      await form.getByLabel('Node').selectOption('pi1');
      await form.locator('[name=span]').selectOption('90 days');
      await form.getByLabel('Reason').fill('a test of ours');
      await form.getByLabel('Your name').fill('anna');
      await form.getByRole('button', { name: 'Mute' }).click();
      await page.getByText(/Muted until 18 Feb/).waitFor();
      await view(page, 'Alerts');
      const mute = page.locator('.standing').filter({ hasText: 'a test of ours' });
      expect(await mute.textContent()).toMatch(/address 203\.0\.113\.45, node pi1, logins too/);
      await mute.getByRole('button', { name: 'Lift' }).click();
      await mute.getByRole('button', { name: 'Lift' }).click();
      await page.getByText('Nothing is muted.').waitFor();
    });

    it('answers with a ban, and takes it back', async () => {
      const page = await begin();
      await toBreakIn(page);
      await page.getByRole('button', { name: 'Ban …' }).click();
      const form = page.getByRole('form', { name: 'Ban' });
      await form.getByLabel('Reason').fill('enough');
      await form.getByLabel('Your name').fill('anna');
      await form.getByRole('button', { name: 'Ban' }).click();
      const ban = page.locator('.standing').filter({ hasText: '203.0.113.45' });
      await ban.getByText(/banned until 18:32:08/).waitFor();
      expect(await page.getByRole('button', { name: 'Ban …' }).count()).toBe(0);
      await view(page, 'Alerts');
      await ban.getByText('By hand: enough (anna)').waitFor();
      await ban.getByRole('button', { name: 'Take back' }).click();
      await ban.getByRole('button', { name: 'Take back' }).click();
      await page.getByText('Nobody is banned.').waitFor();
    });

    it('says why something was refused, and keeps what was typed', async () => {
      const page = await begin();
      await view(page, 'Alerts');
      pages.browser.expectStatus(400, 500, 0);
      await page.getByRole('button', { name: 'Ban an address' }).click();
      const form = page.getByRole('form', { name: 'Ban' });
      await form.getByLabel('Address or network').fill('10.0.0.7');
      await form.getByLabel('Reason').fill('enough');
      await form.getByLabel('Your name').fill('anna');
      const ban = form.getByRole('button', { name: 'Ban' });
      await ban.click();
      await form
        .getByRole('alert')
        .filter({ hasText: '10.0.0.7 must not be banned: it is a private' })
        .waitFor();
      await page.route('**/api/v1/bans', (route) => route.fulfill({ status: 500, body: 'no JSON' }));
      await ban.click();
      await form.getByRole('alert').filter({ hasText: 'NADIR answered 500.' }).waitFor();
      await page.unroute('**/api/v1/bans');
      await page.route('**/api/v1/bans', (route) => route.abort());
      await ban.click();
      await form.getByRole('alert').filter({ hasText: 'NADIR does not answer.' }).waitFor();
      expect(await form.getByLabel('Reason').inputValue()).toBe('enough');
    });

    it('leads to the login when the session has ended meanwhile', async () => {
      const page = await begin();
      await toBreakIn(page);
      await page.getByRole('button', { name: 'Acknowledge' }).click();
      await page.context().clearCookies();
      await page.getByLabel('Your name').fill('anna');
      await page.getByRole('form').getByRole('button', { name: 'Acknowledge' }).click();
      await page.getByText('Your session has ended.').waitFor();
    });

    it('shows the newest of many bans, and more when asked', async () => {
      const page = await begin();
      for (let i = 1; i <= 60; i++) pages.server.bans.ban(`198.18.0.${i}`, 3_600_000, `number ${i}`);
      await view(page, 'Alerts');
      await vi.waitFor(async () => expect(await page.locator('.standing').count()).toBe(50));
      expect(await page.locator('.standing').first().textContent()).toContain('number 60');
      await page.getByRole('button', { name: 'Show more of 60 bans' }).click();
      await vi.waitFor(async () => expect(await page.locator('.standing').count()).toBe(60));
    });

    it('has no ban to offer where decisions are switched off', async () => {
      const page = await begin({ decisions: false });
      await toBreakIn(page);
      await page.getByText(/Nobody can be banned: decisions are switched off/).waitFor();
      expect(await page.getByRole('button', { name: 'Ban …' }).count()).toBe(0);
    });
  },
);
