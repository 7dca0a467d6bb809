import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { freePort } from '../../harness/free-port.ts';
import { provideUnpacked } from '../unpacked.ts';
import type { Contender } from './contender.ts';
import { timed } from './timed.ts';

/** What its package ships for sshd: the parsers that the scenarios need, and the two brute-force scenarios. */
const PARTS = {
  parsers: [
    's00-raw/crowdsecurity/syslog-logs.yaml',
    's01-parse/crowdsecurity/sshd-logs.yaml',
    's02-enrich/crowdsecurity/dateparse-enrich.yaml',
  ],
  scenarios: ['crowdsecurity/ssh-bf.yaml', 'crowdsecurity/ssh-slow-bf.yaml'],
} as const;

/** CrowdSec from Debian, its sshd collection, local API on loopback, no hub and no central API; null without it. */
export function crowdsec(): Contender | null {
  const root = provideUnpacked('crowdsec');
  if (root === null) return null;
  const program = join(root, 'usr/bin/crowdsec');
  const version = /version: v?(\S+)/.exec(spawnSync(program, ['-version'], { encoding: 'utf8' }).stderr)?.[1];
  return {
    name: `CrowdSec ${version?.replace(/-.*/, '') ?? ''}`.trim(),
    async run(log, dir) {
      const home = join(dir, 'crowdsec');
      const config = setUp(root, home, await freePort());
      execFileSync(
        join(root, 'usr/bin/cscli'),
        ['-c', config, 'machines', 'add', 'bench', '--password', 'bench-on-loopback', '--force'],
        { stdio: 'ignore' },
      );
      const argv = [program, '-c', config, '-dsn', `file://${log}`, '-type', 'syslog'];
      const run = await timed(argv, { dir: home, out: join(home, 'out.txt') });
      const db = new DatabaseSync(join(home, 'data/crowdsec.db'), { readOnly: true });
      const found = new Set(
        db
          .prepare('SELECT DISTINCT value FROM decisions')
          .all()
          .map(({ value }) => String(value)),
      );
      db.close();
      return { ...run, found };
    },
  };
}

function setUp(root: string, home: string, port: number): string {
  const hub = join(root, 'usr/share/crowdsec/hub');
  const etc = join(home, 'etc');
  for (const folder of ['data', 'hub', 'plugins', 'etc/notifications', 'etc/postoverflows', 'etc/scenarios'])
    mkdirSync(join(home, folder), { recursive: true });
  for (const file of PARTS.parsers) {
    const [stage = '', , name = ''] = file.split('/');
    cpSync(join(hub, 'parsers', file), join(etc, 'parsers', stage, name));
  }
  for (const file of PARTS.scenarios)
    cpSync(join(hub, 'scenarios', file), join(etc, 'scenarios', file.split('/')[1]!));
  for (const name of ['patterns', 'simulation.yaml', 'profiles.yaml'])
    cpSync(join(root, 'etc/crowdsec', name), join(etc, name), { recursive: true });
  writeFileSync(
    join(home, 'hub/.index.json'),
    JSON.stringify({ parsers: {}, scenarios: {}, collections: {}, postoverflows: {} }),
  );
  writeFileSync(join(etc, 'acquis.yaml'), '');
  const config = join(home, 'config.yaml');
  writeFileSync(
    config,
    `common: { daemonize: false, log_media: stdout, log_level: warning, working_dir: ${home} }
config_paths: { config_dir: ${etc}, data_dir: ${home}/data, simulation_path: ${etc}/simulation.yaml, hub_dir: ${home}/hub, index_path: ${home}/hub/.index.json, notification_dir: ${etc}/notifications, plugin_dir: ${home}/plugins }
crowdsec_service: { acquisition_path: ${etc}/acquis.yaml, parser_routines: 1 }
cscli: { output: human }
db_config: { log_level: error, type: sqlite, use_wal: true, db_path: ${home}/data/crowdsec.db, flush: { max_items: 1000000, max_age: 3650d } }
plugin_config: { user: nobody, group: nogroup }
api:
  client: { insecure_skip_verify: false, credentials_path: ${etc}/local_api_credentials.yaml }
  server: { log_level: error, listen_uri: "127.0.0.1:${port}", profiles_path: ${etc}/profiles.yaml }
prometheus: { enabled: false }
`,
  );
  return config;
}
