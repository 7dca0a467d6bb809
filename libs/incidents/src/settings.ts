/** How detections become incidents. Plain data: it goes to the pipeline's thread. */
export interface IncidentSettings {
  /** Quiet after which an incident is closed. */
  readonly quietMs: number;
  /** The same for one in which somebody got in. */
  readonly quietAfterSuccessMs: number;
  /** After a break-in, what happens on the same host within so long belongs to it, whoever did it. */
  readonly hostWindowMs: number;
  /**
   * Addresses and CIDRs that many strangers come from or that are the operator's own (proxies, ingress gateways,
   * nodes, allow-listed networks): sharing one ties nothing together.
   */
  readonly commonAddresses: readonly string[];
  /** Accounts that many share, besides root and those of services. */
  readonly commonUsers: readonly string[];
  /** IANA zone of the times in a story. */
  readonly timeZone: string;
}

export const DEFAULT_INCIDENT_SETTINGS: IncidentSettings = {
  quietMs: 3_600_000,
  quietAfterSuccessMs: 6 * 3_600_000,
  hostWindowMs: 15 * 60_000,
  commonAddresses: [],
  commonUsers: [],
  timeZone: 'UTC',
};
