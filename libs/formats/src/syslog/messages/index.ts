import { audit } from '../../audit/audit-messages.ts';
import { appliances } from '../../firewall/appliances.ts';
import { junos, panos, watchguard } from '../../firewall/carrier.ts';
import { cefMessages } from '../../firewall/cef.ts';
import { clavister } from '../../firewall/clavister.ts';
import { filterlog } from '../../firewall/filterlog.ts';
import { ciscoAsa, mikrotik } from '../../firewall/routers.ts';
import { sysmon } from '../../ids/sysmon.ts';
import { WATCHER_MESSAGES } from '../../ids/told-in-syslog.ts';
import { SERVICE_PARSERS } from '../../services/index.ts';
import { cron } from './cron.ts';
import { dropbear } from './dropbear.ts';
import { kernel } from './kernel.ts';
import { login } from './login.ts';
import type { MessageParser } from './message-parser.ts';
import { pam } from './pam.ts';
import { shadow } from './shadow.ts';
import { sshd } from './sshd.ts';
import { su } from './su.ts';
import { sudo } from './sudo.ts';
import { systemd } from './systemd.ts';

/** Every message parser, in the order in which they are asked where several know a program. */
export const MESSAGE_PARSERS: readonly MessageParser[] = [
  sshd,
  dropbear,
  sudo,
  su,
  login,
  shadow,
  cron,
  systemd,
  kernel,
  audit,
  filterlog,
  ...WATCHER_MESSAGES,
  sysmon,
  ...SERVICE_PARSERS,
  pam,
  clavister,
  mikrotik,
  ciscoAsa,
  junos,
  panos,
  watchguard,
  cefMessages,
  appliances,
];
