import type { Probe, ProbePoint } from './port.ts';

export interface ProbeRunnerOptions {
  readonly probes: readonly Probe[];
  readonly intervalMs: number;
  /** Integer microseconds. */
  readonly clock: () => number;
  /** All points of one round; the next round waits until it resolves. */
  readonly onPoints: (points: readonly ProbePoint[], timeUs: number) => void | Promise<void>;
  /** A probe failed: its points are missing from this round, the others' are not. */
  readonly onError: (probe: string, error: unknown) => void;
}

export interface ProbeRunner {
  /** Reads once, then every interval. */
  start(): Promise<void>;
  /** No call of the options after it resolves. May be called twice. */
  stop(): Promise<void>;
}

/** Reads all probes side by side every interval; a round that takes longer delays the next, none overlap. */
export function createProbeRunner(options: ProbeRunnerOptions): ProbeRunner {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let round: Promise<void> = Promise.resolve();

  async function readAll(): Promise<void> {
    const timeUs = options.clock();
    const read = options.probes.map(async (probe) => {
      try {
        return await probe.read(stopping.signal);
      } catch (error) {
        if (!stopping.signal.aborted) options.onError(probe.name, error);
        return [];
      }
    });
    const points = (await Promise.all(read)).flat();
    if (stopping.signal.aborted || points.length === 0) return;
    try {
      await options.onPoints(points, timeUs);
    } catch (error) {
      options.onError('runner', error);
    }
  }

  function schedule(startedUs: number): void {
    if (stopping.signal.aborted) return;
    const tookMs = (options.clock() - startedUs) / 1_000;
    const waitMs = Math.min(options.intervalMs, Math.max(0, options.intervalMs - tookMs));
    timer = setTimeout(run, waitMs);
  }

  function run(): void {
    const startedUs = options.clock();
    round = readAll().then(() => schedule(startedUs));
  }

  return {
    async start() {
      run();
      await round;
    },
    async stop() {
      stopping.abort();
      if (timer !== null) clearTimeout(timer);
      await round;
    },
  };
}
