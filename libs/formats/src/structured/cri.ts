import { parseIsoUs } from '../civil-time.ts';
import { meanClaim } from '../line-format.ts';
import type { Format } from '../port.ts';
import { type ContainerFrame, ContainerLinesParser } from './container-lines.ts';

const NAME = 'cri';
const HEAD =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) (stdout|stderr) ([PF])(?::[\w:.-]{1,64})? /;

/**
 * containerd and CRI-O: `TIME stdout F message`; the tag `P` marks a part.
 *
 * @param inner formats that a container's own lines may have.
 */
export function criFormat(inner: readonly Format[]): Format {
  return {
    name: NAME,
    title: 'containerd and CRI-O, partial lines joined, the line inside parsed too',
    confidence: (sample) => meanClaim(sample, (text) => (frameOf(text) === null ? 0 : 0.99)),
    create: (options, state) => new ContainerLinesParser(NAME, frameOf, inner, options, state),
  };
}

function frameOf(text: string): ContainerFrame | null {
  const m = HEAD.exec(text.slice(0, 128));
  if (m === null) return null;
  const timeUs = parseIsoUs(m[1]!);
  if (timeUs === undefined) return null;
  const iostream = m[2] as 'stdout' | 'stderr';
  return { iostream, text: text.slice(m[0].length), partial: m[3] === 'P', timeUs };
}
