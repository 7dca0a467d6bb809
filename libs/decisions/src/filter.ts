import { isIPv4, isIPv6 } from 'node:net';
import { createAddressSet, parseCidr } from '@suite/config';
import type { Decision } from './decision.ts';
import { plainAddress } from './plain-address.ts';

/** Query parameters of CrowdSec's local API that narrow decisions down; lists are comma-separated. */
export interface DecisionFilter {
  readonly ip?: string;
  readonly range?: string;
  readonly scope?: string;
  readonly value?: string;
  readonly type?: string;
  readonly scopes?: string;
  readonly origins?: string;
  readonly scenarios_containing?: string;
  readonly scenarios_not_containing?: string;
}

/** A predicate for the filter; null when `ip` or `range` are none. */
export function decisionFilter(filter: DecisionFilter): ((decision: Decision) => boolean) | null {
  const { ip, range, scope, value, type } = filter;
  if (ip !== undefined && !isIPv4(ip) && !isIPv6(ip)) return null;
  if (range !== undefined && parseCidr(range) === null) return null;
  const inRange = range === undefined ? null : createAddressSet([range]);
  const scopes = list(filter.scopes);
  const origins = list(filter.origins);
  const wanted = list(filter.scenarios_containing);
  const unwanted = list(filter.scenarios_not_containing);
  return (decision) =>
    (ip === undefined || covers(decision, ip)) &&
    (inRange === null || decision.value === range || inRange.has(decision.value.split('/', 1)[0]!)) &&
    (scope === undefined || same(decision.scope, scope)) &&
    (value === undefined || decision.value === value) &&
    (type === undefined || same(decision.type, type)) &&
    (scopes.length === 0 || scopes.some((one) => same(decision.scope, one))) &&
    (origins.length === 0 || origins.includes(decision.origin)) &&
    (wanted.length === 0 || wanted.some((word) => decision.scenario.includes(word))) &&
    !unwanted.some((word) => decision.scenario.includes(word));
}

function covers(decision: Decision, ip: string): boolean {
  return decision.scope === 'Range'
    ? createAddressSet([decision.value]).has(ip)
    : decision.value === plainAddress(ip);
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function list(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split(',').filter((one) => one !== '');
}
