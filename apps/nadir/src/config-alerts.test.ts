import { loadConfig } from '@suite/config';
import { createAlertDesk, createIncidents } from '@suite/incidents';
import { expect, it } from 'vitest';
import { nadirConfig } from './config.ts';
import { alertSettings, incidentSettings } from './configuration.ts';

async function load(yaml: string) {
  const readFile = async () => ({ bytes: Buffer.from(yaml), mode: 0o600 });
  const { config } = await loadConfig({ definition: nadirConfig, file: 'nadir.yml', env: {}, readFile });
  return config;
}

it('tells what is medium and above, ten times a day, without a file', async () => {
  const config = await load('');
  const settings = alertSettings(config);
  expect(settings).toMatchObject({ minLevel: 'medium', budgetPerDay: 10, digestMinute: 480, quiet: [] });
  expect(() => createAlertDesk(settings)).not.toThrow();
  expect(() => createIncidents(incidentSettings(config))).not.toThrow();
});

it('takes quiet hours, allow-lists and maintenance, weekly and once', async () => {
  const config = await load(`
alerts:
  time_zone: Europe/Berlin
  digest: {at: '07:30'}
  quiet: [{from: '22:00', to: '07:00'}, {days: [sat, sun], from: '00:00', to: '00:00'}]
  allow: {addresses: [192.168.1.0/24], users: [ci]}
  maintenance:
    - {name: updates, days: [mon], from: '02:00', to: '04:00', hosts: [node2]}
    - {name: move, start: '2026-11-20T22:00:00+01:00', end: '2026-11-21T06:00:00+01:00', successes: true}
  incidents: {close_after: 30m, shared_addresses: [10.0.0.2]}
`);
  const settings = alertSettings(config);
  expect(settings.quiet).toEqual([
    { days: [], fromMinute: 1320, toMinute: 420 },
    { days: [6, 0], fromMinute: 0, toMinute: 0 },
  ]);
  expect(settings.maintenance).toEqual([
    {
      kind: 'weekly',
      name: 'updates',
      hosts: ['node2'],
      successes: false,
      window: { days: [1], fromMinute: 120, toMinute: 240 },
    },
    {
      kind: 'once',
      name: 'move',
      hosts: [],
      successes: true,
      fromUs: Date.UTC(2026, 10, 20, 21) * 1000,
      toUs: Date.UTC(2026, 10, 21, 5) * 1000,
    },
  ]);
  const incidents = incidentSettings(config, ['192.168.7.1']);
  expect(incidents).toMatchObject({ quietMs: 1_800_000, timeZone: 'Europe/Berlin' });
  expect(incidents.commonAddresses).toEqual(['192.168.1.0/24', '10.0.0.2', '192.168.7.1']);
});

it.each([
  ['alerts: {time_zone: Mars/Olympus}', /expected a zone such as Europe\/Berlin/],
  ['alerts: {digest: {at: "24:00"}}', /expected a time such as 07:30/],
  ['alerts: {min_level: loud}', /alerts\.min_level/],
  ['alerts: {quiet: [{from: "22:00"}]}', /alerts\.quiet\[0\]\.to is missing/],
  ['alerts: {maintenance: [{name: x}]}', /needs either from and to \(weekly\), or start and end \(once\)/],
  ['alerts: {maintenance: [{name: x, from: "01:00"}]}', /needs either/],
  [
    'alerts: {maintenance: [{name: x, start: "2026-01-02T00:00:00Z", end: "2026-01-01T00:00:00Z"}]}',
    /ends before it begins/,
  ],
  ['alerts: {allow: {addresses: [192.168.1.300]}}', /expected an address or network/],
])('refuses %s', async (yaml, message) => {
  await expect(load(yaml)).rejects.toThrow(message);
});
