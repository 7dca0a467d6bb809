import { z } from 'zod';

/**
 * What NADIR's HTTP API answers. The console and other clients build on these shapes.
 *
 * Times are ISO 8601 with microseconds and zone (`2026-11-20T06:25:43.123456Z`); `…Us` beside them is the same
 * instant as integer microseconds since the epoch, for sorting and arithmetic. Log text is untrusted.
 */
const isoTime = z.string().describe('ISO 8601 with zone and microseconds');
const timeUs = z.number().int().describe('Microseconds since the epoch');
const count = z.number().int().nonnegative();
const bytes = z.number().int().nonnegative().describe('Bytes');
const ratio = z.number().describe('0 to 1');

export const levelSchema = z.enum(['informational', 'low', 'medium', 'high', 'critical']);

export const recordSchema = z
  .object({
    id: z.string(),
    time: isoTime,
    timeUs,
    observed: isoTime,
    agent: z.string(),
    host: z.string().describe('The machine that the line was read on'),
    kind: z.enum(['file', 'journald', 'history', 'syslog', 'socket', 'docker', 'otlp']),
    path: z.string(),
    line: count.optional().describe('1-based line number, where known'),
    offset: z.number().int().describe('Byte offset in the stream'),
    format: z.string().describe('The format that parsed the line, or `none`'),
    raw: z.string().describe('The line, untrusted, cut at 8,192 characters'),
    rawLength: count.describe('Characters of the whole line'),
    event: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .nullable()
      .describe('OpenTelemetry and ECS names to values; null when no parser vouches for the line'),
  })
  .meta({ id: 'LogRecord' });

export const evidenceSchema = z
  .object({
    id: z.string(),
    host: z.string(),
    file: z.string(),
    line: count.optional(),
    offset: z.number().int(),
    time: isoTime,
    timeUs,
    text: z.string(),
  })
  .meta({ id: 'Evidence' });

export const detectionSchema = z
  .object({
    id: z.string(),
    version: z.number().int(),
    rule: z.string(),
    title: z.string(),
    level: levelSchema,
    time: isoTime,
    timeUs,
    first: isoTime,
    firstUs: timeUs,
    entities: z.record(z.string(), z.string()),
    techniques: z.array(z.string()).describe('MITRE ATT&CK ids'),
    reason: z.string(),
    evidence: z.array(evidenceSchema).describe('The first lines of the story'),
    evidenceCount: count.describe('How many lines the story has in all'),
  })
  .meta({ id: 'Detection' });

const acknowledgementSchema = z
  .object({ by: z.string(), note: z.string(), at: isoTime, atUs: timeUs, level: levelSchema })
  .meta({ id: 'Acknowledgement' });

export const incidentSchema = z
  .object({
    id: z.string(),
    version: z.number().int(),
    level: levelSchema,
    title: z.string(),
    summary: z.string().describe('The story in a sentence or two'),
    first: isoTime,
    firstUs: timeUs,
    last: isoTime,
    lastUs: timeUs,
    open: z.boolean().describe('False once it was quiet for long enough'),
    success: z.boolean().describe('Somebody logged in: more than an attempt'),
    entities: z.record(z.string(), z.array(z.string())).describe('ECS names to values'),
    techniques: z.array(z.string()).describe('MITRE ATT&CK ids'),
    rules: z.array(z.string()),
    detectionIds: z.array(z.string()).describe('At most 100'),
    detectionCount: count,
    timeline: z
      .array(
        z.object({
          time: isoTime,
          timeUs,
          level: levelSchema,
          text: z.string(),
          rule: z.string().describe('Empty for what no rule found'),
          detectionId: z.string(),
        }),
      )
      .describe('Oldest first, at most 50: the first ones and the newest'),
    next: z.array(z.string()).describe('What to do, most urgent first'),
    lines: z.array(evidenceSchema).describe('At most 5 of the lines that it rests on'),
    mergedInto: z.string().optional().describe('Id of the incident that it is part of'),
    acknowledged: acknowledgementSchema.nullable(),
  })
  .meta({ id: 'Incident' });

