import { cidr, duration } from '@suite/config';
import { DEFAULT_SETTINGS } from '@suite/detection';
import { z } from 'zod';

const count = (description: string, value: number) =>
  z.int().min(1).max(1_000_000).describe(description).prefault(value);
const span = (description: string, value: string) =>
  duration({ minMs: 1000, maxMs: 2_592_000_000 }).describe(description).prefault(value);

/** Thresholds of the detectors. */
export const detection = z.strictObject({
  allow: z.array(cidr()).describe('Addresses and networks that never count as attackers.').prefault([]),
  ssh: z
    .strictObject({
      failures: count(
        'Failed logins within `window` that make a brute force, per address and per account.',
        5,
      ),
      window: span('Time in which `failures` are counted.', '10m'),
      slow_failures: count('The same for the patient: failed logins within `slow_window`.', 15),
      slow_window: span('Time in which `slow_failures` are counted.', '12h'),
      unknown_users: count(
        'Different account names that do not exist, from one address, within `window`.',
        5,
      ),
      spray_accounts: count(
        'Different accounts that exist, tried a few times each from one address, within `slow_window`.',
        5,
      ),
      unfinished: count(
        'Connections of one address that end before they say who they are, within `window`; ten times as many from private addresses.',
        20,
      ),
    })
    .prefault({}),
  sudo: z
    .strictObject({
      failures: count('Refused sudo calls of one account within `detection.ssh.window`.', 3),
    })
    .prefault({}),
  rules: z
    .strictObject({
      dir: z
        .string()
        .min(1)
        .max(4096)
        .describe(
          'Folder of your own Sigma rules (`*.yml`), folders in it too. Watched: a change is live within seconds, a file that does not hold leaves its last good version in force.',
        )
        .optional(),
      disable: z
        .array(z.string().min(1).max(200))
        .describe('Rules that are not to speak, by the name of their detections.')
        .prefault([]),
      placeholders: z
        .record(z.string().min(1).max(100), z.array(z.string().max(1000)).max(10_000))
        .describe('What `%name%` stands for in rules that use the modifier `expand`.')
        .prefault({}),
    })
    .prefault({}),
  web: z
    .strictObject({
      trusted_proxies: z
        .array(cidr())
        .describe(
          'Proxies whose word on the client (X-Forwarded-For) is believed. Their own addresses are never named as attackers.',
        )
        .prefault([...DEFAULT_SETTINGS.web.trustedProxies]),
      window: span('Time in which the requests below are counted, per client.', '5m'),
      probes: count('Different pages that do not exist, asked for by one client.', 12),
      not_found: count('Requests for what does not exist, by one client.', 100),
      denied: count('Refusals (401, 403) of one client that is let in hardly ever.', 20),
      requests_per_minute: count('Requests of one client within a minute that are never a flood.', 3000),
    })
    .prefault({}),
  firewall: z
    .strictObject({
      ports: count('Different ports of one host, tried by one address within `window`.', 10),
      hosts: count('Different hosts, tried by one address on one port within `window`.', 5),
      window: span('Time in which `ports` and `hosts` are counted.', '10m'),
      slow_window: span('Time in which twice as many ports make a slow scan.', '24h'),
      packets_per_minute: count('Blocked packets of one address to one port within a minute.', 300),
    })
    .prefault({}),
  node_silent_after: span('Silence after which a node is reported.', '5m'),
});
