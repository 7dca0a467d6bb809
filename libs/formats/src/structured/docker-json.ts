import { parseIsoUs } from '../civil-time.ts';
import { meanClaim } from '../line-format.ts';
import type { Format } from '../port.ts';
import { type ContainerFrame, ContainerLinesParser } from './container-lines.ts';
import { parseObject } from './json-object.ts';

const NAME = 'docker-json';
const ATTRIBUTES = 16;

/**
 * Docker's json-file driver: `{"log":"…\n","stream":"stdout","time":"…"}`. The daemon cuts lines at 16 KiB; a
 * part has no newline at its end.
 *
 * @param inner formats that a container's own lines may have.
 */
export function dockerJsonFormat(inner: readonly Format[]): Format {
  return {
    name: NAME,
    title: 'Docker json-file, partial lines joined, the line inside parsed too',
    confidence: (sample) => meanClaim(sample, (text) => (frameOf(text) === null ? 0 : 0.98)),
    create: (options, state) => new ContainerLinesParser(NAME, frameOf, inner, options, state),
  };
}

function frameOf(text: string): ContainerFrame | null {
  if (!text.includes('"stream":')) return null;
  const object = parseObject(text);
  if (object === null) return null;
  const { log, stream, time, attrs } = object;
  if (typeof log !== 'string' || typeof time !== 'string') return null;
  if (stream !== 'stdout' && stream !== 'stderr') return null;
  const timeUs = parseIsoUs(time);
  if (timeUs === undefined) return null;
  const partial = !log.endsWith('\n');
  const end = partial ? log.length : log.length - (log.endsWith('\r\n') ? 2 : 1);
  const frame = { iostream: stream, text: log.slice(0, end), partial, timeUs } as const;
  const fields = attributesOf(attrs);
  return fields === undefined ? frame : { ...frame, fields };
}

/** Labels and variables that the driver was told to log. */
function attributesOf(attrs: unknown): Record<string, string> | undefined {
  if (typeof attrs !== 'object' || attrs === null) return undefined;
  const fields: Record<string, string> = {};
  for (const [key, value] of Object.entries(attrs).slice(0, ATTRIBUTES)) {
    if (typeof value !== 'string' || key.length > 128) continue;
    fields[key === 'com.docker.swarm.service.name' ? 'service.name' : `container.attributes.${key}`] = value;
  }
  return fields;
}
