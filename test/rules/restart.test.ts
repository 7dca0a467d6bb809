import { createEngine, DEFAULT_SETTINGS } from '@suite/detection';
import type { Detection, LogRecord } from '@suite/event';
import { replay } from '@suite/pipeline';
import { describe, expect, it } from 'vitest';
import { accessLog, authLog, type EverydayLog, firewallLog, serviceLog } from './everyday.ts';

async function recordsOf(logs: readonly EverydayLog[]): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for (const { path, lines } of logs)
    await replay(
      [{ file: path, chunks: [Buffer.from(`${lines.join('\n')}\n`)], nearUs: Date.UTC(2026, 0, 20) * 1000 }],
      {
        host: 'node1',
        engine: null,
        onRecord: (record) => records.push(record),
        signal: new AbortController().signal,
      },
    );
  return records.sort((a, b) => a.timeUs - b.timeUs);
}

/** Somebody tries passwords over SSH and mail, scans ports and pages, and is let in. */
function attack(): EverydayLog {
  const at = (i: number) =>
    new Date(Date.UTC(2026, 0, 6, 3) + i * 9_000).toISOString().replace('Z', '+00:00');
  const lines: string[] = [];
  for (let i = 0; i < 60; i++) {
    lines.push(
      `${at(i)} node1 sshd[${9000 + i}]: Failed password for ${['root', 'anna', 'jo'][i % 3]} from 203.0.113.${i % 4} port ${4000 + i} ssh2`,
      `${at(i)} node1 sshd[${9100 + i}]: Invalid user u${i % 9} from 203.0.113.9 port ${5000 + i}`,
      `${at(i)} node1 dovecot: imap-login: Disconnected (auth failed, 1 attempts in 2 secs): user=<m${i % 7}>, method=PLAIN, rip=203.0.113.9, lip=192.0.2.1, TLS, session=<b>`,
      `${at(i)} node1 kernel: [${i}.000] [UFW BLOCK] IN=eth0 OUT= MAC=aa SRC=203.0.113.9 DST=192.0.2.1 LEN=40 PROTO=TCP SPT=50000 DPT=${20 + i}`,
    );
  }
  lines.push(`${at(61)} node1 sshd[9999]: Accepted password for anna from 203.0.113.1 port 4711 ssh2`);
  return { path: '/var/log/attack.log', lines };
}

describe('a restart in the middle', () => {
  it('gives the same detections with the same ids, wherever the state was saved', async () => {
    const records = await recordsOf([
      authLog(3, 5),
      accessLog(2, 5),
      firewallLog(2, 5),
      serviceLog(3, 5),
      attack(),
    ]);
    const whole: Detection[] = [];
    const engine = createEngine(DEFAULT_SETTINGS);
    for (const record of records) engine.observe(record, (d) => whole.push(d));
    expect(new Set(whole.map((d) => d.rule)).size).toBeGreaterThan(8);

    const pieces: Detection[] = [];
    let part = createEngine(DEFAULT_SETTINGS);
    for (const [i, record] of records.entries()) {
      if (i % 1_499 === 700) {
        const saved = JSON.parse(JSON.stringify(part.snapshot()));
        part = createEngine(DEFAULT_SETTINGS);
        expect(part.restore(saved)).toBe(true);
      }
      part.observe(record, (d) => pieces.push(d));
    }
    expect(pieces).toEqual(whole);
  });
});
