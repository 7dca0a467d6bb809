import type { CommandContext } from '@suite/cli';
import { type LoadedConfig, loadConfig, readRegularFile } from '@suite/config';
import type { DetectionSettings } from '@suite/detection';
import type { AlertSettings, IncidentSettings, WeeklyWindow } from '@suite/incidents';
import { type NadirConfig, nadirConfig } from './config.ts';

type Flags = Readonly<Record<string, { readonly path: readonly string[]; readonly text: string }>>;
type Context = Pick<CommandContext, 'configFile' | 'env' | 'warn'>;

/** The effective configuration of a command. @throws ConfigError with every problem. */
export async function loadNadirConfig(
  context: Context,
  flags: Flags = {},
): Promise<LoadedConfig<NadirConfig>> {
  const loaded = await loadConfig({
    definition: nadirConfig,
    env: context.env,
    flags,
    readFile: readRegularFile,
    ...(context.configFile === undefined ? {} : { file: context.configFile }),
  });
  for (const warning of loaded.warnings) context.warn(warning);
  return loaded;
}

/** Configuration and the detectors' settings in it. */
export async function loadSettings(
  context: Context,
): Promise<{ config: NadirConfig; detection: DetectionSettings; incidents: IncidentSettings }> {
  const { config } = await loadNadirConfig(context);
  return { config, detection: detectionSettings(config), incidents: incidentSettings(config) };
}

/** @param own addresses of this machine: sharing one of them ties nothing together. */
export function incidentSettings(
  { alerts, detection }: NadirConfig,
  own: readonly string[] = [],
): IncidentSettings {
  const { incidents, allow } = alerts;
  return {
    quietMs: incidents.close_after,
    quietAfterSuccessMs: incidents.close_after_login,
    hostWindowMs: incidents.host_window,
    commonAddresses: [...detection.allow, ...allow.addresses, ...incidents.shared_addresses, ...own],
    commonUsers: incidents.shared_users,
    timeZone: alerts.time_zone,
  };
}

export function alertSettings({ alerts }: NadirConfig): AlertSettings {
  return {
    minLevel: alerts.min_level,
    budgetPerDay: alerts.budget,
    timeZone: alerts.time_zone,
    digestMinute: minuteOf(alerts.digest.at),
    quiet: alerts.quiet.map(weekly),
    allow: alerts.allow,
    maintenance: alerts.maintenance.map((one) => ({
      name: one.name,
      hosts: one.hosts,
      successes: one.successes,
      ...(one.from !== undefined && one.to !== undefined
        ? ({ kind: 'weekly', window: weekly({ days: one.days, from: one.from, to: one.to }) } as const)
        : ({ kind: 'once', fromUs: instantUs(one.start), toUs: instantUs(one.end) } as const)),
    })),
  };
}

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

function weekly(window: {
  readonly days?: readonly (typeof WEEKDAYS)[number][] | undefined;
  readonly from: string;
  readonly to: string;
}): WeeklyWindow {
  return {
    days: (window.days ?? []).map((day) => WEEKDAYS.indexOf(day)),
    fromMinute: minuteOf(window.from),
    toMinute: minuteOf(window.to),
  };
}

function instantUs(text: string | undefined): number {
  return text === undefined ? 0 : Date.parse(text) * 1000;
}

/** `07:30` as minutes since midnight. */
function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

export function detectionSettings({ detection }: NadirConfig): DetectionSettings {
  return {
    allow: detection.allow,
    failures: detection.ssh.failures,
    windowMs: detection.ssh.window,
    slowFailures: detection.ssh.slow_failures,
    slowWindowMs: detection.ssh.slow_window,
    enumerationNames: detection.ssh.unknown_users,
    sprayAccounts: detection.ssh.spray_accounts,
    preauthConnections: detection.ssh.unfinished,
    sudoFailures: detection.sudo.failures,
    web: {
      trustedProxies: detection.web.trusted_proxies,
      windowMs: detection.web.window,
      probes: detection.web.probes,
      notFound: detection.web.not_found,
      denied: detection.web.denied,
      requestsPerMinute: detection.web.requests_per_minute,
    },
    firewall: {
      ports: detection.firewall.ports,
      hosts: detection.firewall.hosts,
      windowMs: detection.firewall.window,
      slowWindowMs: detection.firewall.slow_window,
      packetsPerMinute: detection.firewall.packets_per_minute,
    },
    nodeSilentAfterMs: detection.node_silent_after,
  };
}
