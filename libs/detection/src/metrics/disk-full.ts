import type { RuleAbout } from '../about.ts';
import type { Detector } from '../port.ts';
import { quoteName } from '../wording.ts';
import { Alarms, type Verdict } from './alarm.ts';
import { bytesText, shareText } from './amounts.ts';
import { Filesystems, type Fill, fillEntities } from './filesystem.ts';

const RULE = 'disk-full';
const TITLE = 'Disk is almost full';
const LIMITS = [0.9, 0.95] as const;
const CALM = 0.87;

/** A file system is fuller than 90 %, then 95 %, of its space or its inodes; works from the first reading. */
export function diskFull(): Detector {
  const filesystems = new Filesystems();
  const alarms = new Alarms({ rule: RULE, title: TITLE, levels: ['medium', 'high'], afterUs: 60e6 });
  return {
    rule: RULE,
    about: [ABOUT],
    wants: [],
    observe() {},
    sample(sample, report) {
      const fill = filesystems.observe(sample);
      if (fill === null) return;
      const judged = {
        verdict: verdictOf(fill.share),
        entities: fillEntities(fill),
        shown: shareText(fill.share),
        reason: () => reasonOf(fill),
      };
      alarms.judge(fill.key, sample, judged, report);
    },
    snapshot: () => ({ filesystems: filesystems.snapshot(), alarms: alarms.snapshot() }),
    restore(state) {
      const from = (state ?? {}) as { filesystems?: unknown; alarms?: unknown };
      filesystems.restore(from.filesystems);
      alarms.restore(from.alarms);
    },
  };
}

function verdictOf(share: number): Verdict {
  if (share >= LIMITS[1]) return 1;
  if (share >= LIMITS[0]) return 0;
  return share < CALM ? 'calm' : 'between';
}

function reasonOf(fill: Fill): string {
  const where = `${quoteName(fill.mountPoint)} on ${quoteName(fill.host)}`;
  const [what, next] =
    fill.of === 'space'
      ? [
          `is ${shareText(fill.share)} full, ${bytesText(fill.free)} are left`,
          'find what grew (du -xh --max-depth=2, docker system df, journalctl --disk-usage)',
        ]
      : [
          `has used ${shareText(fill.share)} of its inodes, ${fill.free} are left, though there may be space`,
          'find the folder with very many small files (du -x --inodes)',
        ];
  return `${where} ${what}. Up to 90 % counts as usual. Next: ${next}.`;
}

const ABOUT: RuleAbout = {
  rule: RULE,
  title: TITLE,
  levels: ['medium', 'high'],
  techniques: [],
  source: "the agent's measurements of file systems",
  why: 'A file system is fuller than 90 % for a minute, high from 95 % on: of its space as df counts it, or of its inodes. Databases, logs and containers stop when nothing can be written.',
  falsePositives: ['A large disk for media or backups that is meant to be full'],
  next: 'Find what grew and remove or move it; then see why it grew.',
  keeps: '2,000 file systems; the one that was not measured for longest is forgotten first.',
  examples: { testedIn: 'libs/detection/src/metrics/disk.test.ts' },
};
