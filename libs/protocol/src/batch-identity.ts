import { BATCH_HEADERS, type BatchIdentity, ProtocolError } from './port.ts';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const AGENT = /^[A-Za-z0-9._-]{1,64}$/;
const EPOCH = /^[A-Za-z0-9]{1,32}$/;
const SEQUENCE = /^[1-9][0-9]{0,15}$/;

/** @throws ProtocolError BAD_IDENTITY when a part does not keep to the form that a reader demands. */
export function writeBatchIdentity(identity: BatchIdentity): Record<string, string> {
  const headers = {
    [BATCH_HEADERS.agent]: identity.agent,
    [BATCH_HEADERS.epoch]: identity.epoch,
    [BATCH_HEADERS.sequence]: String(identity.sequence),
  };
  readBatchIdentity(headers);
  return headers;
}

/**
 * The identity in a request's headers (lower-case names, as node:http has them); null when there is none of the
 * three.
 * @throws ProtocolError BAD_IDENTITY when some are missing, repeated or not of their form.
 */
export function readBatchIdentity(headers: Headers): BatchIdentity | null {
  const agent = headers[BATCH_HEADERS.agent];
  const epoch = headers[BATCH_HEADERS.epoch];
  const sequence = headers[BATCH_HEADERS.sequence];
  if (agent === undefined && epoch === undefined && sequence === undefined) return null;
  const count = typeof sequence === 'string' && SEQUENCE.test(sequence) ? Number(sequence) : Number.NaN;
  if (typeof agent !== 'string' || !AGENT.test(agent))
    throw bad(BATCH_HEADERS.agent, '1 to 64 of A-Za-z0-9._-');
  if (typeof epoch !== 'string' || !EPOCH.test(epoch)) throw bad(BATCH_HEADERS.epoch, '1 to 32 of A-Za-z0-9');
  if (!Number.isSafeInteger(count)) throw bad(BATCH_HEADERS.sequence, 'a decimal from 1 up to 2^53 - 1');
  return { agent, epoch, sequence: count };
}

function bad(header: string, expected: string): ProtocolError {
  return new ProtocolError('BAD_IDENTITY', `header ${header} must be ${expected}`);
}
