import { describe, expect, it } from 'vitest';
import { eventsOf, parseAll } from '../../test/parse-all.ts';
import { SERVICE_SAMPLES } from '../../test/service-samples.ts';
import { SERVICE_FORMATS } from './index.ts';

const AT = Date.UTC(2024, 0, 2, 3, 4, 5) * 1000;
const DAY_US = 86_400_000_000;

/** Their first sample has a time of day without a date, or none at all. */
const UNDATED = new Set(['guacamole', 'immich']);

describe('files that services write themselves', () => {
  it.each(SERVICE_FORMATS.map((format) => format.name).filter((name) => !UNDATED.has(name)))(
    '%s has its own time',
    (name) => {
      const [event] = eventsOf(name, SERVICE_SAMPLES[name]!);
      expect(Math.abs((event!.timeUs ?? 0) - AT)).toBeLessThan(1_000_000);
    },
  );

  it.each([
    [
      'mysql',
      "2024-01-02  3:04:05 12 [Warning] Access denied for user 'a'@'203.0.113.9' (using password: NO)",
    ],
    ['mysql', "240102  3:04:05 [Warning] Access denied for user 'a'@'203.0.113.9' (using password: NO)"],
    ['openvpn', 'Tue Jan  2 03:04:05 2024 203.0.113.9:4711 TLS Error: TLS handshake failed'],
    ['servarr', "2024-01-02 03:04:05.0|Warn|Auth|Auth-Failure ip 203.0.113.9 username 'bob'"],
  ])('reads the stamps of several versions: %s: %s', (name, line) => {
    expect(eventsOf(name, [line])[0]?.timeUs).toBe(AT);
  });

  it('takes a time without a zone as the configured one', () => {
    const line = SERVICE_SAMPLES.vaultwarden![0]!;
    const [event] = eventsOf('vaultwarden', [line], { utcOffsetMinutes: 60 });
    expect(event?.timeUs).toBe(AT + 123_000 - 3_600_000_000);
  });

  it('gives no event to a date that does not exist', () => {
    const line = SERVICE_SAMPLES.vaultwarden![0]!.replace('2024-01-02', '2024-02-30');
    expect(eventsOf('vaultwarden', [line])).toEqual([null]);
  });

  it.each(SERVICE_FORMATS.map((format) => format.name))('%s is found inside a container', (name) => {
    const lines = SERVICE_SAMPLES[name]!.map((text, n) =>
      JSON.stringify({
        log: `${text}\n`,
        stream: 'stdout',
        time: new Date((AT + DAY_US) / 1000 + n).toISOString(),
      }),
    );
    const inner = parseAll(lines).map(({ event }) => event?.['container.log.format']);
    expect(inner.every((format) => format === name)).toBe(true);
  });
});
