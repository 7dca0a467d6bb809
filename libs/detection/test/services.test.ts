import { describe, expect, it } from 'vitest';
import { detect, Lines, rulesOf } from './lines.ts';

function login(
  lines: Lines,
  outcome: 'success' | 'failure',
  user: string,
  address: string,
  service = 'nextcloud',
) {
  return lines.add({
    'event.action': 'service_login',
    'event.outcome': outcome,
    'user.name': user,
    'source.address': address,
    'service.name': service,
  });
}

const loud = (lines: Lines) =>
  rulesOf(detect(lines).filter((d) => d.level !== 'low' && d.level !== 'informational'));

describe('logins to services', () => {
  it('tells a telephone with an old password low, and its renewed password low', () => {
    const lines = login(new Lines(), 'success', 'anna', '192.0.2.7').wait(DAY);
    for (let i = 0; i < 200; i++) login(lines, 'failure', 'anna', '192.0.2.7').wait(300);
    login(lines, 'success', 'anna', '192.0.2.7');
    expect(loud(lines)).toEqual([]);
    expect(rulesOf(detect(lines))).toContain('service-success-after-failures');
  });

  it('tells the same from a strange address medium, and the login after it high', () => {
    const lines = login(new Lines(), 'success', 'anna', '192.0.2.7').wait(DAY);
    for (let i = 0; i < 20; i++) login(lines, 'failure', 'anna', '203.0.113.9').wait(60);
    expect(loud(lines)).toEqual(['service-brute-force-address']);
    login(lines, 'success', 'anna', '203.0.113.9');
    expect(detect(lines).find((d) => d.rule === 'service-success-after-failures')).toMatchObject({
      level: 'high',
      entities: { 'source.address': '203.0.113.9', 'user.name': 'anna', 'service.name': 'nextcloud' },
    });
  });

  it('finds spraying that changes from service to service', () => {
    const lines = new Lines();
    for (const [i, user] of ['anna', 'jo', 'maria', 'sven', 'eva'].entries())
      login(lines, 'failure', user, '203.0.113.9', ['dovecot', 'nextcloud', 'gitea'][i % 3]!).wait(3600);
    expect(loud(lines)).toEqual(['service-password-spraying']);
  });

  it('counts per service: three slips on each of three services are no attack', () => {
    const lines = new Lines();
    for (const service of ['dovecot', 'nextcloud', 'gitea'])
      for (let i = 0; i < 3; i++) login(lines, 'failure', 'anna', '192.0.2.7', service).wait(20);
    expect(loud(lines)).toEqual([]);
  });

  it('leaves allowed addresses out', () => {
    const lines = new Lines();
    for (let i = 0; i < 50; i++) login(lines, 'failure', `u${i}`, '203.0.113.9').wait(2);
    expect(detect(lines, { allow: ['203.0.113.0/24'] })).toEqual([]);
  });
});

const DAY = 86_400;
