import type { Incident } from '@suite/event';
import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { STORY_NOW_US } from './story.ts';

export const WIDTHS = [1280, 768, 360, 320];

export const view = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('link', { name }).click();

export const rows = (page: Page) => page.locator('.incident');

export const titles = (page: Page) => page.locator('.incident-title').allTextContents();

/** From a list to the story's break-in. */
export async function toBreakIn(page: Page): Promise<void> {
  await rows(page).filter({ hasText: 'Break-in' }).getByRole('link').click();
  await page.getByRole('heading', { name: 'Break-in from 203.0.113.45 on pi1' }).waitFor();
  await page.locator('.story .detection').first().waitFor();
}

/** Fails when the page scrolls sideways at this width. */
export async function fits(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  const over = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await vi.waitFor(async () => expect([width, await over()]).toEqual([width, 0]));
}

/** An incident that happens while the page is looked at. */
export function happening(id: string, title: string): Incident {
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
