import type { Detection, LogRecord } from '@suite/event';
import { describe, expect, it } from 'vitest';
import { logTemplates } from './log-templates.ts';

const START_US = Date.UTC(2026, 0, 5) * 1000;
const MINUTE = 60e6;
const HOUR = 60 * MINUTE;

const JOB = { 'event.action': 'cron_command' };

/** A machine's log on its own clock, and what the detector says of it. */
class Log {
  readonly detector = logTemplates();
  readonly found: Detection[] = [];
  offset = 0;

  line(atUs: number, program: string, message: string, extra: Record<string, string | number> = {}): void {
    this.offset += 100;
    const record: LogRecord = {
      id: this.offset.toString(16).padStart(24, '0'),
      origin: {
        agent: 'a',
        host: 'node1',
        kind: 'file',
        path: '/var/log/syslog',
        stream: 's',
        offset: this.offset,
        line: this.offset / 100,
      },
      raw: `Jan  5 00:00:00 node1 ${program}: ${message}`,
      format: 'syslog',
      timeUs: START_US + atUs,
      observedUs: START_US + atUs,
      event: {
        'event.action': 'log_message',
        'host.name': 'node1',
        'process.name': program,
        message,
        timeUs: START_US + atUs,
        ...extra,
      },
    };
    this.detector.observe({ record, attempt: null }, (detection) => this.found.push(detection));
  }

  /** An everyday machine: a service each minute, cron each quarter of an hour. */
  days(from: number, to: number, without: { cron?: boolean; requests?: number } = {}): void {
    for (let minute = Math.round(from * 1_440); minute < Math.round(to * 1_440); minute++) {
      const at = minute * MINUTE;
      const requests = without.requests ?? 3 + (minute % 3);
      for (let i = 0; i < requests; i++)
        this.line(at + i, 'app', `served request ${minute}${i} in ${i + 2} ms`);
      if (minute % 15 === 7 && !without.cron)
        this.line(at + 30e6, 'CRON', '(root) CMD (/usr/local/bin/backup --all)', JOB);
      if (minute % 60 === 0) this.line(at + 40e6, 'CRON', '(pi) CMD (rotate)', JOB);
    }
  }

  rules(): string[] {
    return this.found.map(({ rule }) => rule);
  }
}

describe('a new kind of line', () => {
  it('is reported after a day of learning, with what was usual', () => {
    const log = new Log();
    log.days(0, 2);
    log.line(48 * HOUR, 'app', 'database connection failed: no route to host');
    expect(log.rules()).toEqual(['log-template-new']);
    expect(log.found[0]).toMatchObject({
      level: 'medium',
      entities: { 'host.name': 'node1', 'process.name': 'app' },
    });
    expect(log.found[0]!.reason).toContain('database connection failed');
    expect(log.found[0]!.reason).toContain('Next: ');
  });

  it('is only noted where it tells of no failure', () => {
    const log = new Log();
    log.days(0, 2);
    log.line(48 * HOUR, 'app', 'configuration was read again');
    expect(log.found.map(({ level }) => level)).toEqual(['informational']);
  });

  it('is not reported while the program is learned', () => {
    const log = new Log();
    log.days(0, 0.9);
    log.line(0.9 * 24 * HOUR, 'app', 'database connection failed');
    log.line(0.9 * 24 * HOUR, 'fresh', 'a program that was never there failed');
    expect(log.found).toEqual([]);
  });

  it('is not reported of a program that makes new kinds all the time', () => {
    const log = new Log();
    for (let i = 0; i < 4_000; i++)
      log.line(i * MINUTE, 'notes', `${word(i)} ${word(i * 7)} failed ${word(i * 13)}`);
    expect(log.rules().filter((rule) => rule === 'log-template-new').length).toBeLessThanOrEqual(3);
  });

  it('is reported a few times a day at most', () => {
    const log = new Log();
    log.days(0, 2);
    for (let i = 0; i < 200; i++) log.line(48 * HOUR + i * 1e6, 'app', `${word(i)} ${word(i + 900)} failed`);
    expect(log.found).toHaveLength(3);
  });
});

