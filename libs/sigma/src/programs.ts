import type { Event } from '@suite/event';

/** Programs that a Sigma service stands for, where it is more than the program of that name. */
export const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  sshd: ['sshd', 'sshd-session', 'sshd-auth', 'dropbear'],
  auth: [
    'sshd',
    'sshd-session',
    'sshd-auth',
    'dropbear',
    'sudo',
    'su',
    'login',
    'doas',
    'polkitd',
    'pkexec',
    'passwd',
    'chpasswd',
    'useradd',
    'userdel',
    'usermod',
    'groupadd',
    'groupdel',
    'groupmod',
    'gpasswd',
    'chage',
    'systemd-logind',
    'cron',
    'crond',
    'gdm',
    'lightdm',
  ],
  cron: ['cron', 'crond', 'crontab', 'anacron', 'atd', 'fcron'],
  sudo: ['sudo'],
  clamav: [
    'clamd',
    'freshclam',
    'clamav',
    'clamav-daemon',
    'clamav-freshclam',
    'clamonacc',
    'clamscan',
    'clamdscan',
  ],
  guacamole: ['guacd', 'guacamole', 'tomcat', 'tomcat8', 'tomcat9', 'tomcat10'],
  vsftpd: ['vsftpd'],
  modsecurity: ['modsecurity', 'apache2', 'httpd', 'nginx'],
  kernel: ['kernel'],
};

/** Services whose records are access logs. */
export const WEB_PROGRAMS = new Set([
  'apache',
  'apache2',
  'httpd',
  'nginx',
  'traefik',
  'caddy',
  'haproxy',
  'iis',
  'webserver',
]);

/** Which of the programs wrote the record, by the name of its process, else of its service; empty: none of them. */
export function programOf(event: Event, programs: ReadonlySet<string>): string {
  const name = event['process.name'];
  if (name !== undefined) {
    if (programs.has(name)) return name;
    const lower = name.toLowerCase();
    if (programs.has(lower)) return lower;
  }
  const service = event['service.name'];
  return service !== undefined && programs.has(service) ? service : '';
}
