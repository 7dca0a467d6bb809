import { RuleProblem } from './problem.ts';

const UNITS_US: Readonly<Record<string, number>> = {
  s: 1e6,
  m: 60e6,
  h: 3_600e6,
  d: 86_400e6,
  w: 604_800e6,
  M: 2_592_000e6,
  y: 31_536_000e6,
};
const LONGEST_US = 31_536_000e6;

/** `15s`, `30m`, `1h`, `7d`, `2w`, `1M` (30 days), `1y` (365 days): microseconds. @throws RuleProblem */
export function parseTimespan(text: string, line: number): number {
  const match = /^(\d{1,9})([smhdwMy])$/.exec(text.trim());
  const spanUs = match ? Number(match[1]) * UNITS_US[match[2]!]! : 0;
  if (spanUs === 0)
    throw new RuleProblem(
      line,
      `"${text.slice(0, 40)}" is no time span; expected a number and s, m, h, d, w, M or y: 10m`,
    );
  if (spanUs > LONGEST_US) throw new RuleProblem(line, `the time span ${text} is longer than a year`);
  return spanUs;
}
