import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf, parseAll } from '../../test/parse-all.ts';
import { SAMPLES } from '../../test/samples.ts';
import { parseOne } from '../syslog/messages/parse-one.ts';

const A = '203.0.113.9';
const json = (record: object) => eventsOf('json', [JSON.stringify(record)])[0]!;

describe('one-line alerts', () => {
  it('are read from fast.log, dropped or not, with either kind of address', () => {
    const [first, second, third] = eventsOf('fast-alert', SAMPLES['fast-alert']!, { year: 2024 });
    expect(first).toMatchObject({
      timeUs: 1_704_164_645_123_456,
      'event.action': 'ids_alert',
      'event.reason': 'detected',
      'service.name': 'suricata',
      'rule.id': '1:2001219',
      'rule.name': 'ET SCAN Potential SSH Scan',
      'rule.category': 'Attempted Information Leak',
      'rule.level': 'medium',
      'source.address': A,
      'source.port': 4711,
      'destination.address': '192.0.2.1',
      'destination.port': 22,
      'network.transport': 'tcp',
    });
    expect(second).toMatchObject({
      'event.reason': 'blocked',
      'source.address': '2001:0db8:0000:0000:0000:0000:0000:0009',
      'destination.port': 80,
    });
    expect(second).not.toHaveProperty(['rule.category']);
    expect(third).toMatchObject({
      'service.name': 'snort',
      'source.address': A,
      'network.transport': 'icmp',
    });
  });

  it('are read from syslog', () => {
    const { format, event } = parseOne(
      'snort[12]',
      `[1:1390:8] INDICATOR-SHELLCODE x86 inc ebx NOOP [Classification: Executable code was detected] [Priority: 1] {TCP} ${A}:4711 -> 192.0.2.1:80`,
    );
    expect(format).toBe('snort');
    expect(event).toMatchObject({ 'rule.level': 'high', 'source.address': A, 'source.port': 4711 });
    expect(
      parseOne(
        'suricata[12]',
        `[Drop] [1:1:1] x [Classification: y] [Priority: 3] {UDP} ${A}:1 -> 192.0.2.1:2`,
      ).event,
    ).toMatchObject({ 'event.reason': 'blocked', 'rule.name': 'x' });
    expect(parseOne('app', `[1:1:1] x [Priority: 3] {UDP} ${A}:1 -> 192.0.2.1:2`).event['event.action']).toBe(
      'log_message',
    );
  });
});

describe('Suricata’s EVE', () => {
  const eve = (more: object) => ({
    timestamp: '2024-01-02T03:04:05.123456+0000',
    flow_id: 1,
    in_iface: 'eth0',
    src_ip: A,
    src_port: 4711,
    dest_ip: '192.0.2.1',
    dest_port: 22,
    proto: 'TCP',
    ...more,
  });

  it('gives alerts a level, and who and whom', () => {
    const event = json(
      eve({
        event_type: 'alert',
        alert: {
          action: 'allowed',
          gid: 1,
          signature_id: 2_001_219,
          rev: 20,
          signature: 'ET SCAN Potential SSH Scan',
          category: 'Attempted Information Leak',
          severity: 2,
        },
      }),
    );
    expect(event).toMatchObject({
      timeUs: 1_704_164_645_123_456,
      'event.action': 'ids_alert',
      'rule.id': '1:2001219',
      'rule.level': 'medium',
      'source.address': A,
      'source.port': 4711,
      'destination.address': '192.0.2.1',
    });
  });

  it.each([
    ['flow', 'network_record'],
    ['ssh', 'network_record'],
    ['dns', 'network_record'],
    ['http', 'network_record'],
    ['anomaly', 'ids_alert'],
    ['stats', 'log_message'],
  ])('reads %s as %s', (type, action) => {
    const event = json(
      eve({ event_type: type, anomaly: { type: 'decode', event: 'decoder.ipv4.trunc_pkt' } }),
    );
    expect(event['event.action']).toBe(action);
    if (action === 'network_record') expect(event).toMatchObject({ 'source.address': A });
  });
});

describe('Zeek', () => {
  it('reads notices and connections by the header’s names', () => {
    const rows = eventsOf('zeek', SAMPLES.zeek!);
    expect(rows[8]).toMatchObject({
      timeUs: 1_704_164_645_123_456,
      'event.action': 'ids_alert',
      'rule.name': 'SSH::Password_Guessing',
      'rule.level': 'medium',
      'source.address': A,
    });
    expect(rows[9]).toMatchObject({ 'rule.level': 'informational', 'destination.port': 443 });
    const conn = eventsOf('zeek', [
      '#path\tconn',
      '#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\torig_bytes\tresp_bytes',
      `1704164645.1\tC1\t${A}\t4711\t192.0.2.1\t22\ttcp\tssh\t10\t20`,
    ]);
    expect(conn[2]).toMatchObject({
      'event.action': 'network_record',
      'network.protocol': 'ssh',
      'network.bytes': 30,
      'destination.port': 22,
      'zeek.log': 'conn',
    });
  });

  it('gives no event to a row of another width, nor without a header', () => {
    const [, row] = eventsOf('zeek', ['#fields\tts\tuid', '1704164645.1\tC1\tmore']);
    expect(row).toBeNull();
    expect(eventsOf('zeek', ['1704164645.1\tC1'])).toEqual([null]);
  });

  it('reads JSON as well', () => {
    expect(
      json({
        ts: 1704164645.1,
        uid: 'C1',
        'id.orig_h': A,
        'id.orig_p': 4711,
        'id.resp_h': '192.0.2.1',
        'id.resp_p': 22,
        proto: 'tcp',
      }),
    ).toMatchObject({ 'event.action': 'network_record', 'source.port': 4711 });
    expect(
      json({ ts: 1704164645.1, note: 'Intel::Notice', msg: 'Intel hit', src: A, actions: ['x'] }),
    ).toMatchObject({ 'event.action': 'ids_alert', 'rule.level': 'high', 'source.address': A });
  });

  it('takes nothing of a row for a name, whatever it holds', () => {
    const cell = fc.string({ maxLength: 12 }).filter((text) => !/[\t\r\n]/.test(text));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 4 }), (cells) => {
        const rows = parseAll(['#fields\tts\tuid\tmsg', `1704164645.1\tC1\t${cells.join(' ')}`], {
          format: 'zeek',
        });
        expect(rows[1]!.event?.['source.address']).toBeUndefined();
      }),
    );
  });
});

