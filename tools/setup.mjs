// Makes node_modules match the lockfile before `npm start`, `npm test` and `npm run bench`. Plain JavaScript
// without dependencies: on a fresh clone it runs under whatever Node the system has (20 on Debian 12).
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Why node_modules does not match the lockfile, or null when it does. */
function staleness() {
  const installedFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return 'node_modules is missing';
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || !path.startsWith('node_modules/') || entry.link) continue;
    const there = installed[path];
    if (!there && !entry.optional && !entry.peer) return `${path} is not installed`;
    if (there && there.version !== entry.version) return `${path} is ${there.version}, not ${entry.version}`;
  }
  return null;
}

const reason = staleness();
if (reason) {
  process.stderr.write(`Installing what the lockfile names (${reason}) …\n`);
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) {
    process.stderr.write('npm ci failed. Is the npm registry reachable? Try: npm ci\n');
    process.exit(1);
  }
}
