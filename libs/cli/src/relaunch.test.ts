import { describe, expect, it } from 'vitest';
import { type Relaunchable, relaunch } from './relaunch.ts';

function fake(execArgv: string[]): { process: Relaunchable; calls: unknown[][] } {
  const calls: unknown[][] = [];
  const process: Relaunchable = {
    argv: ['/usr/bin/node', '/opt/app.mjs', 'serve', '--config', 'x'],
    execArgv,
    execPath: '/usr/bin/node',
    env: { HOME: '/home/pi' },
    execve: ((...args: unknown[]) => calls.push(args)) as unknown as NonNullable<NodeJS.Process['execve']>,
  };
  return { process, calls };
}

describe('a process with other flags', () => {
  it('is the same command with the flags before it', () => {
    const { process, calls } = fake(['--enable-source-maps']);
    expect(relaunch(process, { flags: ['--a=1', '--b'], env: { X: '1' } })).toBe(true);
    expect(calls).toEqual([
      [
        '/usr/bin/node',
        ['/usr/bin/node', '--a=1', '--b', '--enable-source-maps', '/opt/app.mjs', 'serve', '--config', 'x'],
        { HOME: '/home/pi', X: '1' },
      ],
    ]);
  });

  it('is left alone when it has them, or cannot be replaced', () => {
    const { process, calls } = fake(['--a=1', '--b']);
    expect(relaunch(process, { flags: ['--a=1', '--b'] })).toBe(false);
    const { execve: _, ...bare } = fake([]).process;
    expect(relaunch(bare, { flags: ['--a=1'] })).toBe(false);
    expect(calls).toEqual([]);
  });
});
