import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { Usual } from '../usual.ts';
import { quoteName } from '../wording.ts';
import { containerOf, entitiesOf } from './container.ts';
import { noteLine, ORDINARY } from './note-lines.ts';

const RULE = 'container-new-image';
const TITLE = 'New image on the cluster';
const LEARN_US = 24 * 3_600e6;

/** A container of an image that no node of the cluster ran before, whatever its version. Level low. */
export function newImage(): Detector {
  const usual = new Usual({ learnUs: LEARN_US, keys: 5_000 });
  return {
    rule: RULE,
    about: [ABOUT],
    wants: ['container_created', 'container_started'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const container = containerOf(event);
      if (container.image === '' || container.image.startsWith('sha256')) return;
      if (usual.see('cluster', container.image, record.timeUs) !== 'new') return;
      const host = event['host.name'] ?? record.origin.host;
      report(
        single(
          { rule: RULE, title: TITLE, level: 'low', techniques: ['T1204.003', 'T1610'] },
          record,
          known(entitiesOf(event, host)),
          `On ${host}, a container of ${quoteName(container.words)} was made from image ${quoteName(container.image)}, which no node ran ` +
            'before. Next: nothing if one of you deployed it; else look at where the image is from and who may use Docker.',
        ),
      );
    },
    snapshot: () => usual.snapshot(),
    restore: (state) => usual.restore(state),
  };
}

const made = (image: string) =>
  noteLine('container_created', 48, { 'container.name': 'worker', 'container.image.name': image });

const ABOUT: RuleAbout = {
  rule: RULE,
  title: TITLE,
  levels: ['low'],
  techniques: ['T1204.003', 'T1610'],
  source: "Docker's events (containers)",
  why: 'A container runs from an image that no node of this cluster ran before: a new service, or somebody else’s miner.',
  falsePositives: ['A service that was just deployed'],
  next: 'Nothing if one of you deployed it; else look at where the image is from and who may use Docker.',
  keeps:
    '5,000 images without their versions; the one that was not seen for longest is forgotten first. A day of learning.',
  examples: {
    match: [
      {
        name: 'an image nobody ran',
        format: 'tom-note',
        log: `${ORDINARY}\n${made('someone/xmrig:latest')}`,
      },
    ],
    ignore: [
      {
        name: 'another version',
        format: 'tom-note',
        log: `${ORDINARY}\n${made('docker.io/library/ghost:6@sha256:0')}`,
      },
    ],
  },
};
