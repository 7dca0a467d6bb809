import { describe, expect, it } from 'vitest';
import { detect, Lines, rulesOf } from './lines.ts';

const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

/** Logins on so many days at the given hours after the first line's 03:00. */
function habit(days: number, hoursLater: readonly number[]): Lines {
  const lines = new Lines();
  for (let day = 0; day < days; day++) {
    let at = 0;
    for (const hour of hoursLater) {
      lines.wait((hour - at) * HOUR_S).accepted('anna', '192.0.2.7', day * 24 + hour);
      at = hour;
    }
    lines.wait(DAY_S - at * HOUR_S);
  }
  return lines;
}

const unusual = (lines: Lines) => detect(lines).filter((d) => d.rule === 'login-unusual-hour');

describe('a login at an unusual hour', () => {
  it('is told once the habits are known: office hours, and then three in the morning', () => {
    const [found, ...more] = unusual(habit(20, [6, 8, 10]).accepted('anna', '192.0.2.7', 9999));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ level: 'low', entities: { 'user.name': 'anna' } });
    expect(found!.reason).toContain('usual is 9:00, 11:00, 13:00');
  });

  it('is not told while too little is known, nor an hour from what is usual', () => {
    expect(unusual(habit(9, [6, 7, 8, 9, 10]).accepted('anna', '192.0.2.7', 9999))).toEqual([]);
    expect(
      unusual(
        habit(20, [6, 8, 10])
          .wait(11 * HOUR_S)
          .accepted('anna', '192.0.2.7', 9999),
      ),
    ).toEqual([]);
  });

  it('does not exist for an account that works around the clock', () => {
    expect(
      unusual(habit(30, [0, 3, 6, 9, 12, 15, 18, 21]).wait(HOUR_S).accepted('anna', '192.0.2.7', 1)),
    ).toEqual([]);
  });
});

describe('a service account', () => {
  it('is told once for each address it comes from', () => {
    const lines = new Lines()
      .accepted('www-data', '203.0.113.9', 1)
      .accepted('www-data', '203.0.113.9', 2)
      .accepted('www-data', '203.0.113.10', 3);
    expect(detect(lines).filter((d) => d.rule === 'service-account-login')).toHaveLength(2);
  });
});

describe('password spraying', () => {
  it('leaves out accounts that were let in from the same address before', () => {
    const lines = new Lines();
    const people = ['anna', 'jo', 'maria', 'sven', 'pi', 'eva'];
    for (const [i, user] of people.entries()) lines.accepted(user, '192.0.2.7', i).wait(60);
    for (const [i, user] of people.entries()) lines.wait(1800).failed(user, '192.0.2.7', 100 + i);
    expect(rulesOf(detect(lines).filter((d) => d.level !== 'low'))).toEqual([]);
  });

  it('is not what hammers one account and touches others', () => {
    const lines = new Lines();
    for (let i = 0; i < 40; i++) lines.failed('root', '203.0.113.9', i).wait(1);
    for (const [i, user] of ['anna', 'jo', 'maria', 'sven'].entries())
      lines.failed(user, '203.0.113.9', 100 + i);
    expect(rulesOf(detect(lines))).not.toContain('ssh-password-spraying');
  });
});
