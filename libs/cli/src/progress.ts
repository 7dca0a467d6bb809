/** What a progress line shows. */
export interface ProgressOptions {
  /** `replay auth.log`. */
  readonly label: string;
  /** `lines`, `B`: bytes are shown in binary units. */
  readonly unit: string;
  /** Left out when it is not known: no percentage, no time left. */
  readonly total?: number;
}

export interface Progress {
  /** So much is done in all. Cheap: call it as often as you like. */
  update(done: number): void;
  /** Takes the line off the terminal. May be called twice. */
  stop(): void;
}

export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const REDRAW_MS = 200;

/** A line that is redrawn in place at most five times a second; nothing at all where the stream is no terminal. */
export function createProgress(
  stream: ProgressStream,
  nowMs: () => number,
  options: ProgressOptions,
): Progress {
  if (!stream.isTTY) return { update() {}, stop() {} };
  const startedMs = nowMs();
  let drawnMs = Number.NEGATIVE_INFINITY;
  let drawn = false;
  return {
    update(done) {
      const now = nowMs();
      if (now - drawnMs < REDRAW_MS) return;
      drawnMs = now;
      drawn = true;
      const text = progressText(options, done, now - startedMs);
      stream.write(`\r\x1b[2K${text.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
    },
    stop() {
      if (drawn) stream.write('\r\x1b[2K');
      drawn = false;
    },
  };
}

/** `replay auth.log  42%  1.2M lines  310k lines/s  00:04 left`. */
export function progressText(
  { label, unit, total }: ProgressOptions,
  done: number,
  elapsedMs: number,
): string {
  const perSecond = elapsedMs > 0 ? (done * 1000) / elapsedMs : 0;
  const parts = [label];
  if (total !== undefined && total > 0) parts.push(`${Math.floor((Math.min(done, total) / total) * 100)}%`);
  parts.push(quantity(done, unit), `${quantity(perSecond, unit)}/s`);
  if (total !== undefined && perSecond > 0)
    parts.push(`${clock(Math.max(0, total - done) / perSecond)} left`);
  return parts.join('  ');
}

function quantity(value: number, unit: string): string {
  const [step, names] =
    unit === 'B'
      ? ([1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB']] as const)
      : ([1000, ['', 'k', 'M', 'G', 'T']] as const);
  let scaled = value;
  let index = 0;
  while (scaled >= step && index < names.length - 1) {
    scaled /= step;
    index++;
  }
  const number = index === 0 || scaled >= 100 ? Math.round(scaled).toString() : scaled.toFixed(1);
  return unit === 'B' ? `${number} ${names[index]}` : `${number}${names[index]} ${unit}`;
}

function clock(seconds: number): string {
  const whole = Math.min(359_999, Math.ceil(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60];
  if (whole >= 3600) parts.unshift(Math.floor(whole / 3600));
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