describe('other watchers', () => {
  it('are read behind a syslog tag as well', () => {
    const text =
      '03:04:05.123456789: Warning Sensitive file opened for reading (user=root command=cat (x) /etc/shadow)';
    expect(parseOne('falco[1]', text).event).toMatchObject({
      'event.action': 'ids_alert',
      'rule.name': 'Sensitive file opened for reading',
      'rule.level': 'medium',
    });
    expect(parseOne('falco[1]', 'Falco initialized with configuration file').event['event.action']).toBe(
      'log_message',
    );
    const eve = JSON.stringify({
      timestamp: '2024-01-02T03:04:05.123456+0000',
      flow_id: 1,
      event_type: 'alert',
      src_ip: A,
      dest_ip: '192.0.2.1',
      alert: { action: 'blocked', gid: 1, signature_id: 7, signature: 'x', category: 'y', severity: 1 },
    });
    expect(parseOne('suricata[1]', eve).event).toMatchObject({
      'event.reason': 'blocked',
      'source.address': A,
    });
  });

  it('Falco: rule, level and what ran', () => {
    expect(
      json({
        hostname: 'node2',
        output: '03:04:05.123456789: Warning Sensitive file opened',
        priority: 'Warning',
        rule: 'Read sensitive file untrusted',
        source: 'syscall',
        tags: ['filesystem'],
        time: '2024-01-02T03:04:05.123456789Z',
        output_fields: { 'proc.cmdline': 'cat /etc/shadow', 'user.name': 'bob', 'container.id': 'host' },
      }),
    ).toMatchObject({
      'event.action': 'ids_alert',
      'service.name': 'falco',
      'rule.level': 'medium',
      'process.command_line': 'cat /etc/shadow',
      'user.name': 'bob',
      'host.name': 'node2',
    });
  });

  it.each([
    [3, 'informational'],
    [5, 'low'],
    [10, 'medium'],
    [12, 'high'],
    [15, 'critical'],
  ])('Wazuh: level %d is %s', (level, word) => {
    expect(
      json({
        timestamp: '2024-01-02T03:04:05.123+0000',
        rule: { level, description: 'Something happened', id: '100001', groups: ['custom'] },
        agent: { id: '001', name: 'node2' },
        manager: { name: 'm' },
        data: { srcip: A },
      }),
    ).toMatchObject({
      'event.action': 'ids_alert',
      'rule.level': word,
      'rule.id': '100001',
      'source.address': A,
    });
  });

  it('osquery: a process, and rows of other queries as they are', () => {
    const row = (name: string, columns: object) =>
      json({
        name,
        hostIdentifier: 'node2',
        calendarTime: 'x',
        unixTime: 1704164645,
        columns,
        action: 'added',
      });
    expect(row('pack_x_process_events', { path: '/bin/ls', cmdline: 'ls -l', pid: '7' })).toMatchObject({
      'event.action': 'process_started',
      'process.command_line': 'ls -l',
      'process.pid': 7,
    });
    expect(row('file_events', { target_path: '/etc/passwd', action: 'UPDATED' })).toMatchObject({
      'event.action': 'file_changed',
      'file.path': '/etc/passwd',
    });
    expect(row('users', { path: '/bin/ls' })['event.action']).toBe('log_message');
  });

  it('ModSecurity’s audit log: the worst message names the alarm', () => {
    const message = (ruleId: string, severity: string) => ({
      message: `m${ruleId}`,
      details: { ruleId, severity },
    });
    expect(
      json({
        transaction: {
          client_ip: A,
          client_port: 4711,
          host_ip: '192.0.2.1',
          host_port: 80,
          time_stamp: 'Tue Jan  2 03:04:05 2024',
          unique_id: 'a',
          request: { method: 'GET', uri: '/?q=1' },
          response: { http_code: 403 },
          messages: [message('1', '4'), message('2', '2'), message('3', '5')],
        },
      }),
    ).toMatchObject({
      'event.action': 'ids_alert',
      'event.reason': 'blocked',
      'rule.id': '2',
      'rule.level': 'high',
      'url.original': '/?q=1',
      'source.address': A,
    });
  });

  it('CrowdSec: the decision to ban, not the words within another message', () => {
    const said = (msg: string) => json({ level: 'info', time: '2024-01-02T03:04:05Z', msg });
    const decision = `(localhost/crowdsec) crowdsecurity/ssh-bf by ip ${A} (FR/1234) : 4h ban on Ip ${A}`;
    expect(said(decision)).toMatchObject({
      'event.action': 'service_refused',
      'event.reason': 'banned',
      'source.address': A,
    });
    expect(said(`user said ${decision}`)['event.action']).toBe('log_message');
  });
});
