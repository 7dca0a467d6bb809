import type { ApiNode } from '../contract.ts';
import { nodeListSchema } from '../contract.ts';
import { nodeViews } from '../views/node.ts';
import type { Api, RouteContext } from './context.ts';

const MEASURED_WITHIN_US = 15 * 60_000_000;

export function nodesRoute(app: Api, context: RouteContext): void {
  app.get(
    '/api/v1/nodes',
    {
      schema: {
        summary: 'Every node, its state and its newest measurements',
        response: { 200: nodeListSchema },
      },
    },
    async () => ({ items: await readNodes(context) }),
  );
}

export async function readNodes(context: RouteContext): Promise<ApiNode[]> {
  const nowUs = context.clockUs();
  const [nodes, samples] = await Promise.all([
    context.reader.nodes(),
    context.reader.latestSamples(nowUs, MEASURED_WITHIN_US),
  ]);
  return nodeViews(nodes, samples, nowUs, context.patience);
}
