import type { ApiIncident, ApiMute } from '@suite/api/contract';

export type MuteMatch = ApiMute['match'];
export type MuteKind = keyof MuteMatch;

export const MUTE_KINDS: readonly (readonly [MuteKind, string, string])[] = [
  ['rule', 'Rule', 'rules'],
  ['address', 'Address', 'addresses'],
  ['user', 'Account', 'accounts'],
  ['host', 'Node', 'nodes'],
];

/** What a mute made from an incident can name. */
export function muteValues(incident: ApiIncident): Readonly<Record<MuteKind, readonly string[]>> {
  const { entities, rules } = incident;
  return {
    rule: rules,
    address: entities['source.address'] ?? [],
    user: entities['user.name'] ?? [],
    host: entities['host.name'] ?? [],
  };
}

/** Why a mute would not hide this incident itself, in words; null when it would. All that takes part must be covered. */
export function whyNotHidden(incident: ApiIncident, match: MuteMatch, successes: boolean): string | null {
  if (incident.success && !successes)
    return 'Somebody logged in here: without “logins too” this incident is told all the same.';
  const values = muteValues(incident);
  for (const [kind, , many] of MUTE_KINDS) {
    if (match[kind] !== undefined && values[kind].length > 1)
      return `${values[kind].length} ${many} take part here; a mute of one of them hides only what involves no other.`;
  }
  return null;
}

/** What a mute is about, as a person says it. */
export function muteParts(match: MuteMatch): readonly (readonly [string, string])[] {
  return MUTE_KINDS.flatMap(([kind, word]) => {
    const value = match[kind];
    return value === undefined ? [] : [[word.toLowerCase(), value] as const];
  });
}
