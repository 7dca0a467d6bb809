import { describeEffective } from '@suite/config';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exampleConfig, load } from './example-config.ts';

it('shows every value with its source, secrets masked', async () => {
  const loaded = await load({
    yaml: 'token: long-enough-secret\nstore: x://influx\nagents:\n  - name: a\n    token_file: /t\nlisten: 127.0.0.1:1\n',
    env: { EX_HTTP_PORT: '80', EX_ALLOW: '::1' },
    files: { '/t': 'tttttttttttt' },
  });
  expect(describeEffective(exampleConfig, loaded)).toBe(`http:
  host: 127.0.0.1 # default
  port: 80 # EX_HTTP_PORT
token: '***' # dir/ex.yml:1
store:
  kind: influx # dir/ex.yml:2
  retention:
    age: 30d # default
    size: 10GiB # default
  # password: not set
agents: # dir/ex.yml:4
  - name: a # dir/ex.yml:4
    token: '***' # /t
allow: # EX_ALLOW
  - ::1
listen: 127.0.0.1:1 # dir/ex.yml:6
mode: auto # default
rate: 5 # default
max_lines: 1 # default
max:
  lines: 2 # default
labels: [] # default
`);
  expect(loaded.config.allow).toEqual(['::1']);
});

it('loads again to the same configuration, whatever the values', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { maxLength: 4 }),
      fc.string({ maxLength: 20 }),
      fc.nat(1e9),
      fc.nat(1e12),
      async (labels, name, age, size) => {
        const given = {
          labels,
          agents: [{ name, token: 'x' }],
          store: { retention: { age: `${age}ms`, size } },
        };
        const first = await load({ yaml: JSON.stringify(given) });
        const again = await load({ yaml: describeEffective(exampleConfig, first) });
        const masked = {
          ...first.config,
          agents: first.config.agents.map((agent) => ({ ...agent, token: '***' })),
        };
        expect(again.config).toEqual(masked);
      },
    ),
    { numRuns: 100 },
  );
});
