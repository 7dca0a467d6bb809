import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../test/parse-all.ts';
import { SAMPLES } from '../../test/samples.ts';
import { parseLine, parseOne } from '../syslog/messages/parse-one.ts';

const A = '203.0.113.9';
const FORTI =
  'date=2024-01-02 time=03:04:05 devname="fw1" devid="FGT60FTK00000001" logid="0419016384" type="utm" subtype="ips" level="alert" severity="critical" srcip=203.0.113.9 srcport=4711 dstip=192.0.2.1 dstport=443 action="dropped" proto=6 attack="Apache.Log4j.Error.Log.Remote.Code.Execution" attackid=51006';

describe('firewalls that write key=value', () => {
  it('are read as they send it themselves, with their own time', () => {
    const events = eventsOf('appliance', SAMPLES.appliance!);
    for (const [index, event] of events.entries())
      expect(event).toMatchObject({
        timeUs: (1_704_164_645 + index) * 1e6,
        'event.action': 'firewall_packet',
        'event.reason': 'blocked',
        'source.address': A,
        'source.port': 4711,
        'destination.address': '192.0.2.1',
        'destination.port': 22,
        'network.transport': 'tcp',
      });
  });

  it('are read within a relay’s frame', () => {
    const { format, event } = parseLine(`Nov 20 10:00:00 192.0.2.254 ${FORTI}`);
    expect(format).toBe('appliance');
    expect(event).toMatchObject({
      'event.action': 'ids_alert',
      'event.reason': 'blocked',
      'rule.name': 'Apache.Log4j.Error.Log.Remote.Code.Execution',
      'rule.level': 'critical',
      'source.address': A,
    });
  });

  it('FortiGate: a login of an administrator', () => {
    const login = `date=2024-01-02 time=03:04:05 devname="fw1" devid="FGT60FTK00000001" logid="0100032002" type="event" subtype="system" action="login" status="failed" user="bob" srcip=${A} reason="passwd_invalid"`;
    expect(eventsOf('appliance', [login])[0]).toMatchObject({
      'event.action': 'service_login',
      'event.outcome': 'failure',
      'user.name': 'bob',
      'source.address': A,
    });
  });

  it('believe no end that is named twice', () => {
    const event = eventsOf('appliance', [`${FORTI} msg=x srcip=6.6.6.6`])[0];
    expect(event?.['source.address']).toBeUndefined();
    expect(event?.['event.action']).toBe('log_message');
  });
});

describe('CEF and LEEF', () => {
  it('keep the frame and say what is certain', () => {
    const [alarm, packet] = eventsOf('cef', SAMPLES.cef!);
    expect(alarm).toMatchObject({
      'event.action': 'ids_alert',
      'event.reason': 'blocked',
      'rule.name': 'Threat Detected and Blocked',
      'rule.level': 'high',
      'cef.vendor': 'Ubiquiti',
      'cef.product': 'UniFi Network',
      'source.address': A,
      'destination.port': 22,
    });
    expect(packet).toMatchObject({
      'event.action': 'firewall_packet',
      'event.reason': 'blocked',
      'source.port': 4711,
    });
  });

  it('are read behind a syslog frame', () => {
    const { format, event } = parseLine(
      `Nov 20 10:00:00 gw CEF:0|Ubiquiti|UniFi Network|9.0.0|1|Admin Login Failed|5|src=${A} suser=bob`,
    );
    expect(format).toBe('cef');
    expect(event).toMatchObject({ 'event.action': 'service_login', 'user.name': 'bob', 'source.address': A });
  });

  it('let no value pose as another', () => {
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom(' src=6.6.6.6', 'x src=6.6.6.6 act=allow', '|9|src=6.6.6.6'),
    );
    fc.assert(
      fc.property(value, (text) => {
        const line = `CEF:0|V|Firewall|1|1|Connection|3|src=${A} dst=192.0.2.1 act=deny msg=${text.replace(/[\r\n]/g, '')}`;
        const event = eventsOf('cef', [line])[0];
        expect([A, undefined]).toContain(event?.['source.address']);
        expect(event?.['event.reason']).not.toBe('allowed');
      }),
    );
  });
});

describe('firewalls of carriers', () => {
  const pan = (type: string, subtype: string, action: string, tail: string) =>
    `Nov 20 10:00:00 PA-220 1,2025/11/20 10:00:00,001234567890,${type},${subtype},2049,2025/11/20 10:00:00,${A},192.0.2.1,0.0.0.0,0.0.0.0,block-all,,,ssh,vsys1,untrust,trust,ethernet1/1,ethernet1/2,fwd,2025/11/20 10:00:00,1,1,4711,22,0,0,0x0,tcp,${action},${tail}`;

  it('PAN-OS: traffic and threats', () => {
    expect(parseLine(pan('TRAFFIC', 'deny', 'deny', '60,60,0,1')).event).toMatchObject({
      'event.action': 'firewall_packet',
      'event.reason': 'blocked',
      'rule.name': 'block-all',
      'source.port': 4711,
      'destination.port': 22,
    });
    const threat = parseLine(
      pan(
        'THREAT',
        'vulnerability',
        'alert',
        '"a"",b,(1),any,low",Apache Log4j RCE(91991),any,critical,client-to-server',
      ),
    );
    expect(threat.format).toBe('pan-os');
    expect(threat.event).toMatchObject({
      'event.action': 'ids_alert',
      'rule.id': '91991',
      'rule.level': 'critical',
      'source.address': A,
    });
  });

  it('Junos: structured and in words', () => {
    const structured = `<14>1 2025-11-20T10:00:00.123Z srx1 RT_FLOW - RT_FLOW_SESSION_DENY [junos@2636.1.1.1.2.39 source-address="${A}" source-port="4711" destination-address="192.0.2.1" destination-port="22" protocol-id="6" policy-name="deny-all" packet-incoming-interface="ge-0/0/0.0"]`;
    expect(parseLine(structured).event).toMatchObject({
      'event.action': 'firewall_packet',
      'event.reason': 'blocked',
      'source.address': A,
      'network.transport': 'tcp',
      'rule.name': 'deny-all',
    });
    expect(
      parseOne(
        'RT_FLOW',
        `RT_FLOW_SESSION_DENY: session denied ${A}/4711->192.0.2.1/22 junos-ssh 6(0) deny-all untrust trust`,
      ).event,
    ).toMatchObject({ 'event.reason': 'blocked', 'destination.port': 22 });
  });

  it('WatchGuard: by position', () => {
    expect(
      parseOne(
        'firewall',
        `msg_id="3000-0148" Deny 0-External Firebox 40 tcp 20 58 ${A} 192.0.2.1 4711 22 offset 5 S 1 win 4 (Unhandled External Packet-00)`,
      ).event,
    ).toMatchObject({ 'event.action': 'firewall_packet', 'event.reason': 'blocked', 'source.port': 4711 });
  });
});
