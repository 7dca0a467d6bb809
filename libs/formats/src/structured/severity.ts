const NAMED: Readonly<Record<string, number>> = {
  emerg: 0,
  emergency: 0,
  panic: 0,
  alert: 1,
  crit: 2,
  critical: 2,
  fatal: 2,
  dpanic: 2,
  error: 3,
  err: 3,
  eror: 3,
  severe: 3,
  warn: 4,
  warning: 4,
  notice: 5,
  info: 6,
  information: 6,
  informational: 6,
  debug: 7,
  dbug: 7,
  trace: 7,
  verbose: 7,
  silly: 7,
  fine: 7,
};

/**
 * RFC 5424 severity of a level as loggers write it: a name in any case, or pino's and bunyan's 10 (trace) to
 * 60 (fatal). Other numbers mean different things to different loggers and give undefined.
 */
export function severityCode(level: unknown): number | undefined {
  if (typeof level === 'string' && level.length <= 16) {
    const name = level.toLowerCase();
    return Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  }
  switch (level) {
    case 10:
    case 20:
      return 7;
    case 30:
      return 6;
    case 40:
      return 4;
    case 50:
      return 3;
    case 60:
      return 2;
    default:
      return undefined;
  }
}
