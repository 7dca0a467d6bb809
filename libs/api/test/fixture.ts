import type { Detection, Incident, LogRecord, MetricSample } from '@suite/event';
import { recordId } from '@suite/event';
import Fastify, { type FastifyInstance } from 'fastify';
import {
  type Access,
  type ApiOptions,
  apiRoutes,
  createAccess,
  createLiveFeed,
  type LiveFeed,
} from '../src/index.ts';
import { type Memory, memoryReader } from './memory-reader.ts';

export const NOW_US = Date.parse('2026-11-20T12:00:00Z') * 1000;
export const TOKEN = 'a-bearer-token-of-some-length';
export const AUTH = { authorization: `Bearer ${TOKEN}` };

export function record(raw: string, index = 0, host = 'pi1'): LogRecord {
  const timeUs = NOW_US - 60_000_000 + index * 1000;
  return {
    id: recordId(host, '/var/log/auth.log', index * 200),
    origin: { agent: host, host, kind: 'file', path: '/var/log/auth.log', stream: 's1', offset: index * 200 },
    raw,
    format: 'sshd',
    timeUs,
    observedUs: timeUs + 500,
    event: { timeUs, 'event.action': 'ssh_login', 'source.address': '203.0.113.7' },
  };
}

export function detection(id = 'd1', timeUs = NOW_US - 1_000_000): Detection {
  return {
    id,
    version: 2,
    rule: 'ssh-brute-force-address',
    title: 'SSH brute force',
    level: 'high',
    timeUs,
    firstUs: timeUs - 1000,
    entities: { 'source.address': '203.0.113.7' },
    techniques: ['T1110.001'],
    evidence: [
      {
        id: 'e1',
        host: 'pi1',
        file: '/var/log/auth.log',
        line: 3,
        offset: 200,
        timeUs,
        text: 'Failed password',
      },
    ],
    evidenceCount: 7,
    reason: '7 failures in a minute.',
  };
}

export function incident(id = 'i1', lastUs = NOW_US - 1_000_000): Incident {
  return {
    id,
    version: 3,
    level: 'high',
    title: 'Break-in by 203.0.113.7 on pi1',
    summary: '203.0.113.7 tried 7 passwords on pi1, then logged in as pi at 11:59.',
    firstUs: lastUs - 60_000_000,
    lastUs,
    closed: false,
    entities: { 'source.address': ['203.0.113.7'], 'host.name': ['pi1'], 'user.name': ['pi'] },
    techniques: ['T1110.001'],
    detections: ['d1', 'gone'],
    detectionCount: 2,
    timeline: [
      {
        timeUs: lastUs,
        level: 'high',
        text: '7 failures.',
        rule: 'ssh-brute-force-address',
        detectionId: 'd1',
      },
    ],
    next: ['End the session.'],
    rules: ['ssh-brute-force-address'],
    success: true,
    lines: detection().evidence,
  };
}

export function sample(name: string, value: number, attributes: Record<string, string> = {}): MetricSample {
  return { agent: 'pi1', host: 'pi1', name, unit: '1', attributes, timeUs: NOW_US - 5_000_000, value };
}

export interface TestApi {
  readonly app: FastifyInstance;
  readonly access: Access;
  readonly live: LiveFeed;
  readonly memory: Memory;
  readonly reader: ReturnType<typeof memoryReader>;
  readonly clock: { nowUs: number };
}

/** The API over memory, on a clock that the test moves. Close `app` when done. */
export async function testApi(
  options: Partial<
    Pick<ApiOptions, 'hostNames' | 'consoleDir' | 'liveClientsMax' | 'reader' | 'operator' | 'bans'>
  > = {},
): Promise<TestApi> {
  const clock = { nowUs: NOW_US };
  const clockUs = () => clock.nowUs;
  const access = createAccess({ bearerTokens: [TOKEN], clockUs });
  const live = createLiveFeed();
  const memory: Memory = {
    records: [record('first line', 1), record('second line <b>', 2)],
    detections: [detection()],
    incidents: [incident()],
    nodes: [
      {
        agent: 'pi1',
        host: 'pi1',
        version: 'tom 0.1.0',
        firstSeenUs: NOW_US - 86_400_000_000,
        lastSeenUs: NOW_US - 1_000_000,
        linesTotal: 2,
        lostBytes: 0,
      },
    ],
    samples: [sample('system.cpu.load_average.1m', 0.5)],
  };
  const reader = memoryReader(memory);
  const app = Fastify();
  await app.register(apiRoutes, {
    reader,
    live,
    tokens: access,
    clockUs,
    health: () => ({
      version: '0.1.0',
      startedUs: NOW_US - 1_000_000,
      journal: { headPosition: 100, tailPosition: 0, sizeBytes: 4096 },
      pipeline: { position: 90, lag: 10 },
      intake: { lines: 2 },
      store: { pendingBytes: 0, rejectedPoints: 0, lastError: null },
      problems: [],
    }),
    ...options,
  });
  await app.ready();
  return { app, access, live, memory, reader, clock };
}
