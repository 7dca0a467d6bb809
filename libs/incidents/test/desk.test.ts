import { describe, expect, it } from 'vitest';
import { deskWith, outcomes, told } from './desk-with.ts';
import { DAY_US, HOUR_US, incident, later, loggedIn, MINUTE_US, NOON } from './incident.ts';

describe('an incident', () => {
  it('is told when it opens, when it gets worse, when somebody gets in, and never for counting up', () => {
    const desk = deskWith();
    let one = incident();
    desk.offer(one, NOON);
    for (let i = 0; i < 20; i += 1) {
      one = later(one, { detectionCount: i + 2 });
      desk.offer(one, NOON);
    }
    expect(desk.due()).toHaveLength(1);
    one = later(one, { level: 'high' });
    desk.offer(one, NOON);
    one = later(one, { success: true });
    desk.offer(one, NOON);
    desk.offer(later(one, { closed: true }), NOON);
    desk.offer(incident({ ...one, version: 1, level: 'medium', success: false }), NOON);
    expect(desk.due().map(({ title }) => title.split(':')[0])).toEqual([
      'SSH brute force from one address by 203.0.113.9 on node2',
      'Worse',
      'Now inside',
    ]);
    expect(new Set(desk.due().map(({ id }) => id)).size).toBe(3);
  });

  it('is told the first time that it reaches the least level', () => {
    const desk = deskWith();
    const one = incident({ level: 'low' });
    desk.offer(one, NOON);
    expect(desk.entries()).toEqual([]);
    desk.offer(later(one, { level: 'medium' }), NOON);
    expect(told(desk)).toEqual([one.id]);
  });

  it('is told without the passwords that its lines hold', () => {
    const text = '{"process.command_line":"mysql -phunter2-x shop"}';
    const line = { ...incident().lines![0]!, text };
    const desk = deskWith();
    desk.offer(incident({ lines: [line] }), NOON);
    expect(desk.due()[0]!.lines[0]!.text).toBe('{"process.command_line":"mysql -p*** shop"}');
  });

  it('is told with why, what is usual, the lines and what to do', () => {
    const desk = deskWith();
    desk.offer(incident(), NOON);
    desk.offer(loggedIn({ timeline: [] }), NOON);
    const [attempt, login] = desk.due();
    expect(attempt).toMatchObject({ kind: 'incident', level: 'medium', timeUs: NOON });
    expect(attempt!.text.split('\n')).toEqual([
      '203.0.113.9 tried 5 passwords on node2 over 10 seconds.',
      '- 203.0.113.9 failed to log in 5 times; 5 within 10 minutes count as an attack.',
      'Why: it is new, and of level medium (ssh-brute-force-address).',
      'Usual: single failures of people who mistype.',
    ]);
    expect(attempt!.lines[0]!.text).toContain('Failed password for pi');
    expect(attempt!.next).toEqual(['Block it at the firewall.']);
    expect(login!.text).toContain('Usual: logins by people whom you know');
  });

  it('keeps the id of an alert across desks, so that nobody is told twice', () => {
    const [one, other] = [deskWith(), deskWith({ timeZone: 'Asia/Tokyo' })];
    const same = incident();
    one.offer(same, NOON);
    other.offer(later(same, {}), NOON + DAY_US / 2);
    expect(one.due()[0]!.id).toBe(other.due()[0]!.id);
  });

  it('that became part of another one is not told again under that name', () => {
    const desk = deskWith();
    const [older, younger] = [incident(), incident({ level: 'high' })];
    desk.offer(younger, NOON);
    desk.offer(later(younger, { closed: true, mergedInto: older.id }), NOON);
    desk.offer(later(older, { level: 'high' }), NOON);
    expect(told(desk)).toEqual([younger.id]);
    desk.offer(later(older, { level: 'critical' }), NOON);
    expect(told(desk)).toEqual([younger.id, older.id]);
  });

  it('of long ago waits for the digest, unless it is critical', () => {
    const desk = deskWith();
    const lastUs = NOON - 3 * DAY_US;
    desk.offer(incident({ lastUs, level: 'high' }), NOON);
    desk.offer(incident({ lastUs, level: 'critical' }), NOON);
    expect(outcomes(desk)).toEqual(['digest: more than a day ago when it was noticed', 'told: at once']);
  });
});

