const CODES: Readonly<Record<string, number>> = {
  emerg: 0,
  alert: 1,
  crit: 2,
  error: 3,
  warn: 4,
  notice: 5,
  info: 6,
  debug: 7,
};

/** RFC 5424 severity of a level as nginx and Apache name it (Apache's trace1 to trace8 are debug). */
export function errorLevelCode(level: string): number | undefined {
  return level.startsWith('trace') ? 7 : CODES[level];
}
