import type { MetricSample } from '@suite/event';
import type { ApiSample } from '../contract.ts';
import { isoFromUs } from '../iso-time.ts';

export function sampleView(sample: MetricSample): ApiSample {
  return {
    agent: sample.agent,
    host: sample.host,
    name: sample.name,
    unit: sample.unit,
    attributes: { ...sample.attributes },
    time: isoFromUs(sample.timeUs),
    timeUs: sample.timeUs,
    value: sample.value,
  };
}
