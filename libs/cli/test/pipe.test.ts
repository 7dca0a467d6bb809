import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const PROGRAM = fileURLToPath(new URL('./endless-program.ts', import.meta.url));

function start(...argv: readonly string[]) {
  const child = spawn(process.execPath, [PROGRAM, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return { child, stderr: () => stderr };
}

it.each([['lines'], ['lines', '--json']])(
  '%s ends quietly with 0 when its reader leaves',
  async (...argv) => {
    const { child, stderr } = start(...argv);
    const closed = once(child, 'close');
    await once(child.stdout, 'data');
    child.stdout.destroy();
    expect(await closed).toEqual([0, null]);
    expect(stderr()).toBe('');
  },
);

it('ends in order with 130 on SIGINT', async () => {
  const { child, stderr } = start('lines');
  const closed = once(child, 'close');
  await once(child.stdout, 'data');
  child.stdout.resume();
  child.kill('SIGINT');
  expect(await closed).toEqual([130, null]);
  expect(stderr()).toBe('');
});
