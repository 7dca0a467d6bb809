import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { TomConfig } from './config.ts';

const HASH_CHARS = 8;

export interface AgentIdentity {
  readonly agent: string;
  readonly host: string;
}

/**
 * Who this agent is: as configured, or the host's name and a hash of its machine id, so that two machines of one name
 * are told apart. The machine id itself is confidential (machine-id(5)) and never leaves the machine.
 */
export async function agentIdentity({ agent }: TomConfig): Promise<AgentIdentity> {
  const host = agent.host ?? hostname();
  if (agent.id !== undefined) return { agent: agent.id, host };
  const machineId = await readFile('/etc/machine-id', 'utf8').catch(() => '');
  const hash = createHash('sha256')
    .update('tom\0')
    .update(machineId.trim() || host)
    .digest('hex')
    .slice(0, HASH_CHARS);
  const name = host.replace(/[^A-Za-z0-9._-]/g, '-').slice(0, 48) || 'node';
  return { agent: `${name}-${hash}`, host };
}
