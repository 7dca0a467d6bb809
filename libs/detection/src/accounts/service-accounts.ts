/** Accounts that own files and processes and never log in: of Debian, of packages, of common images. */
export const SERVICE_ACCOUNTS: ReadonlySet<string> = new Set(
  (
    'daemon bin sys sync games man lp mail news uucp proxy www-data list irc gnats nobody _apt messagebus sshd syslog uuidd tcpdump ' +
    'systemd-network systemd-resolve systemd-timesync systemd-coredump avahi dnsmasq ntp _chrony chrony polkitd rtkit colord ' +
    'usbmux statd _rpc rpc rpcuser nfsnobody nginx apache apache2 httpd http caddy traefik haproxy squid varnish tomcat jetty ' +
    'php-fpm mysql mariadb postgres mongodb mongod redis memcache memcached elasticsearch opensearch influxdb prometheus grafana ' +
    'loki telegraf rabbitmq zookeeper kafka cassandra couchdb named bind unbound pihole postfix dovecot dovenull vmail opendkim ' +
    'amavis clamav debian-spamd rspamd exim Debian-exim ftp vsftpd proftpd mosquitto homeassistant jellyfin plex emby sonarr radarr ' +
    'nextcloud docker-registry gluster libvirt-qemu munin zabbix snmp Debian-snmp nut cups saned'
  ).split(' '),
);

/** Accounts of jobs: they log in with keys, never with passwords. */
export const JOB_ACCOUNTS: ReadonlySet<string> = new Set(
  'git gitea forgejo gitlab backup borg restic rsync ansible deploy jenkins gitlab-runner nagios icinga monitoring'.split(
    ' ',
  ),
);
