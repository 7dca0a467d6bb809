import type { Level } from '@suite/event';
import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { Stories, type StoryShape } from '../stories/story.ts';
import { Usual } from '../usual.ts';
import { listNames, quoteName } from '../wording.ts';
import { containerOf, entitiesOf } from './container.ts';

/** What one kind of risk is, and how it is told of. */
export interface RiskyShape {
  readonly rule: string;
  readonly title: string;
  readonly techniques: readonly string[];
  /** The risks of a container that this rule is about, of all that it has. */
  pick(risks: readonly string[]): readonly string[];
  /** How much they matter in a container that nobody knows. */
  level(picked: readonly string[]): Level;
  /** What they give away, as half a sentence after "can": `read and change the files of the node`. */
  means(picked: readonly string[]): string;
  readonly next: string;
  readonly about: Omit<RuleAbout, 'rule' | 'title' | 'techniques' | 'next' | 'keeps'>;
}

/** All nodes are one cluster: a service that runs on each is one thing. */
const CLUSTER = 'cluster';
const LEARN_US = 24 * 3_600e6;
const DAY_US = 86_400e6;

/**
 * A container with a risk that its service, in that image, never had before. Containers that run when TOM first looks
 * make one list of level low for each node, as does whatever comes within the first day; after it, each is told of once.
 */
export function riskyContainer(shape: RiskyShape): Detector {
  const usual = new Usual({ learnUs: LEARN_US, keys: 10_000 });
  const lists = new Stories(listShape(shape));
  return {
    rule: shape.rule,
    about: [aboutOf(shape)],
    wants: ['container_created', 'container_started'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const learning = usual.isLearning(CLUSTER, record.timeUs);
      const container = containerOf(event);
      const picked = shape.pick(container.risks);
      if (picked.length === 0 || container.name === '') return;
      const host = event['host.name'] ?? record.origin.host;
      const key = [container.name, container.image, ...[...picked].sort()].join('\0');
      const sight = usual.see(CLUSTER, key, record.timeUs);
      if (sight === 'usual') return;
      const risks = picked.map(quoteName).join(', ');
      if (learning) {
        lists.add(host, record, `${container.name} (${risks})`, 1, report);
        return;
      }
      const when = event['event.reason'] === 'at_start' ? 'was found running' : 'was made';
      const reason =
        `On ${host}, a container of ${quoteName(container.words)} from image ${quoteName(container.image)} ${when} with ${risks}: it can ` +
        `${shape.means(picked)}. Until now it had no such rights. Next: ${shape.next}`;
      const { rule, title, techniques } = shape;
      const level = shape.level(picked);
      report(single({ rule, title, level, techniques }, record, known(entitiesOf(event, host)), reason));
    },
    snapshot: () => ({ usual: usual.snapshot(), lists: lists.snapshot() }),
    restore(state) {
      const parts = (state ?? {}) as Record<string, unknown>;
      usual.restore(parts.usual);
      lists.restore(parts.lists);
    },
  };
}

function listShape(shape: RiskyShape): StoryShape {
  return {
    rule: shape.rule,
    title: `${shape.title}: what there is`,
    level: 'low',
    techniques: shape.techniques,
    threshold: 1,
    windowUs: DAY_US,
    distinct: true,
    entities: (host) => ({ 'host.name': host }),
    reason: (host, story) =>
      `On ${host} these containers run with rights beyond their own: ${listNames(story, 20)}. From now on they count as usual, ` +
      'and others are told of. Next: read the list once; take the rights from those that need them not.',
  };
}

function aboutOf(shape: RiskyShape): RuleAbout {
  const { rule, title, techniques, next, about } = shape;
  const keeps =
    '10,000 services with their image and risk; what was not seen for longest is forgotten first. A day of learning, in which one list of level low is made for each node.';
  return { ...about, rule, title, techniques, next, keeps };
}