describe('the rate of a known kind', () => {
  it('is reported when it leaves its range upwards, once', () => {
    const log = new Log();
    log.days(0, 3);
    log.days(3, 3.05, { requests: 60 });
    expect(log.rules()).toEqual(['log-template-rate']);
    expect(log.found[0]!.reason).toMatch(/wrote \d+ lines of this kind within 10 minutes/);
  });

  it('is not reported of an everyday machine', () => {
    const log = new Log();
    log.days(0, 9);
    expect(log.found).toEqual([]);
  });

  it('is not reported when the host was away', () => {
    const log = new Log();
    log.days(0, 3);
    log.days(3.1, 3.3);
    log.days(3.34, 4);
    expect(log.found).toEqual([]);
  });
});

describe('a line that came regularly', () => {
  it('is missed when it stopped while its host goes on', () => {
    const log = new Log();
    log.days(0, 2);
    log.days(2, 2.5, { cron: false });
    expect(log.found).toEqual([]);
    log.days(2.5, 3, { cron: true });
    expect(log.rules()).toEqual(['log-template-stopped']);
    expect(log.found[0]!.reason).toContain('backup --all');
    expect(log.found[0]!.reason).toContain('every 15 minutes');
  });
});

describe('attacks on it', () => {
  it('a forged stamp from the far future moves nothing', () => {
    const log = new Log();
    log.days(0, 2);
    for (let i = 0; i < 10; i++) log.line(9_000 * HOUR, 'app', 'served request 1 in 2 ms');
    log.days(2, 2.2);
    expect(log.found).toEqual([]);
    log.line(2.2 * 24 * HOUR, 'app', 'database connection failed');
    expect(log.rules()).toEqual(['log-template-new']);
  });

  it('a flood of kinds, programs and hosts stays within its bounds and pushes out no habit', () => {
    const log = new Log();
    log.days(0, 2);
    for (let i = 0; i < 30_000; i++) {
      const message = `${word(i)} ${word(i * 3 + 1)} ${word(i * 5 + 2)}`;
      log.line(48 * HOUR + i * 1e4, i % 2 === 0 ? 'app' : `tag${word(i)}`, message, {
        'host.name': i % 5 === 0 ? `h${i}` : 'node1',
      });
    }
    const { book } = log.detector.snapshot() as {
      book: { name: string; sources: { program: string; habits: { count: number }[] }[] }[];
    };
    const sources = book.flatMap(({ sources }) => sources);
    expect(book.length).toBeLessThanOrEqual(256);
    expect(sources.length).toBeLessThanOrEqual(512);
    expect(sources.flatMap(({ habits }) => habits).length).toBeLessThanOrEqual(4_096);
    const app = book.find(({ name }) => name === 'node1')!.sources.find(({ program }) => program === 'app')!;
    expect(app.habits.some(({ count }) => count > 5_000)).toBe(true);
  });
});

describe('a restart', () => {
  it('goes on the same', () => {
    const log = new Log();
    log.days(0, 2.3);
    const copy = new Log();
    copy.offset = log.offset;
    copy.detector.restore(JSON.parse(JSON.stringify(log.detector.snapshot())));
    for (const one of [log, copy]) {
      one.days(2.3, 2.6, { cron: true });
      one.line(2.6 * 24 * HOUR, 'app', 'database connection failed');
    }
    expect(copy.rules().sort()).toEqual(['log-template-new', 'log-template-stopped']);
    expect(copy.found.map(({ reason }) => reason)).toEqual(log.found.map(({ reason }) => reason));
    expect(copy.detector.snapshot()).toEqual(log.detector.snapshot());
  });
});

/** Letters only. */
function word(seed: number): string {
  let state = (Math.imul(seed + 1, 2654435761) >>> 0) + 26 ** 4;
  let text = '';
  while (state > 0) {
    text += String.fromCharCode(97 + (state % 26));
    state = Math.floor(state / 26);
  }
  return text;
}
