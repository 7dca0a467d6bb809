import type { FastifyError } from 'fastify';
import type { ApiProblem } from './contract.ts';

/** The body of every refusal and failure. */
export function problem(code: string, message: string, hint?: string): ApiProblem {
  return { error: { code, message, ...(hint === undefined ? {} : { hint }) } };
}

/** What a thrown error becomes. Failures inside say nothing about the inside; the log has the rest. */
export function problemOf(error: FastifyError): { readonly status: number; readonly body: ApiProblem } {
  if (error.validation) {
    const first = error.validation[0];
    const where = first?.instancePath.replace(/^\//, '') || error.validationContext || 'the request';
    return { status: 400, body: problem('bad_request', `${where}: ${first?.message ?? 'is not valid'}`) };
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return { status, body: problem('bad_request', error.message) };
  return {
    status: 500,
    body: problem('internal', 'NADIR could not answer this.', 'Look at the log of nadir for the cause.'),
  };
}
