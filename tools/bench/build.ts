import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The production bundles, built anew: benchmarks measure what a cluster runs. */
export function build(): void {
  for (const app of ['tom', 'nadir']) {
    execFileSync(process.execPath, [join(root, 'tools/bundle.ts'), app], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
}
