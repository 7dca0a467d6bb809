import type { Format } from '../port.ts';
import type { MessageParser } from '../syslog/messages/message-parser.ts';
import { mysql, mysqlFormat, redis, redisFormat } from './databases.ts';
import { dovecot } from './dovecot.ts';
import { exim, eximFormat } from './exim.ts';
import { proftpd, proftpdFormat, pureftpd, vsftpd, vsftpdFormat } from './ftp.ts';
import { postfix } from './postfix.ts';
import {
  drupal,
  kerberos,
  phpmyadmin,
  proxmox,
  roundcube,
  roundcubeFormat,
  sogo,
  vnc,
  webmin,
  wordpress,
  xinetd,
  xrdp,
  xrdpFormat,
} from './remote-access.ts';
import {
  emby,
  embyFormat,
  gitea,
  giteaFormat,
  guacamole,
  guacamoleFormat,
  homeAssistant,
  homeAssistantFormat,
  jellyfin,
  jellyfinFormat,
  keycloak,
  keycloakFormat,
  murmur,
  murmurFormat,
  vaultwarden,
  vaultwardenFormat,
} from './web-apps.ts';

/** Programs whose messages say who was let in and who was not. */
export const SERVICE_PARSERS: readonly MessageParser[] = [
  dovecot,
  postfix,
  exim,
  vsftpd,
  proftpd,
  pureftpd,
  mysql,
  redis,
  vaultwarden,
  gitea,
  homeAssistant,
  jellyfin,
  emby,
  keycloak,
  guacamole,
  murmur,
  proxmox,
  webmin,
  phpmyadmin,
  wordpress,
  drupal,
  roundcube,
  sogo,
  xrdp,
  vnc,
  kerberos,
  xinetd,
];

/** Those of them that write a file of their own, or to a container's output, with a stamp of their own. */
export const SERVICE_FORMATS: readonly Format[] = [
  eximFormat,
  vsftpdFormat,
  proftpdFormat,
  mysqlFormat,
  redisFormat,
  vaultwardenFormat,
  giteaFormat,
  homeAssistantFormat,
  jellyfinFormat,
  embyFormat,
  keycloakFormat,
  guacamoleFormat,
  murmurFormat,
  roundcubeFormat,
  xrdpFormat,
];
