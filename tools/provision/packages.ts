/** Debian packages that tests and benchmarks talk to, each with what for. */
export interface ProvisionPackage {
  readonly name: string;
  readonly why: string;
  /** System service that the package would start; it is not wanted running. */
  readonly unit?: string;
}

export const TEST_PACKAGES: readonly ProvisionPackage[] = [
  {
    name: 'influxdb',
    why: 'InfluxDB 1.x, the real server behind the store’s second adapter',
    unit: 'influxdb',
  },
  {
    name: 'victoria-metrics',
    why: 'a server that takes the InfluxDB v2 write path',
    unit: 'victoria-metrics',
  },
  { name: 'chromium', why: 'the browser that tests the console' },
  { name: 'logrotate', why: 'rotates log files under the agent' },
  { name: 'zsh', why: 'writes real zsh histories' },
  { name: 'fish', why: 'writes real fish histories' },
  { name: 'systemd', why: 'journald and journalctl; a test runs a journal of its own' },
  { name: 'iproute2', why: 'network namespaces for the firewall tests' },
  { name: 'nftables', why: 'the firewall that the decisions are enforced with' },
  {
    name: 'crowdsec-firewall-bouncer',
    why: 'the bouncer that asks NADIR for its decisions',
    unit: 'crowdsec-firewall-bouncer',
  },
  { name: 'python3-aiosmtpd', why: 'the mail server that alerts are sent through' },
  { name: 'openssl', why: 'makes certificates for the TLS tests' },
];

export const BENCH_PACKAGES: readonly ProvisionPackage[] = [
  { name: 'rsyslog', why: 'the peer of `bench tail`', unit: 'rsyslog' },
  { name: 'fail2ban', why: 'a peer of `bench detect`', unit: 'fail2ban' },
  { name: 'time', why: 'peak memory of peers' },
];

/**
 * Taken apart beside the system instead of installed: syslog-ng would replace rsyslog, and installing CrowdSec wants
 * its hub on the network.
 */
export const UNPACKED_PACKAGES = {
  'syslog-ng': ['syslog-ng-core', 'libivykis0', 'libnet1', 'libpcre3', 'libwrap0'],
  crowdsec: ['crowdsec'],
} as const;
