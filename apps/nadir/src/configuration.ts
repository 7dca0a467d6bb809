import type { CommandContext } from '@suite/cli';
import { type LoadedConfig, loadConfig, readRegularFile } from '@suite/config';
import type { DetectionSettings } from '@suite/detection';
import type { IncidentSettings } from '@suite/incidents';
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

export function incidentSettings({ alerts, detection }: NadirConfig): IncidentSettings {
  const { incidents, allow } = alerts;
  return {
    quietMs: incidents.close_after,
    quietAfterSuccessMs: incidents.close_after_login,
    hostWindowMs: incidents.host_window,
    commonAddresses: [...detection.allow, ...allow.addresses, ...incidents.shared_addresses],
    commonUsers: incidents.shared_users,
    timeZone: alerts.time_zone,
  };
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
    nodeSilentAfterMs: detection.node_silent_after,
  };
}
