const ADDRESSES_MAX = 10_000;

/** Counts failed attempts per address in a fixed window; memory is bounded by the number of addresses. */
export interface AttemptLimit {
  /** Seconds to wait before the next attempt, 0 when one is allowed now. */
  waitSeconds(address: string): number;
  failed(address: string): void;
}

export function createAttemptLimit(options: {
  readonly attempts: number;
  readonly windowMs: number;
  readonly clockUs: () => number;
}): AttemptLimit {
  const windows = new Map<string, { count: number; endsUs: number }>();
  const open = (address: string) => {
    const window = windows.get(address);
    return window && window.endsUs > options.clockUs() ? window : undefined;
  };
  return {
    waitSeconds(address) {
      const window = open(address);
      if (!window || window.count < options.attempts) return 0;
      return Math.max(1, Math.ceil((window.endsUs - options.clockUs()) / 1_000_000));
    },
    failed(address) {
      const window = open(address);
      if (window) {
        window.count++;
        return;
      }
      windows.delete(address);
      if (windows.size >= ADDRESSES_MAX) windows.delete(windows.keys().next().value ?? '');
      windows.set(address, { count: 1, endsUs: options.clockUs() + options.windowMs * 1000 });
    },
  };
}
