import { describe, expect, it } from 'vitest';
import { detect, Lines, rulesOf } from './lines.ts';

const ATTACKER = '203.0.113.9';

function attack(count: number, secondsApart: number, user = 'root'): Lines {
  const lines = new Lines();
  for (let i = 0; i < count; i++) lines.failed(user, ATTACKER, 100 + i).wait(secondsApart);
  return lines;
}

describe('ssh brute force per address', () => {
  it('is reported at the fifth failure within ten minutes, naming address, account and lines', () => {
    const [found, ...more] = detect(attack(5, 60));
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      rule: 'ssh-brute-force-address',
      version: 1,
      entities: { 'source.address': ATTACKER, 'user.name': 'root', 'host.name': 'node1' },
      techniques: ['T1110.001'],
      evidenceCount: 5,
    });
    expect(found!.evidence).toHaveLength(5);
    expect(found!.reason).toContain('5 times within 4 minutes');
  });

  it('is not reported for four failures, nor for five spread over an hour', () => {
    expect(detect(attack(4, 1))).toEqual([]);
    expect(detect(attack(5, 700))).toEqual([]);
  });

  it('grows by versions of the same id while it goes on, not by an alert a line', () => {
    const found = detect(attack(100, 1)).filter((d) => d.rule === 'ssh-brute-force-address');
    expect(found.map((d) => d.evidenceCount)).toEqual([5, 10, 20, 40, 80]);
    expect(new Set(found.map((d) => d.id)).size).toBe(1);
    expect(found.map((d) => d.version)).toEqual([1, 2, 3, 4, 5]);
  });

  it('is another detection when the address comes back after a quiet window', () => {
    const lines = attack(5, 1).wait(3600);
    for (let i = 0; i < 5; i++) lines.failed('root', ATTACKER, 900 + i).wait(1);
    const ids = detect(lines)
      .filter((d) => d.rule === 'ssh-brute-force-address')
      .map((d) => d.id);
    expect(new Set(ids).size).toBe(2);
  });

  it('is found when it is slow, over hours', () => {
    expect(rulesOf(detect(attack(15, 1500)))).toEqual(['ssh-brute-force-address-slow']);
  });

  it('leaves allowed addresses out, by address and by CIDR', () => {
    expect(detect(attack(50, 1), { allow: ['203.0.113.0/24'] })).toEqual([]);
    expect(detect(attack(50, 1), { allow: [ATTACKER] })).toEqual([]);
    expect(detect(attack(50, 1), { allow: ['2001:db8::/32'] })).not.toEqual([]);
  });

  it('counts a repeated line as often as it says', () => {
    const lines = new Lines().failed('root', ATTACKER, 1).failed('root', ATTACKER, 1, { 'event.count': 4 });
    expect(rulesOf(detect(lines))).toEqual(['ssh-brute-force-address']);
  });
});

describe('what counts as one attempt', () => {
  it('counts Invalid user and the Failed line after it once', () => {
    const lines = new Lines();
    for (let pid = 1; pid <= 4; pid++) {
      lines
        .invalid('admin', ATTACKER, pid)
        .failed('admin', ATTACKER, pid, { 'event.reason': 'invalid_user' });
      lines.closedPreauth('admin', ATTACKER, pid).wait(1);
    }
    expect(detect(lines)).toEqual([]);
    lines.invalid('admin', ATTACKER, 5);
    expect(rulesOf(detect(lines))).toEqual(['ssh-brute-force-address']);
  });

  it('counts a connection that ends while authenticating, on hosts that take no passwords', () => {
    const lines = new Lines();
    for (let pid = 1; pid <= 5; pid++) lines.closedPreauth('root', ATTACKER, pid).wait(1);
    expect(rulesOf(detect(lines))).toEqual(['ssh-brute-force-address']);
  });

  it('does not take an agent that offers nine keys before the right one for an attack', () => {
    const lines = new Lines();
    for (let key = 0; key < 9; key++) lines.failed('pi', '192.0.2.7', 77, { 'auth.method': 'publickey' });
    lines.accepted('pi', '192.0.2.7', 77);
    expect(rulesOf(detect(lines))).toEqual(['login-new-address']);
  });
});

