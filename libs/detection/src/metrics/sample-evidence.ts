import { createHash } from 'node:crypto';
import type { Evidence, MetricSample } from '@suite/event';
import { quoteName } from '../wording.ts';

/** A measurement as evidence: the metric's name stands where a line's file does. */
export function sampleEvidence(sample: MetricSample, shown: string): Evidence {
  const attributes = Object.entries(sample.attributes)
    .map(([name, value]) => `${name}=${quoteName(value)}`)
    .join(',');
  const id = createHash('sha256')
    .update([sample.agent, sample.name, attributes, sample.timeUs].join('\0'))
    .digest('hex')
    .slice(0, 20);
  return {
    id,
    host: sample.host,
    file: sample.name,
    offset: 0,
    timeUs: sample.timeUs,
    text: `${sample.name}{${attributes}} ${shown}`.slice(0, 1024),
  };
}
