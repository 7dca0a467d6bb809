import type { MetricSample } from '@suite/event';
import { BoundedMap } from '../bounded-map.ts';
import { ownString } from '../own-string.ts';

/** A file system's fill, when both halves of one reading have come. */
export interface Fill {
  readonly key: string;
  readonly host: string;
  readonly mountPoint: string;
  readonly device: string;
  /** `space` or `inodes`. */
  readonly of: 'space' | 'inodes';
  /** Share in use of what users may use, as df has it: 0 to 1. */
  readonly share: number;
  /** Bytes, or inodes, that are left for users. */
  readonly free: number;
}

interface Halves {
  used: number | null;
  free: number | null;
  timeUs: number;
}

const FILESYSTEMS = 2_000;
/** Full by nature: images. */
const READ_ONLY = /^(?:squashfs|iso9660|udf|erofs|cramfs|romfs|zfs\.snapshot)$/;
const METRICS: Readonly<Record<string, 'space' | 'inodes'>> = {
  'system.filesystem.usage': 'space',
  'system.filesystem.inode.usage': 'inodes',
};

/**
 * Puts `used` and `free` of one reading together. Keeps 2,000 file systems; the one that was not measured for longest is
 * forgotten first.
 */
export class Filesystems {
  readonly #halves = new BoundedMap<Halves>(FILESYSTEMS);

  /** @returns null where the sample is of something else, or only half of a reading. */
  observe(sample: MetricSample): Fill | null {
    const of = METRICS[sample.name];
    if (of === undefined || !(sample.value >= 0) || sample.value === Number.POSITIVE_INFINITY) return null;
    const { attributes, host } = sample;
    const state = attributes['system.filesystem.state'];
    const mountPoint = attributes['system.filesystem.mountpoint'];
    if (mountPoint === undefined || (state !== 'used' && state !== 'free')) return null;
    if (READ_ONLY.test(attributes['system.filesystem.type'] ?? '')) return null;
    const device = attributes['system.device'] ?? '';
    const key = ownString([of, host, mountPoint, device].join('\0').slice(0, 600));
    let halves = this.#halves.get(key);
    if (!halves || halves.timeUs !== sample.timeUs) {
      halves = { used: null, free: null, timeUs: sample.timeUs };
      this.#halves.set(key, halves);
    }
    halves[state] = sample.value;
    if (halves.used === null || halves.free === null || halves.used + halves.free === 0) return null;
    const share = halves.used / (halves.used + halves.free);
    return {
      key,
      host,
      mountPoint: ownString(mountPoint),
      device: ownString(device),
      of,
      share,
      free: halves.free,
    };
  }

  snapshot(): unknown {
    return this.#halves.snapshot();
  }

  restore(state: unknown): void {
    this.#halves.restore(state);
  }
}

export function fillEntities(fill: Fill): Record<string, string> {
  return {
    'host.name': fill.host,
    'system.filesystem.mountpoint': fill.mountPoint,
    ...(fill.device === '' ? {} : { 'system.device': fill.device }),
  };
}
