import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { Usual } from '../usual.ts';
import { quoteName } from '../wording.ts';
import { containerOf, entitiesOf } from './container.ts';
import { noteLine } from './note-lines.ts';

const RULE = 'container-secret-read';
const TITLE = 'Secrets read from a container';
const LEARN_US = 24 * 3_600e6;
/** Where Docker puts secrets, and all environment at once, which often holds them. */
const SECRET_FILES = /(?:^|[\s'"=<(])\/(?:var\/)?run\/secrets(?:\/|\b)/;
const ENVIRONMENT =
  /(?:^|[\s'"(/;&|])(?:printenv|env|export -p)\s*(?:$|['")|;&>])|\/proc\/(?:1|self)\/environ\b/;

/**
 * A command run in a container names its secrets, or prints its whole environment. The same command in the same service
 * is told of once: backups do that every night.
 */
export function secretRead(): Detector {
  const usual = new Usual({ learnUs: LEARN_US, keys: 5_000 });
  return {
    rule: RULE,
    about: [ABOUT],
    wants: ['container_exec'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const command = event['process.command_line'] ?? '';
      const files = SECRET_FILES.test(command);
      if (!files && !ENVIRONMENT.test(command)) return;
      const container = containerOf(event);
      const host = event['host.name'] ?? record.origin.host;
      if (usual.see('cluster', `${container.name}\0${command.slice(0, 200)}`, record.timeUs) === 'usual')
        return;
      report(
        single(
          { rule: RULE, title: TITLE, level: files ? 'medium' : 'low', techniques: ['T1552.001', 'T1609'] },
          record,
          known(entitiesOf(event, host)),
          `On ${host}, somebody ran ${quoteName(command)} in a container of ${quoteName(container.words)}: that reads ` +
            `${files ? 'its secrets' : 'its environment, which often holds secrets'}. This command was never run in it before. ` +
            'Next: if it was none of you, change those secrets, and find out who may use Docker on this node.',
        ),
      );
    },
    snapshot: () => usual.snapshot(),
    restore: (state) => usual.restore(state),
  };
}

const exec = (command: string) =>
  noteLine('container_exec', 48, {
    'container.name': 'db',
    'container.image.name': 'postgres:16',
    'process.command_line': command,
    'container.exec.tty': false,
  });

const ABOUT: RuleAbout = {
  rule: RULE,
  title: TITLE,
  levels: ['low', 'medium'],
  techniques: ['T1552.001', 'T1609'],
  source: "Docker's events (exec): the command as it was given, not what is typed in a shell",
  why: 'A command that was run in a container names /run/secrets, or prints its environment.',
  falsePositives: ['A backup that takes its password from there; told of once for a command and service'],
  next: 'If it was none of you, change those secrets, and find out who may use Docker on this node.',
  keeps: '5,000 commands by service; the one that was not run for longest is forgotten first.',
  examples: {
    match: [
      { name: 'the files of secrets', format: 'tom-note', log: exec('cat /run/secrets/db_password') },
      { name: 'the environment', format: 'tom-note', log: exec('/bin/sh -c env') },
    ],
    ignore: [
      { name: 'env to set a variable', format: 'tom-note', log: exec('env PGUSER=app psql -c "select 1"') },
    ],
  },
};
