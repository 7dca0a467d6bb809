import type { Family } from '@suite/commands';
import type { Level } from '@suite/event';

/** A family of commands as a rule. */
export interface CommandRule {
  readonly rule: string;
  readonly title: string;
  /** Level of an alert; a notice is medium where it is weighty, low elsewhere. */
  readonly alert: Level;
  readonly next: string;
}

const session =
  'end the session if it is not yours, and read what it did before and after (search for the user).';

/** `history` has none: the rule history-tampering reports it. */
export const COMMAND_RULES: Readonly<Record<Exclude<Family, 'history'>, CommandRule>> = {
  'reverse-shell': {
    rule: 'command-reverse-shell',
    title: 'Shell handed to another machine',
    alert: 'critical',
    next: `take the node off the network, look for the connection (ss -tnp), ${session}`,
  },
  'container-escape': {
    rule: 'command-container-escape',
    title: 'Container with the rights of its host',
    alert: 'critical',
    next: `look which container it is (docker ps), stop it unless you started it, ${session}`,
  },
  'download-and-run': {
    rule: 'command-download-and-run',
    title: 'Something downloaded was run',
    alert: 'high',
    next: `look at what was downloaded before you run anything else, ${session}`,
  },
  obfuscation: {
    rule: 'command-obfuscation',
    title: 'Command hidden from the reader',
    alert: 'high',
    next: `decode it by hand without running it, ${session}`,
  },
  'shell-escape': {
    rule: 'command-shell-escape',
    title: 'Shell started out of another program',
    alert: 'high',
    next: session,
  },
  persistence: {
    rule: 'command-persistence',
    title: 'Something planted that starts by itself',
    alert: 'high',
    next: `look at the file and undo the change unless it is yours, ${session}`,
  },
  accounts: {
    rule: 'command-account',
    title: 'Account made or opened in an odd way',
    alert: 'high',
    next: `lock the account (passwd -l) unless you made it, ${session}`,
  },
  'privilege-escalation': {
    rule: 'command-privilege-escalation',
    title: 'Rights of root given away',
    alert: 'high',
    next: `take the right back unless you gave it, ${session}`,
  },
  'credential-access': {
    rule: 'command-credential-access',
    title: 'Passwords or keys looked for or read',
    alert: 'high',
    next: `change what was read if it was not you, ${session}`,
  },
  'defence-evasion': {
    rule: 'command-defence-evasion',
    title: 'Logs or defences switched off',
    alert: 'high',
    next: `switch it on again, read the other logs while they are there, ${session}`,
  },
  discovery: {
    rule: 'command-discovery',
    title: 'Somebody looks around',
    alert: 'high',
    next: `ask whoever owns the account; ${session}`,
  },
  collection: {
    rule: 'command-collection',
    title: 'Traffic, keys or files collected',
    alert: 'high',
    next: `look where the data went and remove it, ${session}`,
  },
  tunnel: {
    rule: 'command-tunnel',
    title: 'Way around the firewall',
    alert: 'high',
    next: `look for the connection (ss -tnp) and end it unless it is yours, ${session}`,
  },
  miner: {
    rule: 'command-miner',
    title: 'Coin miner',
    alert: 'high',
    next: `look at what uses the processor (top), stop it, find out how it came in; ${session}`,
  },
  exfiltration: {
    rule: 'command-exfiltration',
    title: 'Data sent away',
    alert: 'high',
    next: `find out what was sent and change the secrets in it, ${session}`,
  },
  destruction: {
    rule: 'command-destruction',
    title: 'Data destroyed or made unreadable',
    alert: 'high',
    next: `stop the command, take the node off the volume before the others follow, ${session}`,
  },
  'lateral-movement': {
    rule: 'command-lateral-movement',
    title: 'From this machine to the next',
    alert: 'high',
    next: `look at the logins of the other nodes, ${session}`,
  },
};

/** The discovery burst is a rule of its own: no single command makes it. */
export const BURST_RULE: CommandRule = {
  rule: 'command-discovery-burst',
  title: 'Many questions in a row',
  alert: 'high',
  next: `ask whoever owns the account; ${session}`,
};
