import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../test/parse-all.ts';
import { parseLine, parseOne } from '../syslog/messages/parse-one.ts';

const TCP =
  'SRC=203.0.113.9 DST=192.0.2.1 LEN=60 TOS=0x00 PREC=0x00 TTL=50 ID=1 DF PROTO=TCP SPT=4711 DPT=22 WINDOW=64240 RES=0x00 SYN URGP=0';

describe("the kernel's firewall", () => {
  it.each([
    [`[UFW BLOCK] IN=eth0 OUT= MAC=00 ${TCP}`, 'blocked', 'UFW BLOCK', 'inbound'],
    [`[  12.345678] [UFW ALLOW] IN= OUT=eth0 ${TCP}`, 'allowed', 'UFW ALLOW', 'outbound'],
    [`iptables denied: IN=eth0 OUT= ${TCP}`, 'blocked', 'iptables denied', 'inbound'],
    [`Shorewall:net2fw:DROP:IN=eth0 OUT= ${TCP}`, 'blocked', 'Shorewall:net2fw:DROP', 'inbound'],
    [`DROP(src wan)IN=eth1 OUT=br-lan ${TCP}`, 'blocked', 'DROP(src wan)', undefined],
    [`reject wan in: IN=eth1 OUT= ${TCP}`, 'blocked', 'reject wan in', 'inbound'],
    [`nft input new: IN=eth0 OUT= ${TCP}`, undefined, 'nft input new', 'inbound'],
    [`IN=eth0 OUT= ${TCP}`, undefined, undefined, 'inbound'],
  ])('%s', (message, reason, rule, direction) => {
    const { format, event } = parseOne('kernel', message);
    expect(format).toBe('kernel');
    expect(event).toMatchObject({
      'event.action': 'firewall_packet',
      'source.address': '203.0.113.9',
      'source.port': 4711,
      'destination.address': '192.0.2.1',
      'destination.port': 22,
      'network.transport': 'tcp',
      'network.tcp.flags': 'SYN',
    });
    expect(event['event.reason']).toBe(reason);
    expect(event['rule.name']).toBe(rule);
    expect(event['network.direction']).toBe(direction);
  });

  it('takes no port from the packet that an ICMP error answers', () => {
    const { event } = parseOne(
      'kernel',
      '[UFW BLOCK] IN=eth0 OUT= SRC=203.0.113.9 DST=192.0.2.1 LEN=56 PROTO=ICMP TYPE=3 CODE=3 [SRC=192.0.2.1 DST=6.6.6.6 PROTO=UDP SPT=53 DPT=99 ]',
    );
    expect(event).toMatchObject({ 'network.transport': 'icmp', 'source.address': '203.0.113.9' });
    expect(event['destination.port']).toBeUndefined();
  });

  it.each([
    'BEGIN=1 IN=eth0',
    'PLUGIN=eth0 OUT= SRC=203.0.113.9 DST=192.0.2.1',
    'IN=eth0 OUT= SRC=x DST=192.0.2.1',
  ])('is no packet: %s', (message) => {
    expect(parseOne('kernel', message).event['event.action']).toBe('kernel_message');
  });
});

const OPEN =
  'CONN: prio=1 id=00600004 rev=1 event=conn_open_natsat action=drop_or_not rule=nat_out conn=open connipproto=TCP connrecvif=lan connsrcip=192.0.2.7 connsrcport=40022 conndestif=wan conndestip=203.0.113.9 conndestport=443 connnewsrcip=198.51.100.1 connnewsrcport=33'.replace(
    ' action=drop_or_not',
    '',
  );
const DROP =
  'RULE: prio=3 id=06000051 rev=1 event=ruleset_drop_packet action=drop rule=Default_Rule recvif=wan srcip=203.0.113.9 destip=192.0.2.1 ipproto=TCP ipdatalen=28 srcport=4711 destport=22 syn=1';
const LOGIN =
  'SYSTEM: prio=3 id=03200402 rev=2 event=admin_login_failed action=disallow_admin_access authsystem=SSH username=admin client_ip=203.0.113.9 client_port=4711';

