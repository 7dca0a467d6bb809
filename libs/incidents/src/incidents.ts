import type { Detection, Incident, LogRecord } from '@suite/event';
import { createCommon } from './common-entities.ts';
import { incidentId } from './incident-id.ts';
import { Joiner } from './join.ts';
import { accountKey, hostKey, type Keys, keysOf, keysOfItself, targetKey } from './keys.ts';
import { RecordWatch } from './record-watch.ts';
import type { IncidentSettings } from './settings.ts';
import { Shelf } from './shelf.ts';
import { type Stage, stageOf } from './stage.ts';
import { absorb } from './story/absorb.ts';
import { incidentOf } from './story/incident-of.ts';
import { merge } from './story/merge.ts';
import { splitOff } from './story/split.ts';
import { newStory, type Story } from './story/story.ts';
import { createWallClock, hourMinute } from './wall-clock.ts';

/** Snapshot layout; a snapshot of another one is not restored. */
const VERSION = 1;
const STORIES = 2_000;
/** How often at most, by the clock handed in, stories are looked through for quiet ones. */
const CLOSE_EVERY_US = 60_000_000;
const TOUCH_EVERY_US = 60_000_000;

export type EmitIncident = (incident: Incident) => void;

/**
 * Makes one incident of all detections that tell one story. Pure and deterministic: the same calls after the same
 * state give the same incidents with the same ids and versions.
 */
export interface Incidents {
  /**
   * One detection, or a newer version of one, in the order of the journal. One that NADIR's own clock raised (a node
   * fell silent) comes at no certain place in the journal: `clock` keeps it an incident of its own.
   */
  observe(detection: Detection, emit: EmitIncident, by?: 'journal' | 'clock'): void;
  /**
   * One record, after its detections. Cheap: only logins over SSH and sudo are looked at, and only for what an open
   * incident involves.
   */
  record(record: LogRecord, emit: EmitIncident): void;
  /**
   * The journal's clock (when a batch was received; in a replay the log's own): closes what has been quiet. Going
   * back changes nothing.
   */
  advance(nowUs: number, emit: EmitIncident): void;
  /** Those that are open, oldest first: for the end of a replay. */
  open(): readonly Incident[];
  /** JSON-serialisable. */
  snapshot(): unknown;
  /** @returns false, and starts empty, when the snapshot is of another version. */
  restore(state: unknown): boolean;
}

/**
 * Keeps 2,000 incidents that can still grow (some KiB each; 100 detections, 50 entries of the time line, 300 keys);
 * the one that was quiet longest is closed and let go first.
 *
 * @throws for an address or a zone in the settings that is none.
 */
