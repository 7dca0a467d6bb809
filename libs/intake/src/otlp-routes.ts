import { type Journal, JournalFullError, releaseBuffer } from '@suite/journal';
import {
  type BatchIdentity,
  type ContentEncoding,
  contentEncoding,
  decompressBody,
  exportResponse,
  PROTOBUF_CONTENT_TYPE,
  ProtocolError,
  readBatchIdentity,
  statusMessage,
  validateLogs,
  validateMetrics,
} from '@suite/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { plainAddress } from './allow-list.ts';
import { createBearerCheck, type IntakeToken } from './bearer-tokens.ts';
import { ByteBudget, Gate } from './byte-budget.ts';
import type { IntakeCounters } from './counters.ts';
import { encodeEnvelope } from './envelope.ts';
import { readBody } from './read-body.ts';
import { Refusal } from './refusal.ts';
import type { SequenceTable } from './sequence-table.ts';

export interface OtlpRoutesOptions {
  readonly journal: Journal;
  readonly sequences: SequenceTable;
  readonly tokens: readonly IntakeToken[];
  readonly counters: IntakeCounters;
  readonly nowUs: () => number;
  /** What nobody foresaw, e.g. the journal's disk failing; the sender is asked to try again. */
  readonly onInternalError?: (error: unknown) => void;
  /** Largest body as received. Default 16 MiB. */
  readonly maxBodyBytes?: number;
  /** Largest body when decompressed. Default 64 MiB. */
  readonly maxDecompressedBytes?: number;
  /** Bodies as received of all requests together. Default 128 MiB. */
  readonly maxInFlightBytes?: number;
}

const MIB = 1024 * 1024;
/** Bodies that are decompressed at a time: bounds memory at as many times the decompressed limit. */
const DECOMPRESSIONS = 2;

interface Admitted {
  readonly token: IntakeToken;
  readonly encoding: ContentEncoding;
  readonly identity: BatchIdentity | null;
}

/**
 * Fastify plugin: `POST /v1/logs` and `POST /v1/metrics`, OTLP/HTTP in protobuf. 200 means durable in the journal.
 * Refusals carry a google.rpc.Status; those worth another try are 503 with Retry-After. Who is not allowed to send
 * is told before a byte of the body is kept.
 */
export async function otlpRoutes(app: FastifyInstance, options: OtlpRoutesOptions): Promise<void> {
  const { journal, sequences, counters, nowUs } = options;
  const maxBodyBytes = options.maxBodyBytes ?? 16 * MIB;
  const maxDecompressedBytes = options.maxDecompressedBytes ?? 64 * MIB;
  const budget = new ByteBudget(options.maxInFlightBytes ?? 128 * MIB, (usedBytes) => {
    counters.inFlightBytes = usedBytes;
  });
  const decompression = new Gate(DECOMPRESSIONS);
  const tokenOf = createBearerCheck(options.tokens);
  const admitted = new WeakMap<FastifyRequest, Admitted>();

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', async (_request: FastifyRequest, payload: FastifyRequest['raw']) =>
    readBody(payload, maxBodyBytes, budget),
  );

  app.addHook('onRequest', async (request) => {
    const token = tokenOf(request.headers.authorization);
    if (token === null)
      throw new Refusal('unauthenticated', 'send Authorization: Bearer with a token of this intake');
    checkContentType(request.headers['content-type']);
    const encoding = contentEncoding(request.headers['content-encoding']);
    const identity = readBatchIdentity(request.headers);
    if (identity !== null && token.agent !== undefined && token.agent !== identity.agent) {
      throw new Refusal('forbidden_agent', 'this token belongs to another agent');
    }
    if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) {
      throw new Refusal('too_large', `body is larger than ${maxBodyBytes} bytes`);
    }
    admitted.set(request, { token, encoding, identity });
  });

  app.setErrorHandler((error, _request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.reason === 'internal') options.onInternalError?.(error);
    counters.refused[refusal.reason] = (counters.refused[refusal.reason] ?? 0) + 1;
    return answer(reply, refusal);
  });

  const receive = async (signal: 'logs' | 'metrics', request: FastifyRequest, reply: FastifyReply) => {
    const { token, encoding, identity } = admitted.get(request)!;
    const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
    const bodyBytes = body.length;
    const receivedUs = nowUs();
    try {
      const { rawBytes, records } = await decompression.run(async () => {
        const raw = await decompressBody(body, encoding, maxDecompressedBytes);
        try {
          const summary = signal === 'logs' ? validateLogs(raw) : validateMetrics(raw);
          return { rawBytes: raw.length, records: summary.records };
        } finally {
          if (raw !== body) releaseBuffer(raw);
        }
      });
      const chunks = encodeEnvelope({
        kind: 'batch',
        signal,
        encoding,
        identity,
        sender: token.name,
        remote: plainAddress(request.ip),
        userAgent: request.headers['user-agent'] ?? '',
        receivedUs,
        rawBytes,
        records,
        body,
      });
      if (await write(chunks, token.name, identity)) {
        counters.accepted += 1;
        counters.records += records;
        counters.bodyBytes += bodyBytes;
        counters.rawBytes += rawBytes;
      } else {
        counters.duplicates += 1;
      }
    } finally {
      // Its length is 0 once the memory is given back.
      budget.give(bodyBytes);
      releaseBuffer(body);
    }
    return reply.code(200).type(PROTOBUF_CONTENT_TYPE).send(exportResponse());
  };

  /** @returns false when it was there already. */
  const write = async (
    chunks: Buffer[],
    sender: string,
    identity: BatchIdentity | null,
  ): Promise<boolean> => {
    if (identity === null) {
      await journal.append(chunks);
      return true;
    }
    const claim = await sequences.claim(sender, identity);
    if (claim.kind === 'duplicate') return false;
    // Settled in the very turn that the journal tells of it: its next checkpoint may follow at once.
    await journal.append(chunks).then(
      () => claim.settle(true),
      (error) => {
        claim.settle(false);
        throw error;
      },
    );
    return true;
  };

  app.post('/v1/logs', (request, reply) => receive('logs', request, reply));
  app.post('/v1/metrics', (request, reply) => receive('metrics', request, reply));
}

function checkContentType(header: string | undefined): void {
  const type = header?.replace(/;.*$/s, '').trim().toLowerCase();
  if (type === PROTOBUF_CONTENT_TYPE) return;
  if (type === 'application/json') {
    throw new Refusal('content_type', 'OTLP in JSON is not taken: set the exporter to http/protobuf');
  }
  throw new Refusal('content_type', `Content-Type must be ${PROTOBUF_CONTENT_TYPE}`);
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof JournalFullError) {
    return new Refusal('journal_full', 'no room at the moment, try again', { cause: error });
  }
  if (!(error instanceof ProtocolError)) return new Refusal('internal', 'internal error', { cause: error });
  switch (error.code) {
    case 'BAD_IDENTITY':
      return new Refusal('identity', error.message);
    case 'BAD_ENCODING':
      return new Refusal(
        error.message.startsWith('Content-Encoding') ? 'content_encoding' : 'malformed',
        error.message,
      );
    case 'TOO_LARGE':
      return new Refusal('too_large_decompressed', error.message);
    default:
      return new Refusal('malformed', error.message);
  }
}

function answer(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, rpcCode, retryAfterS } = refusal.answer;
  if (retryAfterS !== undefined) reply.header('retry-after', String(retryAfterS));
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(status).type(PROTOBUF_CONTENT_TYPE).send(statusMessage(rpcCode, refusal.message));
}
