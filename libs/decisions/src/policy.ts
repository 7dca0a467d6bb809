import { isIPv4, isIPv6 } from 'node:net';
import type { Detection } from '@suite/event';
import type { Wanted } from './decision.ts';
import { plainAddress } from './plain-address.ts';

export interface PolicyOptions {
  /** Rules whose `source.address` is an attacker; a name may end in `*`. */
  readonly rules: readonly string[];
  readonly durationMs: number;
  /** A ban is never longer, however often the address came back. */
  readonly longestMs: number;
}

/**
 * Which detection asks for a ban, of whom, for how long. The time is the detection's own, so that a replay of old
 * lines after an outage bans nobody for what is long over; a node's clock that runs ahead is not believed. What is low
 * bans nobody.
 *
 * @param earlier how many other detections had this address banned before; each doubles the duration.
 */
export function wantedBan(
  detection: Detection,
  options: PolicyOptions,
  nowUs: number,
  earlier: (address: string) => number,
): Wanted | null {
  const told = detection.entities['source.address'];
  if (detection.level === 'low' || detection.level === 'informational') return null;
  if (told === undefined || !isAddress(told) || !isNamed(detection.rule, options.rules)) return null;
  const address = plainAddress(told);
  const durationMs = Math.min(options.durationMs * 2 ** Math.min(earlier(address), 32), options.longestMs);
  const untilUs = Math.min(detection.timeUs, nowUs) + durationMs * 1000;
  if (untilUs <= nowUs) return null;
  return {
    key: `${detection.id}:${detection.version}`,
    scope: 'Ip',
    value: address,
    type: 'ban',
    origin: 'nadir',
    scenario: `nadir/${detection.rule}`,
    detectionId: detection.id,
    reason: detection.reason,
    createdUs: nowUs,
    untilUs,
  };
}

function isAddress(text: string): boolean {
  return isIPv4(text) || (isIPv6(text) && !text.includes('%'));
}

function isNamed(rule: string, names: readonly string[]): boolean {
  return names.some((name) => (name.endsWith('*') ? rule.startsWith(name.slice(0, -1)) : rule === name));
}