describe('the budget', () => {
  it('holds back what is beyond it until the digest, never what is critical', () => {
    const desk = deskWith({ budgetPerDay: 4 });
    for (let i = 0; i < 6; i += 1) desk.offer(loggedIn(), NOON);
    desk.offer(incident({ level: 'critical' }), NOON);
    expect(desk.due()).toHaveLength(5);
    expect(outcomes(desk).filter((o) => o.startsWith('digest'))).toEqual([
      "digest: beyond the day's budget",
      "digest: beyond the day's budget",
    ]);
  });

  it('is new every day, by the operator’s clock', () => {
    const desk = deskWith({ budgetPerDay: 1, timeZone: 'Europe/Berlin' });
    const beforeMidnight = Date.UTC(2026, 0, 12, 22, 59) * 1000;
    desk.offer(loggedIn({ lastUs: beforeMidnight }), beforeMidnight);
    desk.offer(loggedIn({ lastUs: beforeMidnight }), beforeMidnight);
    desk.offer(loggedIn({ lastUs: beforeMidnight }), beforeMidnight + 2 * MINUTE_US);
    expect(desk.due()).toHaveLength(2);
  });

  it('cannot be spent by attempts alone: half of it is left for logins', () => {
    const desk = deskWith({ budgetPerDay: 10 });
    for (let i = 0; i < 500; i += 1) desk.offer(incident(), NOON);
    expect(desk.due()).toHaveLength(5);
    const login = loggedIn();
    desk.offer(login, NOON);
    expect(told(desk)).toContain(login.id);
  });
});

describe('the digest', () => {
  it('comes at its hour with counts and the top of what was held back', () => {
    const desk = deskWith({ budgetPerDay: 0 });
    for (let i = 0; i < 30; i += 1) desk.offer(incident({ summary: `number ${i}.` }), NOON);
    desk.offer(loggedIn({ level: 'high' }), NOON);
    desk.tick(NOON + MINUTE_US);
    desk.tick(Date.UTC(2026, 0, 13, 7, 59) * 1000);
    expect(desk.due()).toEqual([]);
    const eight = Date.UTC(2026, 0, 13, 8) * 1000;
    desk.tick(eight);
    desk.tick(eight + MINUTE_US);
    expect(desk.due()).toHaveLength(1);
    const [digest] = desk.due();
    expect(digest).toMatchObject({ kind: 'digest', level: 'high', title: 'Digest: 31 incidents held back' });
    const lines = digest!.text.split('\n');
    expect(lines[1]).toBe('- high: 203.0.113.9 logged in as pi on node2 at 12:00.');
    expect(lines).toHaveLength(13);
    expect(digest!.text).toContain('By rule: 30 ssh-brute-force-address, 1 login-new-address.');
    expect(digest!.text).toContain("31 beyond the day's budget");
  });

  it('comes the same day when something was held back before its hour', () => {
    const desk = deskWith({ budgetPerDay: 0 });
    const seven = Date.UTC(2026, 0, 12, 7) * 1000;
    desk.offer(loggedIn({ lastUs: seven }), seven);
    desk.tick(seven + HOUR_US);
    expect(desk.due()).toHaveLength(1);
  });

  it('does not come when nothing was held back, and is made up for when NADIR was away', () => {
    const desk = deskWith({ budgetPerDay: 0 });
    desk.tick(NOON + DAY_US);
    expect(desk.due()).toEqual([]);
    desk.offer(loggedIn(), NOON);
    desk.tick(NOON + 3 * DAY_US);
    expect(desk.due()).toHaveLength(1);
  });

  it('counts an incident once that was held back for several reasons', () => {
    const desk = deskWith({ budgetPerDay: 0 });
    const one = incident();
    desk.offer(one, NOON);
    desk.offer(later(one, { level: 'high', success: true }), NOON);
    desk.tick(NOON + DAY_US);
    expect(desk.due()[0]).toMatchObject({ level: 'high', title: 'Digest: 1 incident held back' });
  });

  it('comes once on the days when the clock is changed, also when its hour is left out or comes twice', () => {
    for (const [month, day] of [
      [2, 29],
      [9, 25],
    ] as const) {
      const desk = deskWith({ budgetPerDay: 0, timeZone: 'Europe/Berlin', digestMinute: 150 });
      const evening = Date.UTC(2026, month, day - 1, 18) * 1000;
      desk.offer(loggedIn({ lastUs: evening }), evening);
      let digests = 0;
      for (let at = evening; at < evening + DAY_US; at += 10 * MINUTE_US) {
        desk.tick(at);
        digests += desk.due().length;
        for (const { id } of desk.due().slice()) desk.delivered(id);
      }
      expect(digests).toBe(1);
    }
  });
});

