/** A measurement of this node, from /proc and /sys alone: runs nothing, needs no root. */
export interface Probe {
  /** `cpu`, `memory`, `disk`, `filesystem`, `load`, `network`, … */
  readonly name: string;
  /**
   * One reading. Called every interval, never twice at once. Rates and utilisations need the reading before:
   * the first call may return fewer points. Throws when its files are missing or make no sense.
   */
  read(signal: AbortSignal): Promise<readonly ProbePoint[]>;
}

/** OpenTelemetry system semantic conventions: names, units and attributes. */
export interface ProbePoint {
  readonly name: string;
  readonly unit: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly value: number;
}
