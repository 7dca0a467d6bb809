import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasChromium } from './chromium.ts';
import { STORY_NOW_US, syslog } from './story.ts';
import { type StoryServer, startStoryServer } from './story-server.ts';
import { openWatchedBrowser, type WatchedBrowser } from './watched-browser.ts';

describe.skipIf(!hasChromium)('the console in Chromium (skipped where /usr/bin/chromium is absent)', () => {
  let server: StoryServer;
  let browser: WatchedBrowser;

  beforeAll(async () => {
    server = await startStoryServer();
    browser = await openWatchedBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  afterEach(() => browser.settle());

  const open = (url: string) => browser.open(server, url);
  const signedIn = () => browser.signedIn(server);

  it('signs in by the link, once, and leaves no token in the address bar', async () => {
    const link = server.loginLink();
    const page = await open(link);
    await page.getByText('Live', { exact: true }).waitFor();
    expect(page.url()).toBe(`${server.url}/`);
    await page.reload();
    await page.getByText('Live', { exact: true }).waitFor();
    const stranger = await open(link);
    await stranger.getByRole('alert').filter({ hasText: 'used before' }).waitFor();
  });

  it('asks for a token without a session, refuses a wrong one in words, takes the right one', async () => {
    const page = await open(server.url);
    await page.getByLabel('Token').fill('not-the-token');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').filter({ hasText: 'not valid' }).waitFor();
    await page.goto(server.loginLink());
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Token').fill(server.token);
    await page.keyboard.press('Enter');
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Token').waitFor();
  });

  it('shows the nodes, how they are and how full', async () => {
    const page = await signedIn();
    const card = (host: string) => page.locator('.node').filter({ hasText: host });
    expect(await page.locator('.node h3').allTextContents()).toEqual(['nas', 'pi1', 'pi2', 'pi3']);
    expect(await card('pi3').locator('.state').textContent()).toBe('Silent');
    expect(await card('pi1').locator('.state').textContent()).toBe('OK');
    expect(await card('nas').locator('.meter-value').allTextContents()).toEqual([
      '11 %',
      '46 %',
      '87 %',
      '38 %',
    ]);
  });

  it('draws the lines of the last hour and of the last day', async () => {
    const page = await signedIn();
    await page.locator('.rate canvas').waitFor();
    await page.getByRole('button', { name: 'Last day' }).click();
    await page.getByText(/lines in the last day, at most \d+ in 15 minutes/).waitFor();
  });

  it('shows detections with their reason, technique and evidence lines', async () => {
    const page = await signedIn();
    const story = page.locator('.detection').filter({ hasText: 'SSH login after many failures' });
    await story.locator('summary').click();
    await story
      .getByText(/203\.0\.113\.45/)
      .first()
      .waitFor();
    expect(await story.getByRole('link').first().getAttribute('href')).toMatch(
      /^https:\/\/attack\.mitre\.org\/techniques\/T\d{4}\/(\d{3}\/)?$/,
    );
    expect(await story.locator('.evidence li').count()).toBeGreaterThan(3);
    expect(await story.locator('.evidence li').first().textContent()).toMatch(
      /pi1 \/var\/log\/auth\.log at byte \d+/,
    );
    await story.getByRole('button', { name: /Search the log/ }).click();
    await vi.waitFor(async () => expect(await page.locator('.line').count()).toBe(47));
  });

  it('finds lines in the history, marks the words, and says when there are none', async () => {
    const page = await signedIn();
    const search = page.getByLabel('Search the log');
    await search.fill('useradd sysupd');
    await vi.waitFor(async () => expect(await page.locator('.line').count()).toBe(1));
    expect(await page.locator('.line mark').allTextContents()).toContain('sysupd');
    await page.locator('.line-button').click();
    expect(await page.locator('.fields').textContent()).toContain('user_added');
    await search.fill('nosuchword');
    await page.getByText('No line matches.').waitFor();
  });

  it('shows a line and a detection the moment that they are published, and holds lines back when paused', async () => {
    const page = await signedIn();
    await page.getByText('Live', { exact: true }).waitFor();
    let pid = 7000;
    const publish = (text: string) =>
      server.live.publish(
        server.record(syslog(STORY_NOW_US, 'pi2', '/var/log/auth.log', `sshd[${++pid}]: ${text}`)),
      );
    publish('Failed password for zoe from 192.0.2.99 port 4711 ssh2');
    await page.locator('.line').first().getByText('for zoe from').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    publish('Failed password for yan from 192.0.2.99 port 4712 ssh2');
    await page.getByText('Paused, 1 new line waiting').waitFor();
    expect(await page.getByText('for yan from').count()).toBe(0);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.locator('.line').first().getByText('for yan from').waitFor();
    server.live.publishDetection({
      id: 'fresh',
      version: 1,
      rule: 'a-rule',
      title: 'Something <b>new</b>',
      level: 'low',
      timeUs: STORY_NOW_US,
      firstUs: STORY_NOW_US,
      entities: {},
      techniques: [],
      evidence: [],
      evidenceCount: 0,
      reason: 'For a test.',
    });
    await page.locator('.detection').first().getByText('Something <b>new</b>').waitFor();
  });

  it('shows hostile lines as text, with what would act made visible', async () => {
    const page = await signedIn();
    await page.getByLabel('Search the log').fill('198.51.100.66');
    await vi.waitFor(async () => expect(await page.locator('.line').count()).toBe(3));
    const shown = (await page.locator('.line .log-text').allTextContents()).join('\n');
    expect(shown).toContain('<img src=x onerror=alert(1)>');
    expect(shown).toContain('ESC[31m');
    expect(shown).toContain('<U+202E>gnp.tset');
    expect(shown).not.toMatch(/[\u001b\u202e]/);
    expect(await page.locator('.board img').count()).toBe(0);
  });

  it('fits every width from 320 to 1,920 pixels without scrolling sideways', async () => {
    const page = await signedIn();
    await page.locator('.line').first().waitFor();
    await page.locator('.detection details').evaluateAll((all) => {
      for (const details of all) details.setAttribute('open', '');
    });
    await page.locator('.line-button').first().click();
    for (const width of [1920, 1440, 1024, 768, 390, 360, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const over = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await vi.waitFor(async () => expect([width, await over()]).toEqual([width, 0]));
      const log = await page.locator('#tail').boundingBox();
      expect((log?.x ?? 0) + (log?.width ?? 0)).toBeGreaterThan(width * 0.96);
    }
  });

  it('says what to do next when there is nothing yet, and that it reconnects when NADIR is gone', async () => {
    const empty = await startStoryServer({ lines: [] });
    try {
      browser.expectStatus(0);
      const page = await browser.open(empty, empty.loginLink());
      await page.getByRole('heading', { name: 'Waiting for the first node.' }).waitFor();
      for (const title of [
        'No incident.',
        'No node has reported yet.',
        'No line in the last hour.',
        'Nothing has been detected.',
        'No line has arrived yet.',
      ]) {
        await page.getByText(title).waitFor();
      }
      await page.getByText('Live', { exact: true }).waitFor();
      await empty.stop();
      await page.getByText('Reconnecting').waitFor();
    } finally {
      await empty.stop();
    }
  });

  it('can be worked by keyboard', async () => {
    const page = await signedIn();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.locator('.line-button').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('.fields').waitFor();
    expect(await page.locator('.line-button').first().getAttribute('aria-expanded')).toBe('true');
  });
});