describe('ssh brute force per account', () => {
  it('is reported when several addresses share the work, none loud by itself', () => {
    const lines = new Lines();
    for (let i = 0; i < 6; i++) lines.failed('root', `198.51.100.${i}`, i).wait(30);
    const found = detect(lines);
    expect(rulesOf(found)).toEqual(['ssh-brute-force-account']);
    expect(found[0]!.entities).toMatchObject({ 'user.name': 'root' });
  });
});

describe('user enumeration', () => {
  it('needs five names that do not exist', () => {
    const four = new Lines();
    for (const name of ['a', 'b', 'c', 'd']) four.invalid(name, ATTACKER, 1).wait(1);
    expect(rulesOf(detect(four))).not.toContain('ssh-user-enumeration');
    const five = new Lines();
    for (const [i, name] of ['a', 'b', 'c', 'd', 'e'].entries()) five.invalid(name, ATTACKER, i).wait(1);
    expect(rulesOf(detect(five))).toContain('ssh-user-enumeration');
  });
});

describe('logins', () => {
  it('reports a success after as many failures as an attacker makes, with the failures as evidence', () => {
    const found = detect(attack(6, 2, 'pi').accepted('pi', ATTACKER, 999)).find(
      (d) => d.rule === 'ssh-success-after-failures',
    );
    expect(found).toMatchObject({
      level: 'critical',
      entities: { 'user.name': 'pi', 'source.address': ATTACKER },
    });
    expect(found!.evidence).toHaveLength(7);
  });

  it('does not alarm about a person who mistypes three times', () => {
    const lines = new Lines().accepted('anna', '192.0.2.7', 1).wait(60);
    for (let i = 0; i < 3; i++) lines.failed('anna', '192.0.2.7', 2).wait(3);
    expect(rulesOf(detect(lines.accepted('anna', '192.0.2.7', 2)))).toEqual(['login-new-address']);
  });

  it('reports each new address low, a new network medium, a known address not', () => {
    const lines = new Lines()
      .accepted('anna', '192.0.2.7', 1)
      .accepted('anna', '192.0.2.7', 2)
      .accepted('anna', '192.0.2.8', 3)
      .accepted('anna', '198.51.100.1', 4);
    expect(detect(lines).map((d) => [d.rule, d.level])).toEqual([
      ['login-new-address', 'low'],
      ['login-new-address', 'low'],
      ['login-new-address', 'low'],
      ['login-new-network', 'medium'],
    ]);
  });

  it('reports a login as root', () => {
    expect(rulesOf(detect(new Lines().accepted('root', '192.0.2.7', 1)))).toContain('root-login');
  });
});

describe('restart in the middle', () => {
  it('gives the same detections with the same ids, wherever the state was saved', async () => {
    const { createEngine, DEFAULT_SETTINGS } = await import('../src/index.ts');
    const lines = attack(12, 20);
    for (let i = 0; i < 6; i++) lines.invalid(`user${i}`, '198.51.100.4', 500 + i);
    lines.accepted('root', ATTACKER, 990).shell('history -c');
    const whole = detect(lines);
    expect(whole.length).toBeGreaterThan(4);
    for (let cut = 0; cut <= lines.all.length; cut++) {
      const out: unknown[] = [];
      const first = createEngine(DEFAULT_SETTINGS);
      for (const record of lines.all.slice(0, cut)) first.observe(record, (d) => out.push(d));
      const second = createEngine(DEFAULT_SETTINGS);
      expect(second.restore(JSON.parse(JSON.stringify(first.snapshot())))).toBe(true);
      for (const record of lines.all.slice(cut)) second.observe(record, (d) => out.push(d));
      expect(out).toEqual(whole);
    }
  });
});
