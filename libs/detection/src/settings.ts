/** What the operator may tune. Durations in milliseconds. */
export interface DetectionSettings {
  /** Addresses and CIDRs of the operator's own: their failures are not reported, their logins still are. */
  readonly allow: readonly string[];
  /** Failures within `windowMs` that make a fast brute force. */
  readonly failures: number;
  readonly windowMs: number;
  /** Failures within `slowWindowMs` that make a slow one. */
  readonly slowFailures: number;
  readonly slowWindowMs: number;
  /** Distinct unknown account names from one address within `windowMs`. */
  readonly enumerationNames: number;
  /** Distinct existing accounts from one address within `slowWindowMs`, few tries each. */
  readonly sprayAccounts: number;
  /** Connections of one address within `windowMs` that end before they say who they are. */
  readonly preauthConnections: number;
  /** Refused sudo calls of one account within `windowMs`. */
  readonly sudoFailures: number;
  /** A node that said nothing for so long is silent. */
  readonly nodeSilentAfterMs: number;
}

export const DEFAULT_SETTINGS: DetectionSettings = {
  allow: [],
  failures: 5,
  windowMs: 10 * 60_000,
  slowFailures: 15,
  slowWindowMs: 12 * 3_600_000,
  enumerationNames: 5,
  sprayAccounts: 5,
  preauthConnections: 20,
  sudoFailures: 3,
  nodeSilentAfterMs: 5 * 60_000,
};