export function createIncidents(settings: IncidentSettings): Incidents {
  const common = createCommon(settings);
  const clock = createWallClock(settings.timeZone);
  const timeOf = (timeUs: number) => hourMinute(clock(timeUs));
  const evicted: Story[] = [];
  const shelf = new Shelf(STORIES, (story) => evicted.push(story));
  const joiner = new Joiner(shelf, common, settings);
  let nowUs = 0;
  let closeAtUs = 0;

  const say = (story: Story, emit: EmitIncident): void => {
    story.version += 1;
    story.touchedUs = nowUs;
    emit(incidentOf(story, timeOf));
  };

  const settle = (story: Story, emit: EmitIncident): void => {
    story.closed = false;
    shelf.touch(story);
    say(story, emit);
    for (const gone of evicted.splice(0)) {
      if (gone.closed) continue;
      gone.closed = true;
      say(gone, emit);
    }
  };

  const begin = (id: string, first: { readonly id: string; readonly timeUs: number }): Story =>
    newStory(id, `${String(first.timeUs).padStart(20, '0')}${first.id}`, first.timeUs);

  const index = (story: Story, keys: Keys, stage: Stage, timeUs: number): void => {
    for (const key of keys.strong) shelf.index(key, story);
    if (stage === 'attempt') {
      if (keys.address === '') story.wave = true;
      if (keys.user !== '') {
        const target = targetKey(keys.user);
        if (!joiner.fresh(target, timeUs)?.wave) shelf.index(target, story);
      }
      return;
    }
    if (keys.host === '') return;
    if (keys.user !== '' && (stage === 'access' || story.breakIn))
      shelf.index(accountKey(keys.user, keys.host), story);
    if (story.breakIn) shelf.index(hostKey(keys.host), story);
  };

  const mergeAll = (stories: readonly Story[], emit: EmitIncident): Story | undefined => {
    const [oldest, ...others] = [...stories].sort((a, b) => (a.order < b.order ? -1 : 1));
    for (const other of others) {
      merge(oldest!, other);
      const { keys } = other;
      shelf.remove(other);
      for (const key of keys) shelf.index(key, oldest!);
      say(other, emit);
    }
    return oldest;
  };

  const watch = new RecordWatch({
    joiner,
    common,
    begin(wave, record, address) {
      const own = begin(incidentId({ id: record.id, version: 0 }, address), record);
      splitOff(wave, own, address, record.timeUs);
      return own;
    },
    index: (key, story) => shelf.index(key, story),
    touch(story) {
      // Called for each failed login: a minute more or less is nothing to a quiet time.
      if (nowUs - story.touchedUs < TOUCH_EVERY_US) return;
      story.touchedUs = nowUs;
      shelf.touch(story);
    },
    settle,
  });

  return {
    observe(detection, emit, by = 'journal') {
      const keys = by === 'clock' ? keysOfItself(detection) : keysOf(detection, common);
      const stage = stageOf(detection);
      const { stories, wave } = joiner.find(detection, keys, stage);
      let story = mergeAll(stories, emit);
      if (story === undefined) {
        // A fact worth a line, not a story: it is told within one that is there.
        if (detection.level === 'informational') return;
        story = begin(incidentId(detection), { id: detection.id, timeUs: detection.firstUs });
        if (wave !== null) splitOff(wave, story, keys.address, detection.timeUs);
      }
      absorb(story, detection, keys, stage);
      index(story, keys, stage, detection.timeUs);
      if (stage === 'attempt') watch.counted(story);
      settle(story, emit);
    },
    record: (record, emit) => watch.see(record, emit),
    advance(timeUs, emit) {
      if (timeUs <= nowUs) return;
      // What came before the first word of the clock came now.
      if (nowUs === 0) for (const story of shelf.all()) story.touchedUs = timeUs;
      nowUs = timeUs;
      if (nowUs < closeAtUs) return;
      // None that is touched or made from now on is due before a quiet time from now.
      let dueUs = nowUs + settings.quietMs * 1000;
      for (const story of shelf.all()) {
        if (story.closed) continue;
        const atUs = story.touchedUs + joiner.quietUs(story);
        if (nowUs > atUs) {
          story.closed = true;
          say(story, emit);
        } else dueUs = Math.min(dueUs, atUs);
      }
      closeAtUs = Math.max(dueUs, nowUs + CLOSE_EVERY_US);
    },
    open: () => [...shelf.all()].filter((s) => !s.closed).map((s) => incidentOf(s, timeOf)),
    snapshot: () => ({
      version: VERSION,
      nowUs,
      closeAtUs,
      stories: shelf.snapshot(),
      index: shelf.indexSnapshot(),
    }),
    restore(state) {
      if (!isSnapshot(state)) return false;
      nowUs = state.nowUs;
      closeAtUs = state.closeAtUs;
      shelf.restore(structuredClone(state.stories), state.index);
      return true;
    },
  };
}

interface Snapshot {
  readonly version: typeof VERSION;
  readonly nowUs: number;
  readonly closeAtUs: number;
  readonly stories: readonly Story[];
  readonly index: readonly (readonly [string, string])[];
}

function isSnapshot(state: unknown): state is Snapshot {
  return (
    typeof state === 'object' &&
    state !== null &&
    'version' in state &&
    state.version === VERSION &&
    'stories' in state &&
    Array.isArray(state.stories) &&
    'index' in state &&
    Array.isArray(state.index)
  );
}
