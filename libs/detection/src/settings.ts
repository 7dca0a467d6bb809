import { PRIVATE_NETWORKS } from '@suite/config/networks';

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
  readonly web: WebSettings;
  readonly firewall: FirewallSettings;
  /** A node that said nothing for so long is silent. */
  readonly nodeSilentAfterMs: number;
}

export interface WebSettings {
  /** Addresses and CIDRs whose word on the client (X-Forwarded-For) is believed. */
  readonly trustedProxies: readonly string[];
  readonly windowMs: number;
  /** Distinct pages that do not exist, asked for by one client within `windowMs`. */
  readonly probes: number;
  /** Requests for what does not exist, by one client within `windowMs`. */
  readonly notFound: number;
  /** Refusals (401, 403) of one client within `windowMs`. */
  readonly denied: number;
  /** Requests of one client within a minute that are never a flood. */
  readonly requestsPerMinute: number;
}

export interface FirewallSettings {
  /** Distinct ports of one host, tried by one address. */
  readonly ports: number;
  /** Distinct hosts, tried by one address on one port. */
  readonly hosts: number;
  readonly windowMs: number;
  /** Twice as many within this time make a slow scan. */
  readonly slowWindowMs: number;
  /** Packets of one address to one port within a minute. */
  readonly packetsPerMinute: number;
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
  web: {
    trustedProxies: PRIVATE_NETWORKS,
    windowMs: 5 * 60_000,
    probes: 12,
    notFound: 100,
    denied: 20,
    requestsPerMinute: 3_000,
  },
  firewall: {
    ports: 10,
    hosts: 5,
    windowMs: 10 * 60_000,
    slowWindowMs: 24 * 3_600_000,
    packetsPerMinute: 300,
  },
  nodeSilentAfterMs: 5 * 60_000,
};
