import type { RuleAbout } from '../about.ts';
import { STORIES_KEPT } from '../stories/story.ts';

const common = {
  source: 'nftables, iptables and ufw in the kernel log; cOS Core',
  keeps: STORIES_KEPT,
} as const;

interface Sent {
  readonly src?: string;
  readonly dst?: string;
  readonly spt?: number;
  readonly dpt: number;
  readonly prefix?: string;
  readonly proto?: string;
}

const packet = (seconds: number, sent: Sent) => {
  const clock = new Date(Date.UTC(2026, 0, 10, 3) + seconds * 1000).toISOString();
  const day = String(Number(clock.slice(8, 10))).padStart(2, ' ');
  return (
    `Jan ${day} ${clock.slice(11, 19)} node1 kernel: [12345.678] ${sent.prefix ?? '[UFW BLOCK] '}IN=eth0 OUT= MAC=aa:bb ` +
    `SRC=${sent.src ?? '203.0.113.9'} DST=${sent.dst ?? '192.0.2.1'} LEN=40 TOS=0x00 PREC=0x00 TTL=240 ID=1 ` +
    `PROTO=${sent.proto ?? 'TCP'} SPT=${sent.spt ?? 45_000} DPT=${sent.dpt} WINDOW=1024 RES=0x00 SYN URGP=0`
  );
};
const many = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
const PORTS = [
  21, 22, 23, 25, 53, 80, 110, 139, 443, 445, 1433, 3306, 3389, 5432, 5900, 6379, 8000, 8081, 8888, 9200,
  11211, 27017,
];
const atPorts = (count: number, secondsApart: number, more: Partial<Sent> = {}) =>
  many(count, (i) =>
    packet(i * secondsApart, { dpt: PORTS[i % PORTS.length]! + Math.floor(i / PORTS.length), ...more }),
  );

export const VERTICAL: RuleAbout = {
  ...common,
  rule: 'port-scan',
  title: 'Port scan of a host',
  levels: ['medium'],
  techniques: ['T1046', 'T1595.001'],
  why: 'One address tries ten ports and more of one host within minutes. Packets that were let through weigh a third. Late answers, broadcasts and the chatter of devices do not count.',
  falsePositives: ['A scan of your own: put its address into detection.allow.'],
  next: 'Look at what is open to that address (ss -tln), and for logins from it; block it.',
  examples: {
    match: [
      { name: 'a dozen ports in a minute', log: atPorts(12, 4) },
      { name: 'nftables, with a prefix that says nothing', log: atPorts(12, 4, { prefix: 'nft: ' }) },
      {
        name: 'iptables with a prefix of one’s own',
        log: atPorts(12, 4, { prefix: 'IPTABLES-DROP: ' }),
      },
    ],
    ignore: [
      { name: 'one port again and again', log: many(40, (i) => packet(i, { dpt: 22 })) },
      {
        name: 'late answers of a web server',
        log: many(40, (i) => packet(i, { spt: 443, dpt: 40_000 + i })),
      },
      { name: 'a dozen ports that are open and used', log: atPorts(12, 4, { prefix: '[UFW ALLOW] ' }) },
    ],
  },
};

export const VERTICAL_SLOW: RuleAbout = {
  ...common,
  rule: 'port-scan-slow',
  title: 'Slow port scan of a host',
  levels: ['low'],
  techniques: ['T1046', 'T1595.001'],
  why: 'One address tries twenty ports and more of one host within a day, too slowly for most to see.',
  falsePositives: ['Search engines for open ports (Shodan, Censys) do this to every address all the time.'],
  next: 'Nothing but keeping closed what need not be open; block the address if it bothers you.',
  examples: {
    match: [{ name: 'a port every twenty minutes', log: atPorts(20, 1200) }],
    ignore: [{ name: 'eight ports in a day', log: atPorts(8, 7200) }],
  },
};

export const HORIZONTAL: RuleAbout = {
  ...common,
  rule: 'host-scan',
  title: 'One port tried on many hosts',
  levels: ['low', 'medium'],
  techniques: ['T1046', 'T1018'],
  why: 'One address tries the same port on five hosts and more within minutes. Medium where it comes from a private network: something in your own house looks for the next machine.',
  falsePositives: ['Monitoring or an inventory of your own: put its address into detection.allow.'],
  next: 'If it comes from the own network, look at that machine now; else keep closed what need not be open.',
  examples: {
    match: [
      {
        name: 'SSH on six hosts, from a machine of the house',
        log: many(6, (i) => packet(i * 5, { src: '192.168.1.66', dst: `192.168.1.${10 + i}`, dpt: 22 })),
      },
    ],
    ignore: [
      {
        name: 'one host',
        log: many(10, (i) => packet(i * 5, { src: '192.168.1.66', dst: '192.168.1.10', dpt: 22 })),
      },
      {
        name: 'devices that shout',
        log: many(10, (i) =>
          packet(i * 5, { src: '192.168.1.66', dst: `192.168.1.${10 + i}`, dpt: 1900, proto: 'UDP' }),
        ),
      },
    ],
  },
};

export const FLOOD: RuleAbout = {
  ...common,
  rule: 'packet-flood',
  title: 'Flood of packets to one port',
  levels: ['medium'],
  techniques: ['T1498.001'],
  why: 'One address sends hundreds of packets a minute to one port that the firewall does not let through.',
  falsePositives: ['A client of your own whose service was closed, and which does not give up.'],
  next: 'Block the address where it enters; if it is a machine of yours, see what it wants.',
  examples: {
    match: [
      { name: 'ten a second', log: many(400, (i) => packet(Math.floor(i / 10), { dpt: 53, proto: 'UDP' })) },
    ],
    ignore: [
      { name: 'two a second', log: many(120, (i) => packet(Math.floor(i / 2), { dpt: 53, proto: 'UDP' })) },
    ],
  },
};
