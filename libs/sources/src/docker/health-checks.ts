import { healthCommandOf } from './container-facts.ts';
import { shortId } from './docker-position.ts';

/** Which commands are containers' own health checks: the engine runs them every few seconds and tells of each. */
export interface HealthChecks {
  /** Remembers a container's check. */
  learn(id: string, inspected: unknown): void;
  isCheck(id: string, command: string): Promise<boolean>;
}

const CONTAINERS = 1_000;

/** Keeps 1,000 containers; the one learned longest ago is asked for again when it is needed. */
export function createHealthChecks(inspect: (id: string) => Promise<unknown>): HealthChecks {
  const commands = new Map<string, string | null>();

  function learn(id: string, inspected: unknown): void {
    commands.delete(shortId(id));
    commands.set(shortId(id), healthCommandOf(inspected));
    if (commands.size > CONTAINERS) commands.delete(commands.keys().next().value!);
  }

  return {
    learn,
    async isCheck(id, command) {
      if (!commands.has(shortId(id))) {
        const inspected = await inspect(id);
        if (inspected === null) return false;
        learn(id, inspected);
      }
      return commands.get(shortId(id)) === command;
    },
  };
}
