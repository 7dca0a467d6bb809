import { cidr, duration, secret } from '@suite/config';
import { z } from 'zod';

/**
 * Rules whose `source.address` is an attacker. No login is among them: who got in may be the owner, after a bad morning.
 * What is reported as low (an old password at a known place) bans nobody, whichever rule it is.
 */
export const BANNING_RULES: readonly string[] = [
  'ssh-brute-force-address',
  'ssh-brute-force-address-slow',
  'ssh-user-enumeration',
  'ssh-password-spraying',
  'ssh-preauth-flood',
  'service-brute-force-address',
  'service-brute-force-address-slow',
  'service-password-spraying',
  'web-scanner',
  'web-scanner-named',
  'web-known-exploit',
  'web-command-injection',
  'web-sql-injection',
  'web-file-inclusion',
  'web-path-traversal',
  'web-log4shell',
  'web-shell-used',
  'web-admin-pages-probed',
  'web-wordpress-login-flood',
  'port-scan',
  'host-scan',
];

const bouncers = z
  .array(
    z.strictObject({
      name: z
        .string()
        .regex(/^[A-Za-z0-9._-]{1,64}$/, 'expected 1 to 64 letters, digits, dots, dashes or underscores')
        .describe('What the bouncer is called in logs.'),
      key: secret({ minLength: 16 }).describe('The API key that it sends as `X-Api-Key`.'),
    }),
  )
  .superRefine((value, context) => {
    for (const [index, { name }] of value.entries()) {
      if (value.findIndex((other) => other.name === name) === index) continue;
      context.addIssue({ code: 'custom', path: [index, 'name'], message: 'another bouncer has this name' });
    }
  });

/** Who is not let in: decisions for CrowdSec's bouncers. */
export const decisions = z
  .strictObject({
    enabled: z
      .boolean()
      .describe("Decide on bans and answer CrowdSec's bouncers under `/v1/decisions`.")
      .prefault(false),
    bouncers: bouncers.describe('The programs that may ask, each with a key of its own.').prefault([]),
    rules: z
      .array(z.string().regex(/^[a-z0-9-]{1,128}\*?$/, 'expected a rule name, which may end in *'))
      .describe('Rules that ban the address they name.')
      .prefault([...BANNING_RULES]),
    duration: duration({ minMs: 10_000, maxMs: 31_536_000_000 })
      .describe('How long the first ban of an address holds; each further one within 30 days twice as long.')
      .prefault('4h'),
    longest: duration({ minMs: 10_000, maxMs: 31_536_000_000 }).describe('No ban is longer.').prefault('7d'),
    allow: z
      .array(cidr())
      .describe('Addresses and networks that are never banned, besides `detection.allow`.')
      .prefault([]),
    ban_private: z
      .boolean()
      .describe('Let private addresses be banned too (never those of this machine and of the agents).')
      .prefault(false),
    max_active: z
      .int()
      .min(1)
      .max(1_000_000)
      .describe('Bans at once; beyond it the one that runs out first makes room.')
      .prefault(50_000),
  })
  .superRefine((value, context) => {
    if (!value.enabled || value.bouncers.length > 0) return;
    const message = 'nobody could ask for the decisions; name a bouncer and its key_file';
    context.addIssue({ code: 'custom', path: ['bouncers'], message });
  });
