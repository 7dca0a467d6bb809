import type { LogRecord } from '@suite/event';
import type { RuleAbout } from '../about.ts';
import type { Report } from '../port.ts';
import { Stories, type Story, type StoryShape } from '../stories/story.ts';
import { quoteName } from '../wording.ts';
import type { Asker } from './client.ts';

/** All clients of a place together ask more than one of them. */
const PLACE_FACTOR = 10;

export interface WebShape {
  readonly about: RuleAbout;
  readonly threshold: number;
  readonly windowUs: number;
  readonly distinct?: boolean;
  readonly level?: StoryShape['level'];
  holds?(story: Story, key: string): boolean;
  /** After `CLIENT `, e.g. `asked for 14 pages …`. */
  what(story: Story): string;
}

/** Stories of clients, and of places whose clients are hidden behind a gateway: those need ten times as much. */
export class WebStories {
  readonly #clients: Stories;
  readonly #places: Stories;

  constructor(shape: WebShape) {
    const { about } = shape;
    const whole: StoryShape = {
      rule: about.rule,
      title: about.title,
      level: shape.level ?? 'medium',
      techniques: about.techniques,
      threshold: shape.threshold,
      windowUs: shape.windowUs,
      ...(shape.distinct ? { distinct: true } : {}),
      ...(shape.holds ? { holds: shape.holds } : {}),
      entities: (key, story) => ({
        ...(key.startsWith('place:') ? { 'url.domain': key.slice(6) } : { 'source.address': key }),
        'host.name': story.evidence[0]!.host,
      }),
      reason: (key, story) =>
        key.startsWith('place:')
          ? `Clients of ${quoteName(key.slice(6))} ${shape.what(story)}. Their own addresses are not in the log, only a gateway’s. ` +
            'Next: let the proxy see and log them (mode: host for its ports, X-Forwarded-For), then look again.'
          : `${key} ${shape.what(story)}. Next: ${about.next}`,
    };
    this.#clients = new Stories(whole);
    this.#places = new Stories({ ...whole, threshold: shape.threshold * PLACE_FACTOR });
  }

  add(asker: Asker, record: LogRecord, name: string, count: number, report: Report): void {
    const stories = asker.address === null ? this.#places : this.#clients;
    stories.add(asker.key, record, name, count, report);
  }

  snapshot(): unknown {
    return [this.#clients.snapshot(), this.#places.snapshot()];
  }

  restore(state: unknown): void {
    const [clients, places] = Array.isArray(state) ? state : [];
    this.#clients.restore(clients);
    this.#places.restore(places);
  }
}
