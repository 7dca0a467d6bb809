/** Why the intake did not take something. Bounded set: it is a counter's label. */
export type RefusalReason =
  | 'unauthenticated'
  | 'forbidden_agent'
  | 'content_type'
  | 'content_encoding'
  | 'identity'
  | 'too_large'
  | 'too_large_decompressed'
  | 'malformed'
  | 'busy'
  | 'journal_full'
  | 'aborted'
  | 'internal';

/** google.rpc.Code values that OTLP/HTTP answers with. */
const RPC = {
  invalidArgument: 3,
  permissionDenied: 7,
  exhausted: 8,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
};

interface Answer {
  readonly status: number;
  readonly rpcCode: number;
  readonly retryAfterS?: number;
}

/** OTLP/HTTP specification, "Failures": 429, 502, 503 and 504 are retried, anything else is dropped. */
const ANSWERS: Readonly<Record<RefusalReason, Answer>> = {
  unauthenticated: { status: 401, rpcCode: RPC.unauthenticated },
  forbidden_agent: { status: 403, rpcCode: RPC.permissionDenied },
  content_type: { status: 415, rpcCode: RPC.invalidArgument },
  content_encoding: { status: 415, rpcCode: RPC.invalidArgument },
  identity: { status: 400, rpcCode: RPC.invalidArgument },
  too_large: { status: 413, rpcCode: RPC.exhausted },
  too_large_decompressed: { status: 413, rpcCode: RPC.exhausted },
  malformed: { status: 400, rpcCode: RPC.invalidArgument },
  busy: { status: 503, rpcCode: RPC.unavailable, retryAfterS: 1 },
  journal_full: { status: 503, rpcCode: RPC.unavailable, retryAfterS: 5 },
  aborted: { status: 400, rpcCode: RPC.invalidArgument },
  // Not 500: a sender would drop a batch that nobody found fault with.
  internal: { status: 503, rpcCode: RPC.internal, retryAfterS: 5 },
};

/** An answer to a sender; its message says what to change and never repeats what was sent. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: RefusalReason;
  readonly answer: Answer;
  constructor(reason: RefusalReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
    this.answer = ANSWERS[reason];
  }
}
