import { createHash } from 'node:crypto';
import { ACTIONS } from '@suite/event';

const PLAIN = /^[^\s\\\p{C}][^\\\p{C}]{0,127}$/u;

/**
 * A value as a tag: itself when it is short and has no character that line protocol or InfluxQL treats in a
 * special way, else `x-` and a hash, so that equal values stay equal and others apart. The exact value is a field.
 */
export function tagValue(value: string): string {
  if (PLAIN.test(value) && !value.endsWith(' ')) return value;
  return `x-${createHash('sha256').update(value).digest('hex').slice(0, 16)}`;
}

/** Tag of everything past a bound. */
export const OTHER = 'other';

/** Programs with a tag of their own. Fixed, so that the tag follows from the record alone; the others are `other`. */
const PROGRAMS: ReadonlySet<string> = new Set(
  `sshd sshd-session sshd-auth sudo su login cron CRON crond crontab systemd systemd-logind systemd-networkd systemd-resolved systemd-timesyncd
  kernel useradd userdel usermod groupadd groupdel groupmod gpasswd passwd chpasswd chage polkitd dbus-daemon
  NetworkManager dhclient dhcpcd ntpd chronyd rsyslogd auditd dockerd containerd glusterd glusterfsd nginx apache2
  httpd traefik haproxy mysqld mariadbd postgres redis influxd grafana postfix dovecot named unbound smartd mdadm
  ufw nft fail2ban fail2ban-server tom nadir hugo`.split(/\s+/),
);

export function programTag(program: string): string {
  return PROGRAMS.has(program) ? program : OTHER;
}

export function actionTag(action: string): string {
  return Object.hasOwn(ACTIONS, action) ? action : OTHER;
}

const CATEGORIES: ReadonlySet<string> = new Set(
  'authentication session iam process network web host configuration file'.split(' '),
);

export function categoryTag(category: string): string {
  return CATEGORIES.has(category) ? category : OTHER;
}

const OUTCOMES: ReadonlySet<string> = new Set(['success', 'failure', 'unknown']);

export function outcomeTag(outcome: string): string {
  return OUTCOMES.has(outcome) ? outcome : OTHER;
}

/**
 * The first `limit` distinct values keep their tag, later ones share `other`: for names that come from
 * configured senders (hosts, agents), where more than a handful means that somebody floods.
 */
export class TagBound {
  readonly #known = new Set<string>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  tag(value: string): string {
    if (this.#known.has(value)) return tagValue(value);
    if (this.#known.size >= this.#limit) return OTHER;
    this.#known.add(value);
    return tagValue(value);
  }
}
