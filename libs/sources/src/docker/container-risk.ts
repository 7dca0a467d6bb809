import { listAt, objectAt, textAt, textsAt } from './engine-answer.ts';

/** Capabilities with which a container reaches beyond itself; capabilities(7). Others (CHOWN, NET_BIND_SERVICE, …) stay inside. */
const CAPABILITIES = new Set([
  'ALL',
  'SYS_ADMIN',
  'SYS_PTRACE',
  'SYS_MODULE',
  'SYS_RAWIO',
  'SYS_BOOT',
  'SYS_TIME',
  'DAC_READ_SEARCH',
  'NET_ADMIN',
  'BPF',
  'PERFMON',
  'SYSLOG',
  'MAC_ADMIN',
  'MAC_OVERRIDE',
]);

/** Places of the host that give it away, or much of it. A mount of one of them, or of what lies directly at it. */
const SENSITIVE = [
  '/boot',
  '/dev',
  '/etc',
  '/home',
  '/lib',
  '/lib/modules',
  '/proc',
  '/root',
  '/run',
  '/sys',
  '/usr',
  '/var',
  '/var/lib/docker',
  '/var/lib/containerd',
  '/var/log',
  '/var/run',
  '/var/spool/cron',
];
/** Whatever lies below these is sensitive too. */
const SENSITIVE_BELOW = [
  '/boot/',
  '/etc/',
  '/root/',
  '/var/lib/docker/',
  '/var/spool/cron/',
  '/proc/',
  '/sys/',
];
/** Mounted into containers all the time, to tell them the time and the names. */
const HARMLESS = new Set([
  '/etc/localtime',
  '/etc/timezone',
  '/etc/hosts',
  '/etc/hostname',
  '/etc/resolv.conf',
  '/etc/ssl/certs',
  '/etc/machine-id',
  '/var/lib/docker/volumes',
]);
const SOCKETS = /(?:^|\/)(?:docker|containerd|crio|podman)\.sock$/;
const MOST = 32;

/**
 * What a container may do beyond its own walls, from the engine's `GET /containers/ID/json`: `privileged`, `host-network`,
 * `host-pid`, `host-ipc`, `host-uts`, `host-users`, `docker-socket`, `mount:PATH:rw|ro`, `cap:NAME`, `device:PATH`,
 * `seccomp:unconfined`, `apparmor:unconfined`, `label:disable`, `no-masks`. Empty for an ordinary one.
 */
export function riskOf(inspected: unknown): readonly string[] {
  const host = objectAt(inspected, 'HostConfig');
  const risks: string[] = [];
  if (host.Privileged === true) risks.push('privileged');
  for (const [mode, risk] of [
    ['NetworkMode', 'host-network'],
    ['PidMode', 'host-pid'],
    ['IpcMode', 'host-ipc'],
    ['UTSMode', 'host-uts'],
    ['UsernsMode', 'host-users'],
  ] as const) {
    if (host[mode] === 'host') risks.push(risk);
  }
  risks.push(...mountRisks(inspected));
  for (const name of textsAt(host, 'CapAdd')) {
    const short = name.toUpperCase().replace(/^CAP_/, '');
    if (CAPABILITIES.has(short)) risks.push(`cap:${short}`);
  }
  for (const option of textsAt(host, 'SecurityOpt')) {
    const [name = '', value] = option.split(/[=:]/, 2);
    if ((name === 'seccomp' || name === 'apparmor') && value === 'unconfined')
      risks.push(`${name}:unconfined`);
    if (name === 'label' && value === 'disable') risks.push('label:disable');
    if (name === 'systempaths' && value === 'unconfined') risks.push('no-masks');
  }
  for (const device of listAt(host, 'Devices')) {
    const path = textAt(device, 'PathOnHost');
    if (path !== undefined) risks.push(`device:${path}`);
  }
  return [...new Set(risks)].slice(0, MOST);
}

function mountRisks(inspected: unknown): readonly string[] {
  const risks: string[] = [];
  for (const mount of listAt(inspected, 'Mounts')) {
    if (textAt(mount, 'Type') !== 'bind') continue;
    const source = tidy(textAt(mount, 'Source') ?? '');
    const access = objectAt(mount).RW === false ? 'ro' : 'rw';
    if (SOCKETS.test(source)) risks.push('docker-socket');
    else if (isSensitive(source)) risks.push(`mount:${source}:${access}`);
  }
  return risks;
}

function isSensitive(source: string): boolean {
  if (HARMLESS.has(source)) return false;
  return (
    source === '/' || SENSITIVE.includes(source) || SENSITIVE_BELOW.some((place) => source.startsWith(place))
  );
}

function tidy(path: string): string {
  return path.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '');
}
