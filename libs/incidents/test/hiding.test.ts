import { describe, expect, it } from 'vitest';
import { deskWith, outcomes } from './desk-with.ts';
import { DAY_US, HOUR_US, incident, later, loggedIn, NOON } from './incident.ts';

describe('maintenance', () => {
  const window = { name: 'updates', hosts: ['node2'], successes: false } as const;
  const weekly = {
    ...window,
    kind: 'weekly',
    window: { days: [1], fromMinute: 660, toMinute: 780 },
  } as const;

  it('hides what happens in it on its hosts, but no login and nothing critical', () => {
    const desk = deskWith({ maintenance: [weekly] });
    desk.offer(incident(), NOON);
    desk.offer(incident({ entities: { 'host.name': ['node2', 'node3'] } }), NOON);
    desk.offer(incident({ lastUs: NOON + 2 * HOUR_US }), NOON + 2 * HOUR_US);
    desk.offer(loggedIn(), NOON);
    desk.offer(incident({ level: 'critical' }), NOON);
    expect(outcomes(desk)).toEqual([
      'hidden: maintenance: updates',
      'told: at once',
      'told: at once',
      'told: at once',
      'told: at once',
    ]);
  });

  it('hides logins when it says so, once as well as weekly', () => {
    const once = {
      ...window,
      successes: true,
      kind: 'once',
      fromUs: NOON - 1,
      toUs: NOON + HOUR_US,
    } as const;
    const desk = deskWith({ maintenance: [once] });
    desk.offer(loggedIn(), NOON);
    desk.offer(loggedIn({ lastUs: NOON + HOUR_US }), NOON + HOUR_US);
    expect(outcomes(desk)).toEqual(['hidden: maintenance: updates', 'told: at once']);
  });
});

describe('the allow-list', () => {
  it('hides what only the operator’s own take part in, but not their logins', () => {
    const desk = deskWith({ allow: { addresses: ['203.0.113.0/24'], users: ['ci'], successes: false } });
    desk.offer(incident(), NOON);
    desk.offer(incident({ entities: { 'source.address': ['203.0.113.9', '198.51.100.7'] } }), NOON);
    desk.offer(incident({ entities: { 'user.name': ['ci'] } }), NOON);
    desk.offer(incident({ entities: { 'user.name': ['ci', 'root'] } }), NOON);
    desk.offer(loggedIn(), NOON);
    expect(outcomes(desk)).toEqual([
      'hidden: only your own addresses take part',
      'told: at once',
      'hidden: only accounts of the allow-list take part',
      'told: at once',
      'told: at once',
    ]);
  });
});

describe('a mute', () => {
  const request = { reason: 'known', by: 'anna', expiresUs: NOON + 7 * DAY_US, successes: false };

  it('hides by rule, address, user and host, alone or together', () => {
    const matches = [
      { rule: 'ssh-brute-force-address' },
      { address: '203.0.113.9' },
      { address: '203.0.113.0/24' },
      { user: 'pi' },
      { host: 'node2' },
      { host: 'node2', user: 'pi', rule: 'ssh-brute-force-address', address: '203.0.113.9' },
    ];
    for (const match of matches) {
      const desk = deskWith();
      desk.mute({ ...request, match }, NOON);
      desk.offer(incident(), NOON);
      expect(outcomes(desk)).toEqual(['hidden: muted by anna: known']);
    }
    for (const match of [{ rule: 'x' }, { address: '203.0.113.10' }, { host: 'node2', user: 'root' }]) {
      const desk = deskWith();
      desk.mute({ ...request, match }, NOON);
      desk.offer(incident(), NOON);
      expect(outcomes(desk)).toEqual(['told: at once']);
    }
  });

  it('does not hide what somebody else takes part in, nor where not all are listed', () => {
    const desk = deskWith();
    desk.mute({ ...request, match: { address: '203.0.113.0/24' } }, NOON);
    const many = Array.from({ length: 20 }, (_, i) => `203.0.113.${i}`);
    desk.offer(incident({ entities: { 'source.address': ['203.0.113.9', '198.51.100.7'] } }), NOON);
    desk.offer(incident({ entities: { 'source.address': many } }), NOON);
    desk.offer(incident({ entities: {} }), NOON);
    expect(desk.due()).toHaveLength(3);
  });

  it('hides no login unless it says so', () => {
    const desk = deskWith();
    desk.mute({ ...request, match: { user: 'pi' } }, NOON);
    desk.offer(loggedIn(), NOON);
    expect(outcomes(desk)).toEqual(['told: at once']);
    desk.mute({ ...request, match: { user: 'pi' }, successes: true }, NOON);
    desk.offer(loggedIn(), NOON);
    expect(outcomes(desk)).toEqual(['told: at once', 'hidden: muted by anna: known']);
  });

  it('lets through an attack that it hid once somebody gets in', () => {
    const desk = deskWith();
    desk.mute({ ...request, match: { rule: 'ssh-brute-force-address' } }, NOON);
    const one = incident();
    desk.offer(one, NOON);
    desk.offer(later(one, { success: true, level: 'critical' }), NOON);
    expect(outcomes(desk)).toEqual(['hidden: muted by anna: known', 'told: at once']);
  });

  it('is over when it expires or is lifted', () => {
    const desk = deskWith();
    const mute = desk.mute({ ...request, match: { user: 'pi' } }, NOON);
    const lifted = desk.mute({ ...request, match: { host: 'node2' } }, NOON);
    expect(desk.mutes(NOON)).toHaveLength(2);
    expect(desk.unmute(lifted.id)).toEqual(lifted);
    expect(desk.unmute(lifted.id)).toBeNull();
    expect(desk.mutes(mute.expiresUs - 1)).toEqual([mute]);
    expect(desk.mutes(mute.expiresUs)).toEqual([]);
    desk.offer(incident({ lastUs: mute.expiresUs }), mute.expiresUs);
    expect(outcomes(desk)).toEqual(['told: at once']);
  });

  it.each([
    ['without a reason', { reason: '  ' }, 'reason'],
    ['by nobody', { by: '' }, 'who'],
    ['of everything', { match: {} }, 'names'],
    ['of an address that is none', { match: { address: 'x' } }, 'neither'],
    ['that is over', { expiresUs: NOON }, 'future'],
    ['for ever', { expiresUs: NOON + 91 * DAY_US }, '90 days'],
    ['until no time at all', { expiresUs: Number.NaN }, 'future'],
  ])('%s is refused', (_, parts, words) => {
    const desk = deskWith();
    expect(() => desk.mute({ ...request, match: { user: 'pi' }, ...parts }, NOON)).toThrow(words);
    expect(desk.mutes(NOON)).toEqual([]);
  });
});
