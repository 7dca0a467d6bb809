import { createEngine, DEFAULT_SETTINGS, type Example } from '@suite/detection';
import type { Detection } from '@suite/event';
import { replay } from '@suite/pipeline';

/** The examples' dates without a year are of 2026. */
const NEAR_US = Date.UTC(2026, 5, 30) * 1000;

/** An example through the whole of parse and detect, with the settings as they are by default. */
export async function runExample(example: Example): Promise<Detection[]> {
  const found: Detection[] = [];
  await replay(
    [
      {
        file: example.path ?? '/var/log/example.log',
        chunks: [Buffer.from(example.log.endsWith('\n') ? example.log : `${example.log}\n`)],
        nearUs: NEAR_US,
      },
    ],
    {
      host: 'node1',
      engine: createEngine(DEFAULT_SETTINGS),
      ...(example.format === undefined ? {} : { format: example.format }),
      onDetection: (detection) => found.push(detection),
      signal: new AbortController().signal,
    },
  );
  return found;
}
