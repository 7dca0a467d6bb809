import type { Event, LogRecord } from '@suite/event';
import type { Common } from './common-entities.ts';
import type { EmitIncident } from './incidents.ts';
import { isCrowd, type Joiner } from './join.ts';
import { accountKey, addressKey, hostKey, targetKey } from './keys.ts';
import { higher, levelRank } from './level.ts';
import { plainCommand, plainName } from './plain-text.ts';
import { addDeed, addLogin, addTries } from './story/absorb.ts';
import { addEntity, BOUNDS, remember, type Story } from './story/story.ts';
import { addEntry } from './story/timeline.ts';

export interface RecordWatchOptions {
  readonly joiner: Joiner;
  readonly common: Common;
  /** A story of its own for an address of the wave that got in. */
  begin(wave: Story, record: LogRecord, address: string): Story;
  index(key: string, story: Story): void;
  /** It goes on, without a new version. */
  touch(story: Story): void;
  settle(story: Story, emit: EmitIncident): void;
}

const COMMANDS = 10;

/**
 * Sees in the records what the open stories are about and no detection tells: how many passwords were tried, a login
 * from an address that attacked, commands under sudo of somebody who came in that way.
 */
export class RecordWatch {
  readonly #options: RecordWatchOptions;
  /** Stories whose detections have counted the record that comes next. */
  readonly #counted = new Set<string>();

  constructor(options: RecordWatchOptions) {
    this.#options = options;
  }

  /** A detection about attempts was made of the record that is seen next. */
  counted(story: Story): void {
    if (this.#counted.size < 100) this.#counted.add(story.id);
  }

  see(record: LogRecord, emit: EmitIncident): void {
    this.#look(record, emit);
    this.#counted.clear();
  }

  #look(record: LogRecord, emit: EmitIncident): void {
    const event = record.event;
    if (event === null) return;
    switch (event['event.action']) {
      case 'ssh_login':
        if (event['event.outcome'] === 'failure') this.#failed(record, event);
        else if (event['event.outcome'] === 'success') this.#loggedIn(record, event, emit);
        break;
      case 'sudo_command':
        if (event['event.outcome'] !== 'failure') this.#sudo(record, event, emit);
        break;
    }
  }

  /** Counted, not told: the next version of the incident has the number. */
  #failed(record: LogRecord, event: Event): void {
    const address = event['source.address'];
    const method = event['auth.method'];
    if (address === undefined || method === 'none' || method === 'publickey' || method === 'hostbased')
      return;
    const { joiner, common } = this.#options;
    const { timeUs } = record;
    let story = joiner.fresh(addressKey(address), timeUs);
    if (story === undefined) {
      story = this.#wave(event['user.name'] ?? '', timeUs);
      if (story !== undefined && common.address(address)) return;
    }
    if (story === undefined || story.detections.length === 0) return;
    if (this.#counted.has(story.id)) return;
    addTries(story, addressKey(address), event['event.count'] ?? 1, timeUs, timeUs);
    if (story.wave) addEntity(story, 'source.address', address);
    story.lastUs = Math.max(story.lastUs, timeUs);
    this.#options.touch(story);
  }

  #wave(user: string, timeUs: number): Story | undefined {
    if (user === '') return undefined;
    const story = this.#options.joiner.fresh(targetKey(user), timeUs);
    return story?.wave ? story : undefined;
  }

  #loggedIn(record: LogRecord, event: Event, emit: EmitIncident): void {
    const address = event['source.address'] ?? '';
    const user = event['user.name'] ?? '';
    if (address === '' || user === '') return;
    const found = this.#options.joiner.fresh(addressKey(address), record.timeUs);
    if (found === undefined || found.stages.length === 0) return;
    const host = event['host.name'] ?? record.origin.host;
    const login = { user, host, address, timeUs: record.timeUs };
    if (found.logins.some((l) => l.user === user && l.host === host && l.address === address)) return;
    const story = isCrowd(found) ? this.#options.begin(found, record, address) : found;
    if (!addLogin(story, login, false)) return;
    const attempted = story.stages.includes('attempt');
    if (attempted) story.level = higher(story.level, 'medium');
    if (story.title === '') story.title = 'SSH login after attempts';
    remember(story.stages, 'access', BOUNDS.values);
    addEntity(story, 'source.address', address);
    addEntity(story, 'user.name', user);
    addEntity(story, 'host.name', host);
    story.lastUs = Math.max(story.lastUs, record.timeUs);
    const { index, settle } = this.#options;
    index(addressKey(address), story);
    index(accountKey(user, host), story);
    if (story.breakIn) index(hostKey(host), story);
    addEntry(story, {
      timeUs: record.timeUs,
      level: story.breakIn ? 'high' : 'low',
      text: `${plainName(address)} logged in as ${plainName(user)} on ${plainName(host)}.`,
      rule: '',
      detectionId: '',
      address,
    });
    settle(story, emit);
  }

  /** The first ten commands under sudo of an account that a story of medium level or more let in. */
  #sudo(record: LogRecord, event: Event, emit: EmitIncident): void {
    const command = event['process.command_line'];
    const user = event['source.user.name'] ?? event['user.name'] ?? '';
    if (command === undefined || user === '') return;
    const host = event['host.name'] ?? record.origin.host;
    const story = this.#options.joiner.fresh(accountKey(user, host), record.timeUs);
    if (story === undefined || story.logins.length === 0 || levelRank(story.level) < levelRank('medium'))
      return;
    if (record.timeUs < story.lastLoginUs || this.#options.common.user(user)) return;
    if (story.deeds.length >= COMMANDS) return;
    const text = `ran ${plainCommand(command)} as root`;
    if (story.deeds.some((deed) => deed.text === text || deed.text === `ran ${plainCommand(command)}`))
      return;
    addDeed(story, record.timeUs, text, record.id);
    story.lastUs = Math.max(story.lastUs, record.timeUs);
    addEntry(story, {
      timeUs: record.timeUs,
      level: 'informational',
      text: `${plainName(user)} ran ${plainCommand(command, 200)} as root on ${plainName(host)}.`,
      rule: '',
      detectionId: '',
      address: '',
    });
    this.#options.settle(story, emit);
  }
}