describe('Clavister cOS Core', () => {
  it.each([
    ['its own line', (m: string) => `<134>[2024-01-02 03:04:05] EFW: ${m}`],
    ['its own line without priority', (m: string) => `[2024-01-02 03:04:05] EFW: ${m}`],
  ])('is read from %s', (_, line) => {
    const [open, drop, login] = eventsOf('clavister', [line(OPEN), line(DROP), line(LOGIN)]);
    expect(open).toMatchObject({
      timeUs: 1_704_164_645_000_000,
      'event.action': 'firewall_packet',
      'event.reason': 'allowed',
      'source.address': '192.0.2.7',
      'destination.address': '203.0.113.9',
      'destination.port': 443,
      'network.transport': 'tcp',
      'network.interface.ingress': 'lan',
      'network.interface.egress': 'wan',
      'rule.name': 'nat_out',
    });
    expect(drop).toMatchObject({
      'event.action': 'firewall_packet',
      'event.reason': 'blocked',
      'event.outcome': 'failure',
      'source.address': '203.0.113.9',
      'source.port': 4711,
      'destination.port': 22,
      'clavister.event': 'ruleset_drop_packet',
    });
    expect(login).toMatchObject({
      'event.action': 'service_login',
      'event.outcome': 'failure',
      'user.name': 'admin',
      'source.address': '203.0.113.9',
      'source.port': 4711,
    });
  });

  it.each([
    ['a BSD frame', `<134>Nov 20 10:00:00 fw1 EFW: ${DROP}`],
    ['an RFC 5424 frame', `<134>1 2025-11-20T10:00:00Z fw1 EFW - - - ${DROP}`],
    ['a relay', `Nov 20 10:00:00 192.0.2.254 [2025-11-20 10:00:00] EFW: ${DROP}`],
  ])('is read out of %s', (_, line) => {
    const { format, event } = parseLine(line);
    expect(format).toBe('clavister');
    expect(event).toMatchObject({
      'event.action': 'firewall_packet',
      'event.reason': 'blocked',
      'source.address': '203.0.113.9',
    });
  });

  it("is read out of InControl's export", () => {
    const line =
      '<1>1 2026-02-09T07:32:47Z fw1 CONN : id=600004 event=conn_open_natsat [message=Connection opened connrecvzone="" ][conn [conn connsrcip=192.0.2.7 conndestip=203.0.113.9 connipproto=TCP conndestport=443 connrecvif=lan conndestif=wan ]]';
    expect(eventsOf('clavister', [line])[0]).toMatchObject({
      'event.action': 'firewall_packet',
      'event.reason': 'allowed',
      'host.name': 'fw1',
      'source.address': '192.0.2.7',
      'destination.port': 443,
      'network.interface.egress': 'wan',
    });
  });

  it('counts the end of a connection as no second packet', () => {
    const close = `${OPEN.replace('conn_open_natsat', 'conn_close_natsat').replace('conn=open', 'action=close conn=close')} origsent=100 termsent=200`;
    expect(parseOne('EFW', close).event).toMatchObject({
      'event.action': 'log_message',
      'source.address': '192.0.2.7',
      'network.bytes': 300,
    });
  });

  it('believes no address that an account name brings along', () => {
    const { event } = parseOne('EFW', LOGIN.replace('username=admin', 'username="a" client_ip=6.6.6.6 x="'));
    expect(event['source.address']).toBeUndefined();
    expect(event['event.outcome']).toBe('failure');
  });
});

describe('other firewalls', () => {
  it('reads filterlog of pfSense and OPNsense', () => {
    const v4 = parseOne(
      'filterlog[1]',
      '5,,,1000000103,igb1,match,block,in,4,0x0,,50,12345,0,DF,6,tcp,60,203.0.113.9,192.0.2.1,4711,22,0,S,123,,64240,,mss',
    );
    expect(v4).toMatchObject({
      format: 'filterlog',
      event: {
        'event.reason': 'blocked',
        'source.address': '203.0.113.9',
        'destination.port': 22,
        'network.interface.ingress': 'igb1',
        'rule.name': '1000000103',
      },
    });
    const v6 = parseOne(
      'filterlog[1]',
      '7,,,02f4bab0,igb0,match,pass,out,6,0x00,0x00000,64,udp,17,40,2001:db8::1,2001:db8::2,4711,53,20',
    );
    expect(v6.event).toMatchObject({
      'event.reason': 'allowed',
      'source.address': '2001:db8::1',
      'destination.port': 53,
      'network.direction': 'outbound',
    });
    expect(parseOne('filterlog[1]', '5,,,x,igb1,match,block,in,4').format).toBe('syslog');
  });

  it('reads MikroTik', () => {
    const packet = parseLine(
      'Nov 20 10:00:00 router firewall,info IN-DROP input: in:ether1 out:(unknown 0), connection-state:new src-mac 00:00:5e:00:53:01, proto TCP (SYN), 203.0.113.9:4711->192.0.2.1:22, len 60',
    );
    expect(packet).toMatchObject({
      format: 'mikrotik',
      event: {
        'event.action': 'firewall_packet',
        'event.reason': 'blocked',
        'source.port': 4711,
        'destination.port': 22,
        'network.interface.ingress': 'ether1',
      },
    });
    const login = parseLine(
      'Nov 20 10:00:00 router system,error,critical login failure for user a from 6.6.6.6 via ssh from 203.0.113.9 via winbox',
    );
    expect(login.event).toMatchObject({
      'event.action': 'service_login',
      'event.outcome': 'failure',
      'source.address': '203.0.113.9',
      'user.name': 'a from 6.6.6.6 via ssh',
    });
  });

  it('reads Cisco ASA', () => {
    const deny = parseOne(
      '%ASA-4-106023',
      'Deny tcp src outside:203.0.113.9/4711 dst inside:192.0.2.1/22 by access-group "outside_in" [0x0, 0x0]',
    );
    expect(deny.event).toMatchObject({
      'event.reason': 'blocked',
      'source.address': '203.0.113.9',
      'destination.port': 22,
      'rule.name': 'outside_in',
    });
    const login = parseOne(
      '%ASA-6-605004',
      'Login denied from 203.0.113.9/4711 to outside:192.0.2.1/ssh for user "x" from 6.6.6.6/1 to a:1.1.1.1/ssh for user "y"',
    );
    expect(login.event).toMatchObject({
      'event.action': 'service_login',
      'source.address': '203.0.113.9',
      'event.outcome': 'failure',
    });
    expect(
      parseOne('app', 'Login denied from 203.0.113.9/4711 to outside:192.0.2.1/ssh for user "x"').format,
    ).toBe('syslog');
  });
});
