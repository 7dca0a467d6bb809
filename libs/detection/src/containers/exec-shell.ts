import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { Usual } from '../usual.ts';
import { quoteName } from '../wording.ts';
import { containerOf, entitiesOf } from './container.ts';
import { noteLine } from './note-lines.ts';

const RULE = 'container-exec-shell';
const TITLE = 'Shell in a container';
const LEARN_US = 24 * 3_600e6;
/** A shell that is given nothing to do but to wait for what is typed. */
const SHELL = /^(?:\/\S*\/)?(?:ba|da|a|z|k)?sh(?:\s+-[il]+|\s+--login)*$/;

/**
 * Somebody opened a shell in a container: low, and told of once for a service and node; medium where the shell has all
 * rights (`--privileged`). Commands that are run in containers without a shell to type in are not told of here.
 */
export function execShell(): Detector {
  const usual = new Usual({ learnUs: LEARN_US, keys: 5_000 });
  return {
    rule: RULE,
    about: [ABOUT],
    wants: ['container_exec'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const command = (event['process.command_line'] ?? '').trim();
      const host = event['host.name'] ?? record.origin.host;
      const container = containerOf(event);
      const isPrivileged = container.risks.includes('privileged');
      if (!SHELL.test(command)) return;
      const sight = usual.see(host, `${container.name}${isPrivileged ? ' privileged' : ''}`, record.timeUs);
      if (sight === 'usual') return;
      const level = isPrivileged ? 'medium' : 'low';
      const typed =
        event['container.exec.tty'] === true ? 'an interactive shell' : 'a shell without a terminal';
      const user = event['user.name'] === undefined ? '' : ` as ${quoteName(event['user.name'])}`;
      report(
        single(
          { rule: RULE, title: TITLE, level, techniques: ['T1609'] },
          record,
          known(entitiesOf(event, host)),
          `On ${host}, somebody opened ${typed} (${quoteName(command)})${user} in a container of ${quoteName(container.words)}` +
            `${isPrivileged ? ', with all rights' : ''}. Nobody did that in it before. Next: nothing if it was one of you; ` +
            'else find out who may use Docker on this node.',
        ),
      );
    },
    snapshot: () => usual.snapshot(),
    restore: (state) => usual.restore(state),
  };
}

const exec = (command: string, more: object = {}) =>
  noteLine('container_exec', 48, {
    'container.name': 'db',
    'container.image.name': 'postgres:16',
    'process.command_line': command,
    'container.exec.tty': true,
    ...more,
  });

const ABOUT: RuleAbout = {
  rule: RULE,
  title: TITLE,
  levels: ['low', 'medium'],
  techniques: ['T1609'],
  source: "Docker's events (exec)",
  why: 'A shell was opened in a running container. That is how people look after containers, and how somebody who may use Docker moves into them.',
  falsePositives: ['One of you at work; told of once for a service and node'],
  next: 'Nothing if it was one of you; else find out who may use Docker on this node.',
  keeps: '5,000 services by node; the one whose shells were not seen for longest is forgotten first.',
  examples: {
    match: [
      { name: 'docker exec -it db bash', format: 'tom-note', log: exec('bash') },
      {
        name: 'docker exec --privileged',
        format: 'tom-note',
        log: exec('/bin/sh', { 'container.risk': ['privileged'] }),
      },
    ],
    ignore: [
      { name: 'a command', format: 'tom-note', log: exec('pg_dump -U postgres app') },
      { name: 'a shell that runs a script', format: 'tom-note', log: exec('/bin/sh -c pg_isready') },
    ],
  },
};
