import { attributeField } from './message-writer.ts';
import { ATTRIBUTES } from './port.ts';

/** Who sends: becomes the OTLP Resource of everything in a request. */
export interface SenderResource {
  readonly host: string;
  /** Agent id. */
  readonly agent: string;
  readonly version: string;
}

/** The content of a `Resource` message (resource/v1): attributes 1. */
export function resourceMessage(resource: SenderResource): Buffer {
  return Buffer.concat([
    attributeField(1, ATTRIBUTES.host, resource.host),
    attributeField(1, ATTRIBUTES.service, 'tom'),
    attributeField(1, ATTRIBUTES.agent, resource.agent),
    attributeField(1, ATTRIBUTES.version, resource.version),
  ]);
}