describe('quiet hours', () => {
  const night = { days: [], fromMinute: 22 * 60, toMinute: 7 * 60 };
  const at = (hour: number, day = 12) => Date.UTC(2026, 0, day, hour) * 1000;

  it('let only high and critical through, also after midnight', () => {
    const desk = deskWith({ quiet: [night] });
    for (const now of [at(23), at(3)]) {
      desk.offer(loggedIn({ lastUs: now }), now);
      desk.offer(loggedIn({ lastUs: now, level: 'high' }), now);
    }
    desk.offer(loggedIn({ lastUs: at(7) }), at(7));
    expect(outcomes(desk).map((o) => o.split(':')[0])).toEqual(['digest', 'told', 'digest', 'told', 'told']);
  });

  it('are those of the operator’s zone, in summer as in winter', () => {
    const desk = deskWith({ quiet: [night], timeZone: 'Europe/Berlin' });
    const winter = Date.UTC(2026, 0, 12, 6, 30) * 1000;
    const summer = Date.UTC(2026, 6, 13, 5, 30) * 1000;
    desk.offer(loggedIn({ lastUs: winter }), winter);
    desk.offer(loggedIn({ lastUs: summer }), summer);
    expect(told(desk)).toHaveLength(2);
    desk.offer(loggedIn({ lastUs: summer }), summer - HOUR_US);
    expect(told(desk)).toHaveLength(2);
  });

  it('of a Friday night go on into Saturday morning, not into Friday morning', () => {
    const desk = deskWith({ quiet: [{ ...night, days: [5] }] });
    for (const [day, hour] of [
      [16, 3],
      [16, 23],
      [17, 3],
      [18, 3],
    ] as const)
      desk.offer(loggedIn({ lastUs: at(hour, day) }), at(hour, day));
    expect(outcomes(desk).map((o) => o.split(':')[0])).toEqual(['told', 'digest', 'digest', 'told']);
  });
});

describe('an acknowledged incident', () => {
  it('is told again only when its level rises', () => {
    const desk = deskWith();
    const one = incident();
    desk.offer(one, NOON);
    desk.acknowledge(one.id, one.level, 'anna', 'looking', NOON);
    desk.offer(later(one, { success: true }), NOON);
    desk.offer(later(one, { success: true, level: 'high' }), NOON);
    expect(outcomes(desk)).toEqual(['told: at once', 'hidden: acknowledged by anna', 'told: at once']);
    expect(desk.acknowledged(one.id)).toEqual({ by: 'anna', note: 'looking', atUs: NOON, level: 'medium' });
  });
});

describe('a desk that is started again', () => {
  it('goes on as if it had never been away', () => {
    const desk = deskWith({ budgetPerDay: 2 });
    const incidents = Array.from({ length: 5 }, () => loggedIn());
    for (const one of incidents) desk.offer(one, NOON);
    desk.mute(
      { match: { user: 'pi' }, reason: 'r', by: 'b', expiresUs: NOON + DAY_US, successes: true },
      NOON,
    );
    desk.acknowledge(incidents[0]!.id, 'medium', 'anna', '', NOON);
    desk.delivered(desk.due()[0]!.id);

    const again = deskWith({ budgetPerDay: 2 });
    expect(again.restore(JSON.parse(JSON.stringify(desk.snapshot())))).toBe(true);
    for (const one of incidents) again.offer(one, NOON);
    expect(again.due()).toEqual(desk.due());
    expect(again.entries()).toEqual(desk.entries());
    expect(again.mutes(NOON)).toEqual(desk.mutes(NOON));
    again.tick(NOON + DAY_US);
    desk.tick(NOON + DAY_US);
    expect(again.due()).toEqual(desk.due());
    expect(again.due().at(-1)!.kind).toBe('digest');
  });

  it('does not believe what is no state of its own', () => {
    const desk = deskWith();
    desk.offer(incident(), NOON);
    for (const state of [null, 7, {}, { version: 1 }, { version: 2, known: [] }])
      expect(desk.restore(state)).toBe(false);
    expect(desk.due()).toHaveLength(1);
  });

  it('stays small in a flood of incidents', () => {
    const desk = deskWith();
    for (let i = 0; i < 25_000; i += 1) desk.offer(incident({ id: `flood-${i}` }), NOON);
    expect(JSON.stringify(desk.snapshot()).length).toBeLessThan(3 * 1024 * 1024);
    expect(desk.entries()).toHaveLength(200);
    desk.tick(NOON + DAY_US);
    expect(desk.due().at(-1)!.title).toBe('Digest: 24995 incidents held back');
  });
});