export const incidentDetailSchema = incidentSchema
  .extend({ detections: z.array(detectionSchema).describe('Those that the store has') })
  .meta({ id: 'IncidentDetail' });

export const muteSchema = z
  .object({
    id: z.string(),
    match: z.object({
      rule: z.string().optional(),
      address: z.string().optional().describe('Address or network'),
      user: z.string().optional(),
      host: z.string().optional(),
    }),
    reason: z.string(),
    by: z.string(),
    created: isoTime,
    expires: isoTime,
    expiresUs: timeUs,
    successes: z.boolean().describe('Hides logins too'),
  })
  .meta({ id: 'Mute' });

export const alertEntrySchema = z
  .object({
    id: z.string(),
    kind: z.enum(['incident', 'digest', 'test']),
    level: levelSchema,
    time: isoTime,
    timeUs,
    title: z.string(),
    text: z.string(),
    next: z.array(z.string()),
    lines: z.array(evidenceSchema),
    incidentId: z.string().optional(),
    outcome: z
      .enum(['told', 'digest', 'hidden'])
      .describe(
        '`digest`: it waits for the digest; `hidden`: muted, allowed, in maintenance or acknowledged',
      ),
    why: z.string(),
  })
  .meta({ id: 'AlertEntry' });

export const vitalsSchema = z
  .object({
    cpuUsed: ratio.nullable(),
    memoryUsed: ratio.nullable(),
    memoryTotalBytes: z.number().nullable(),
    load1: z.number().nullable(),
    disks: z.array(z.object({ mount: z.string(), used: ratio, totalBytes: z.number().nullable() })),
    measured: isoTime.nullable(),
  })
  .meta({ id: 'Vitals' });

export const nodeSchema = z
  .object({
    agent: z.string(),
    host: z.string(),
    version: z.string(),
    state: z.enum(['ok', 'late', 'silent']),
    firstSeen: isoTime,
    lastSeen: isoTime,
    lastSeenUs: timeUs,
    linesTotal: count,
    lostBytes: bytes.describe("Bytes that the agent's loss ledger counts as lost"),
    vitals: vitalsSchema,
  })
  .meta({ id: 'Node' });

export const rateSchema = z
  .object({
    bucketSeconds: z.number().int(),
    fromUs: timeUs,
    toUs: timeUs,
    buckets: z
      .array(z.object({ start: isoTime, startUs: timeUs, count }))
      .describe('Oldest first, none missing'),
  })
  .meta({ id: 'Rate' });

export const sampleSchema = z
  .object({
    agent: z.string(),
    host: z.string(),
    name: z.string(),
    unit: z.string(),
    attributes: z.record(z.string(), z.string()),
    time: isoTime,
    timeUs,
    value: z.number(),
  })
  .meta({ id: 'Sample' });

export const countsSchema = z
  .object({ records: count, detections: count, sizeBytes: bytes })
  .meta({ id: 'Counts' });

export const healthSchema = z
  .object({
    status: z.enum(['ok', 'degraded']),
    problems: z.array(z.string()).optional().describe('In words, empty when all is well'),
    version: z.string().optional(),
    started: isoTime.optional(),
    journal: z
      .object({ headPosition: count, tailPosition: count, sizeBytes: bytes })
      .optional()
      .describe('What the intake has made durable'),
    pipeline: z
      .object({ position: count, lag: count })
      .optional()
      .describe('How far parsing, detection and storing are, and how far behind the journal'),
    intake: z.record(z.string(), z.number()).optional().describe('Counters since the start'),
    store: z
      .object({ pendingBytes: bytes, rejectedPoints: count, lastError: z.string().nullable() })
      .optional(),
    live: z.object({ clients: count, droppedRecords: count }).optional(),
  })
  .describe('Without authentication only `status`')
  .meta({ id: 'Health' });

