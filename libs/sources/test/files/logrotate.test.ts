import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Scene, withScene } from './scene.ts';

const LOGROTATE = '/usr/sbin/logrotate';

function configure(scene: Scene, directives: readonly string[]): () => void {
  const config = scene.path('logrotate.conf');
  const body = ['rotate 20', 'missingok', ...directives].map((line) => `  ${line}\n`).join('');
  writeFileSync(config, `${scene.path('app.log')} {\n${body}}\n`, { mode: 0o644 });
  return () => {
    execFileSync(LOGROTATE, ['--force', '--state', scene.path('state'), config], { stdio: 'pipe' });
  };
}

test.skipIf(!existsSync(LOGROTATE)).each([
  ['copytruncate', ['copytruncate']],
  ['copytruncate and compress', ['copytruncate', 'compress']],
  ['copytruncate, compress and delaycompress', ['copytruncate', 'compress', 'delaycompress']],
  ['create and compress', ['create', 'compress']],
  ['create, compress and delaycompress', ['create', 'compress', 'delaycompress']],
  ['create and dateext', ['create', 'dateext', 'dateformat -%Y%m%d-%s', 'compress', 'delaycompress']],
])('every line arrives once through real logrotate with %s, up or down', (_, directives) =>
  withScene(['app.log'], async (scene) => {
    const rotate = configure(scene, directives);
    const written: string[] = [];
    const write = (count: number) => {
      for (let n = 0; n < count; n++) {
        written.push(`line ${written.length}`);
        appendFileSync(scene.path('app.log'), `${written.at(-1)}\n`);
      }
    };
    write(50);
    await scene.run();
    // Two dated rotations within one second would have one name.
    for (const round of directives.includes('dateext') ? [1] : [0, 1, 2, 3]) {
      write(50);
      if (round % 2 === 0) rotate();
      else {
        await scene.restart(() => {
          write(20);
          rotate();
          write(1);
        });
      }
      write(5);
      await scene.settle();
    }
    await scene.quiet();
    expect(scene.sink.texts()).toEqual(written);
    expect(scene.sink.losses).toEqual([]);
    expect(readdirSync(scene.dir).filter((name) => name.startsWith('app.log')).length).toBeGreaterThan(1);
  }),
);
