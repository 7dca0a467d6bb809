import type { Evidence } from '@suite/event';
import { BoundedMap } from '../bounded-map.ts';
import { evidenceOf } from '../evidence.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { single } from '../single.ts';
import { plural, quoteName, spanOf } from '../wording.ts';

interface Failures {
  count: number;
  firstUs: number;
  lastUs: number;
  evidence: Evidence[];
}

const SHAPE = {
  rule: 'ssh-success-after-failures',
  title: 'SSH login after many failures',
  level: 'critical',
  techniques: ['T1110', 'T1078'],
} as const;
const ADDRESSES = 20_000;
const LINES = 10;

/**
 * An address that failed as often as an attacker does is let in: the break-in itself. Allow-listed addresses are
 * reported too, since a success is never muted. Somebody who mistypes a few times stays below the threshold.
 * Keeps 20,000 addresses; the one quiet longest is forgotten first. ATT&CK T1110, T1078.
 */
export function successAfterFailures(options: { failures: number; windowMs: number }): Detector {
  const failures = new BoundedMap<Failures>(ADDRESSES);
  const windowUs = options.windowMs * 1000;

  function failed({ record, attempt }: Observation): void {
    const before = failures.get(attempt!.address);
    const fresh = !before || record.timeUs - before.lastUs > windowUs;
    const entry = fresh ? { count: 0, firstUs: record.timeUs, lastUs: record.timeUs, evidence: [] } : before;
    if (fresh) failures.set(attempt!.address, entry);
    entry.count += attempt!.count;
    entry.lastUs = Math.max(entry.lastUs, record.timeUs);
    if (entry.evidence.length < LINES) entry.evidence.push(evidenceOf(record));
  }

  function succeeded({ record, attempt }: Observation, report: Report): void {
    const before = failures.peek(attempt!.address);
    if (!before) return;
    failures.delete(attempt!.address);
    if (before.count < options.failures || record.timeUs - before.lastUs > windowUs) return;
    const entities = {
      'source.address': attempt!.address,
      'user.name': attempt!.user,
      'host.name': attempt!.host,
    };
    const reason =
      `${attempt!.address} failed ${plural(before.count, 'time')} over ${spanOf(before.lastUs - before.firstUs)}, ` +
      `then logged in as ${quoteName(attempt!.user)} on ${attempt!.host}${attempt!.method ? ` by ${attempt!.method}` : ''}. ` +
      'If that was not you: the password is known to somebody. Next: end the session, change the password, ' +
      'read what the session did (search for the user), and allow keys only.';
    report(single(SHAPE, record, entities, reason, before.evidence));
  }

  return {
    rule: SHAPE.rule,
    about: [],
    wants: 'attempt',
    observe(seen: Observation, report: Report) {
      if (!seen.attempt || seen.attempt.address === '') return;
      if (seen.attempt.outcome === 'failure') failed(seen);
      else succeeded(seen, report);
    },
    snapshot: () => failures.snapshot(),
    restore: (state) => failures.restore(state),
  };
}
