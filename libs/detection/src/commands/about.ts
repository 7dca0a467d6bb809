import { CATALOGUE, type Family } from '@suite/commands';
import type { Example, RuleAbout } from '../about.ts';
import { EXAMPLES } from './examples.ts';
import { BURST_RULE, COMMAND_RULES, type CommandRule } from './rules.ts';

const SOURCE = 'shell histories, sudo, cron, auditd (EXECVE), commands run in containers';
const KEEPS =
  '1,000 accounts on machines with 200 programs and 300 shapes of commands each, and 5,000 commands that were told; the ones quiet longest are forgotten first.';

interface Told {
  readonly why: string;
  readonly falsePositives: readonly string[];
}

/** Why each rule speaks, and when it is wrong. */
const TOLD: Readonly<Record<string, Told>> = {
  'command-reverse-shell': {
    why: 'A shell or an interpreter was tied to a network connection: whoever is at the other end types on this machine.',
    falsePositives: ['Exercises in a laboratory.'],
  },
  'command-container-escape': {
    why: 'A container was given its host: all of its files, all rights, its processes, or the engine’s socket. From there it is one step to root on the node.',
    falsePositives: [
      'Tools that look after the host out of a container (node exporters mount it read-only and are let be).',
    ],
  },
  'command-download-and-run': {
    why: 'Something was downloaded and run without anybody having read it, or a program was run out of a folder that everyone may write to.',
    falsePositives: ['Installers that are piped into a shell; the well-known ones over TLS are let be.'],
  },
  'command-obfuscation': {
    why: 'A command was hidden: decoded before it ran, spelled out of pieces, its name broken up by quotes or wildcards. People who work do not type like this.',
    falsePositives: ['Puzzles and exercises.'],
  },
  'command-shell-escape': {
    why: 'A program that is no shell was made to start one, the usual way out of a restricted account or up to root.',
    falsePositives: ['python -c with pty, typed to get a better terminal in a container.'],
  },
  'command-persistence': {
    why: 'Something was planted that starts by itself or lets somebody in again: a cron job, a unit, a start file, a preloaded library, PAM, a key, a kernel module.',
    falsePositives: ['Setting up a machine by hand with echo and tee.'],
  },
  'command-account': {
    why: 'An account was made or opened the way that intruders do: with root’s number, with a password in the line, with a shell for a service, by writing the account files.',
    falsePositives: ['Provisioning scripts.'],
  },
  'command-privilege-escalation': {
    why: 'Rights of root were given to a file or an account, or a known exploit was run.',
    falsePositives: ['Giving one program one capability.'],
  },
  'command-credential-access': {
    why: 'Password hashes, private keys, tokens or other people’s secrets were read or searched for.',
    falsePositives: ['Looking for one’s own lost key.'],
  },
  'command-defence-evasion': {
    why: 'Logs were emptied, time stamps falsified, or a firewall, an audit or a watcher was switched off.',
    falsePositives: [
      'Emptying a log that filled the disk; taking the firewall down for a minute to look for a fault.',
    ],
  },
  'command-discovery': {
    why: 'Somebody scans, sweeps, looks for a way to root, or asks several things in one line that those ask who are new on a machine.',
    falsePositives: ['Looking for a fault in one’s own network with nmap.'],
  },
  'command-discovery-burst': {
    why: 'Five or more different questions within minutes (who am I, which kernel, which accounts, what listens): what a person types first who has just got in.',
    falsePositives: ['The first look at a machine that one has not seen for a long time.'],
  },
  'command-collection': {
    why: 'Traffic, keystrokes, the screen or files of others were recorded or packed.',
    falsePositives: ['tcpdump without a filter while looking for a fault.'],
  },
  'command-tunnel': {
    why: 'A tunnel was opened that goes around the firewall: a reverse forward, a relay, Tor, a tunnel service.',
    falsePositives: ['A reverse forward for one’s own support session.'],
  },
  'command-miner': {
    why: 'A program that mines coins was run or fetched, or a pool of miners was named.',
    falsePositives: ['Mining on purpose.'],
  },
  'command-exfiltration': {
    why: 'System files, keys or archives were sent to another machine or to a public drop box.',
    falsePositives: ['Moving one’s own key to a new machine.'],
  },
  'command-destruction': {
    why: 'A disk or the system’s folders were overwritten or removed, or files were encrypted in place.',
    falsePositives: ['Wiping a disk before it is given away.'],
  },
  'command-lateral-movement': {
    why: 'Somebody tries every machine that this one knows, or takes over another person’s agent or terminal.',
    falsePositives: ['Loops over all nodes that read ~/.ssh/known_hosts.'],
  },
};

/** All that the catalogue may name of a family. */
function techniquesOf(family: Family): string[] {
  return [...new Set(CATALOGUE.flatMap((one) => (one.family === family ? one.techniques : [])))].sort();
}

function about(rule: CommandRule, family: Family): RuleAbout {
  const told = TOLD[rule.rule]!;
  const { match, ignore } = EXAMPLES[rule.rule]!;
  return {
    rule: rule.rule,
    title: rule.title,
    levels: ['low', 'medium', rule.alert],
    techniques: techniquesOf(family),
    source: SOURCE,
    why: told.why,
    falsePositives: told.falsePositives,
    next: `${rule.next.charAt(0).toUpperCase()}${rule.next.slice(1)}`,
    keeps: KEEPS,
    examples: { match: match.map(history), ignore: ignore.map(history) },
  };
}

/** An example is what a history would hold. */
function history([name, log]: readonly [string, string]): Example {
  return { name, log, path: '/home/pi/.bash_history' };
}

export const commandAbout: readonly RuleAbout[] = [
  ...Object.entries(COMMAND_RULES).map(([family, rule]) => about(rule, family as Family)),
  about(BURST_RULE, 'discovery'),
];
