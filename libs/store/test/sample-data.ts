import type { Detection, Incident, LogRecord, MetricSample } from '@suite/event';
import { recordId } from '@suite/event';
import type { NodeState, StoreBatch } from '../src/index.ts';

/** 2026-10-01T12:00:00Z. */
export const T0 = 1_790_856_000_000_000;

export interface RecordParts {
  readonly raw?: string;
  readonly offset: number;
  readonly timeUs: number;
  readonly host?: string;
  readonly path?: string;
  readonly agent?: string;
  readonly line?: number;
  readonly event?: LogRecord['event'];
}

export function makeRecord(parts: RecordParts): LogRecord {
  const agent = parts.agent ?? 'agent-1';
  const host = parts.host ?? 'pi1';
  const path = parts.path ?? '/var/log/auth.log';
  const stream = `8:2:${path}`;
  return {
    id: recordId(agent, stream, parts.offset),
    origin: {
      agent,
      host,
      kind: 'file',
      path,
      stream,
      offset: parts.offset,
      ...(parts.line === undefined ? {} : { line: parts.line }),
    },
    raw: parts.raw ?? `line at ${parts.offset}`,
    format: parts.event === null ? 'none' : 'sshd',
    timeUs: parts.timeUs,
    observedUs: parts.timeUs + 1_234,
    event: parts.event ?? null,
  };
}

export function loginRecord(
  offset: number,
  timeUs: number,
  user: string,
  address: string,
  host = 'pi1',
): LogRecord {
  const message = `Failed password for ${user} from ${address} port 4242 ssh2`;
  return makeRecord({
    offset,
    timeUs,
    host,
    path: `/var/log/${host}/auth.log`,
    raw: `Oct  1 12:00:00 ${host} sshd[77]: ${message}`,
    event: {
      timeUs,
      'event.category': 'authentication',
      'event.action': 'ssh_login',
      'event.outcome': 'failure',
      'host.name': host,
      'process.name': 'sshd',
      'process.pid': 77,
      'user.name': user,
      'source.address': address,
      'source.port': 4242,
      message,
    },
  });
}

export function makeDetection(
  id: string,
  version: number,
  timeUs: number,
  level: Detection['level'] = 'high',
): Detection {
  return {
    id,
    version,
    rule: 'ssh-brute-force-address',
    title: 'Password guessing over SSH',
    level,
    timeUs,
    firstUs: timeUs - 60_000_000,
    entities: { 'source.address': '203.0.113.9', 'host.name': 'pi1', 'user.name': `o'hara "\\\n${id}` },
    techniques: ['T1110.001'],
    evidence: [
      {
        id: 'a'.repeat(24),
        host: 'pi1',
        file: '/var/log/auth.log',
        line: 3,
        offset: 99,
        timeUs,
        text: 'Failed \0 "x"',
      },
    ],
    evidenceCount: version * 5,
    reason: 'Five failures within ten minutes.\nUsual: none.',
  };
}

export function makeIncident(
  id: string,
  version: number,
  lastUs: number,
  parts: Partial<Incident> = {},
): Incident {
  return {
    id,
    version,
    level: 'high',
    title: 'Break-in by 203.0.113.9 on pi1',
    summary: `203.0.113.9 tried ${version * 5} passwords, then ran \`echo "o'hara"\`\n.`,
    firstUs: T0,
    lastUs,
    closed: false,
    entities: { 'source.address': ['203.0.113.9'], 'host.name': ['pi1', 'pi2'], 'user.name': [`o'hara "\\`] },
    techniques: ['T1110.001'],
    detections: ['d1'],
    detectionCount: 1,
    timeline: [{ timeUs: lastUs, level: 'high', text: 'Five failures.', rule: 'r', detectionId: 'd1' }],
    next: ['End the session.'],
    rules: ['r'],
    success: true,
    lines: makeDetection('d1', 1, lastUs).evidence,
    ...parts,
  };
}

export function makeSample(timeUs: number, value: number, state: string, host = 'pi1'): MetricSample {
  return {
    agent: 'agent-1',
    host,
    name: 'system.memory.usage',
    unit: 'By',
    attributes: { 'system.memory.state': state },
    timeUs,
    value,
  };
}

export function makeNode(agent: string, lastSeenUs: number, linesTotal: number): NodeState {
  return {
    agent,
    host: `host of ${agent}`,
    version: 'tom/0.1.0',
    firstSeenUs: T0,
    lastSeenUs,
    linesTotal,
    lostBytes: 0,
  };
}

export function makeBatch(parts: Partial<StoreBatch> & { readonly position: number }): StoreBatch {
  return { records: [], samples: [], detections: [], incidents: [], nodes: [], ...parts };
}
