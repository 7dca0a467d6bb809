import { createEngine, DEFAULT_SETTINGS } from '@suite/detection';
import type { Detection } from '@suite/event';
import { replay } from '@suite/pipeline';
import { describe, expect, it } from 'vitest';
import { accessLog, authLog, type EverydayLog, firewallLog, serviceLog } from './everyday.ts';

const DAYS = 14;
const NEAR_US = Date.UTC(2026, 0, 20) * 1000;

async function loudOf(log: EverydayLog): Promise<string[]> {
  const found: Detection[] = [];
  await replay([{ file: log.path, chunks: [Buffer.from(`${log.lines.join('\n')}\n`)], nearUs: NEAR_US }], {
    host: 'node1',
    engine: createEngine(DEFAULT_SETTINGS),
    onDetection: (detection) => found.push(detection),
    signal: new AbortController().signal,
  });
  return found
    .filter(({ level }) => level !== 'low' && level !== 'informational')
    .map((d) => `${d.rule} ${d.level}: ${d.reason}`);
}

describe('two weeks of everyday life', () => {
  it.each([1, 2, 3])(
    'of logins, sudo, cron, deploy keys and monitoring alarm nobody (seed %i)',
    async (seed) => {
      expect(await loudOf(authLog(DAYS, seed))).toEqual([]);
    },
  );

  it.each([1, 2])('of web sites, WebDAV clients and old passwords alarm nobody (seed %i)', async (seed) => {
    expect(await loudOf(accessLog(DAYS, seed))).toEqual([]);
  });

  it.each([1, 2])('of a firewall at home alarm nobody (seed %i)', async (seed) => {
    expect(await loudOf(firewallLog(DAYS, seed))).toEqual([]);
  });

  it.each([1, 2])('of mail and web applications alarm nobody (seed %i)', async (seed) => {
    const loud = await loudOf(serviceLog(DAYS, seed));
    // That the tablet is let in no more, day after day, is true, and its own rule's to tell.
    expect(loud.filter((text) => !text.startsWith('log-template-stopped '))).toEqual([]);
  });
});