export const summarySchema = z
  .object({
    now: isoTime,
    nowUs: timeUs,
    version: z.string(),
    counts: countsSchema,
    nodes: z.array(nodeSchema),
    rate: rateSchema,
    detections: z.array(detectionSchema),
    records: z.array(recordSchema).describe('Newest last'),
    problems: z.array(z.string()),
  })
  .meta({ id: 'Summary' });

export const recordPageSchema = z
  .object({ items: z.array(recordSchema), next: z.string().nullable() })
  .meta({ id: 'RecordPage' });
export const detectionPageSchema = z
  .object({ items: z.array(detectionSchema), next: z.string().nullable() })
  .meta({ id: 'DetectionPage' });
export const incidentPageSchema = z
  .object({ items: z.array(incidentSchema), next: z.string().nullable() })
  .meta({ id: 'IncidentPage' });
export const muteListSchema = z.object({ items: z.array(muteSchema) }).meta({ id: 'MuteList' });
export const alertListSchema = z
  .object({ items: z.array(alertEntrySchema).describe('Newest first, the last 200') })
  .meta({ id: 'AlertList' });
export const nodeListSchema = z.object({ items: z.array(nodeSchema) }).meta({ id: 'NodeList' });
export const sampleListSchema = z.object({ items: z.array(sampleSchema) }).meta({ id: 'SampleList' });

export const banSchema = z
  .object({
    id: z.number().int(),
    value: z.string().describe('Address, or network in CIDR notation'),
    origin: z.enum(['nadir', 'operator']),
    rule: z.string().describe('The rule that it rests on, as bouncers are told'),
    detection: z.string().describe('Id of the detection; empty when it was made by hand'),
    reason: z.string(),
    created: isoTime,
    until: isoTime,
    secondsLeft: count,
  })
  .meta({ id: 'Ban' });
export const banListSchema = z
  .object({
    items: z.array(banSchema),
    total: count.describe('In force altogether, also those that are not listed'),
    enabled: z.boolean().describe('Whether decisions are switched on'),
  })
  .meta({ id: 'BanList' });

export const sessionSchema = z.object({ expires: isoTime, expiresUs: timeUs }).meta({ id: 'Session' });

export const problemSchema = z
  .object({
    error: z.object({
      code: z.string().describe('Stable'),
      message: z.string().describe('What happened'),
      hint: z.string().optional().describe('What to do next'),
    }),
  })
  .meta({ id: 'Problem' });

export type Level = z.output<typeof levelSchema>;
export type ApiRecord = z.output<typeof recordSchema>;
export type ApiEvidence = z.output<typeof evidenceSchema>;
export type ApiDetection = z.output<typeof detectionSchema>;
export type ApiIncident = z.output<typeof incidentSchema>;
export type ApiMute = z.output<typeof muteSchema>;
export type ApiAlertEntry = z.output<typeof alertEntrySchema>;
export type ApiVitals = z.output<typeof vitalsSchema>;
export type ApiNode = z.output<typeof nodeSchema>;
export type ApiRate = z.output<typeof rateSchema>;
export type ApiBan = z.output<typeof banSchema>;
export type ApiSample = z.output<typeof sampleSchema>;
export type ApiHealth = z.output<typeof healthSchema>;
export type ApiSummary = z.output<typeof summarySchema>;
export type ApiSession = z.output<typeof sessionSchema>;
export type ApiProblem = z.output<typeof problemSchema>;
export type RecordPage = z.output<typeof recordPageSchema>;
export type DetectionPage = z.output<typeof detectionPageSchema>;

/** Server-sent events of `/api/v1/live`: event name to the JSON in `data`. */
export interface LiveEvents {
  /** The stream stands; what follows is live. */
  ready: { now: string; nowUs: number };
  record: ApiRecord;
  detection: ApiDetection;
  /** A new version of an incident. */
  incident: ApiIncident;
  /** Matching records that this client did not get, because it or the stream was too slow. */
  dropped: { count: number };
}
