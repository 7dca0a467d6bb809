import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Runs a writer in a process of its own that commits for ever, and kills it with SIGKILL right after it said
 * that `commits` commits are durable.
 * @returns the position that it had said last.
 */
export function runUntilKilled(kind: 'sqlite' | 'influx', target: string, commits: number): Promise<number> {
  const program = fileURLToPath(new URL('./commit-forever.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, kind, target], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let errors = '';
    child.stderr.on('data', (data: Buffer) => {
      errors += data.toString();
    });
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      if (said.split('\n').length > commits) child.kill('SIGKILL');
    });
    child.once('error', reject);
    child.once('close', (_, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`the writer ended by itself: ${errors}`));
      else resolve(Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1)));
    });
  });
}
