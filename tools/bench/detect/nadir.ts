import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../../apps/nadir/package.json' with { type: 'json' };
import type { Contender } from './contender.ts';
import { timed } from './timed.ts';

const BUNDLE = join(import.meta.dirname, '../../../apps/nadir/dist/nadir.mjs');

/** `nadir replay`: parsing and every detector, as a cluster runs them (the production bundle). */
export const NADIR: Contender = {
  name: `nadir ${manifest.version}`,
  async run(log, dir) {
    const out = join(dir, 'nadir.ndjson');
    const run = await timed([process.execPath, BUNDLE, 'replay', log, '--json'], { dir, out });
    const found = new Set<string>();
    for (const line of readFileSync(out, 'utf8').split('\n')) {
      if (!line.startsWith('{"type":"detection"')) continue;
      const { rule, level, entities } = JSON.parse(line) as {
        rule: string;
        level: string;
        entities: Record<string, string>;
      };
      const address = entities['source.address'];
      // A first login is worth a line, not an alarm.
      if (
        address !== undefined &&
        level !== 'informational' &&
        level !== 'low' &&
        rule !== 'login-new-address'
      )
        found.add(address);
    }
    return { ...run, found };
  },
};
