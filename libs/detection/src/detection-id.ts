import { createHash } from 'node:crypto';

/**
 * A detection's id: from its rule, its entities and the line that its story begins with, so that a replay
 * finds the same id and raises no second alert.
 *
 * @returns 20 hexadecimal characters (80 bits).
 */
export function detectionId(
  rule: string,
  entities: Readonly<Record<string, string>>,
  firstEvidenceId: string,
): string {
  const hash = createHash('sha256').update(rule).update('\0').update(firstEvidenceId);
  for (const name of Object.keys(entities).sort())
    hash.update('\0').update(name).update('=').update(entities[name]!);
  return hash.digest('hex').slice(0, 20);
}
