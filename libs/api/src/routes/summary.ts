import { summarySchema } from '../contract.ts';
import { isoFromUs } from '../iso-time.ts';
import { detectionView } from '../views/detection.ts';
import { recordView } from '../views/record.ts';
import type { Api, RouteContext } from './context.ts';
import { readNodes } from './nodes.ts';
import { readRate } from './rate.ts';

const HOUR_US = 3_600_000_000;
const DETECTIONS = 50;
const RECORDS = 100;

/** Everything that the console's first paint needs, in one answer. */
export function summaryRoute(app: Api, context: RouteContext): void {
  app.get(
    '/api/v1/summary',
    { schema: { summary: "What the console's first page shows", response: { 200: summarySchema } } },
    async () => {
      const { reader } = context;
      const nowUs = context.clockUs();
      const [counts, nodes, rate, detections, records] = await Promise.all([
        reader.counts(),
        readNodes(context),
        readRate(context, { fromUs: nowUs - HOUR_US, toUs: nowUs, bucketUs: 60_000_000 }),
        reader.detections({ limit: DETECTIONS }),
        reader.records({ limit: RECORDS }),
      ]);
      const health = context.health();
      return {
        now: isoFromUs(nowUs),
        nowUs,
        version: health.version,
        counts: { ...counts },
        nodes,
        rate,
        detections: detections.items.map(detectionView),
        records: records.items.map(recordView).reverse(),
        problems: [...health.problems],
      };
    },
  );
}
