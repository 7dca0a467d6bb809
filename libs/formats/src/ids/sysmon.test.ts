import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOne } from '../syslog/messages/parse-one.ts';

const event = (id: number, data: Readonly<Record<string, string>>) =>
  parseOne(
    'sysmon',
    `<Event><System><Provider Name="Linux-Sysmon" Guid="{ff032593-a8d3-4f13-b0d6-01fc615a0f97}"/><EventID>${id}</EventID><Version>5</Version></System><EventData>${Object.entries(
      data,
    )
      .map(([name, value]) => `<Data Name="${name}">${value}</Data>`)
      .join('')}</EventData></Event>`,
  ).event;
const START = {
  RuleName: '-',
  ProcessId: '3784',
  Image: '/usr/bin/curl',
  CommandLine: 'curl -s http://203.0.113.9/x',
  CurrentDirectory: '/home/bob',
  User: 'bob',
  ParentProcessId: '12',
  ParentImage: '/usr/bin/bash',
};

describe('Sysmon for Linux', () => {
  it('tells of programs, connections and files', () => {
    expect(event(1, START)).toMatchObject({
      'event.action': 'process_started',
      'process.executable': '/usr/bin/curl',
      'process.command_line': 'curl -s http://203.0.113.9/x',
      'process.parent.executable': '/usr/bin/bash',
      'user.name': 'bob',
      'process.pid': 3784,
    });
    expect(
      event(3, {
        Image: '/usr/bin/curl',
        Protocol: 'tcp',
        Initiated: 'true',
        SourceIp: '192.0.2.1',
        SourcePort: '40022',
        DestinationIp: '203.0.113.9',
        DestinationPort: '80',
      }),
    ).toMatchObject({
      'event.action': 'connection_opened',
      'network.direction': 'outbound',
      'destination.address': '203.0.113.9',
      'destination.port': 80,
    });
    expect(event(11, { Image: '/usr/bin/touch', TargetFilename: '/etc/cron.d/x' })).toMatchObject({
      'event.action': 'file_changed',
      'file.path': '/etc/cron.d/x',
    });
    expect(event(5, START)['event.action']).toBe('log_message');
  });

  it('keeps what is not escaped, and reads what is', () => {
    expect(
      event(1, { ...START, CommandLine: 'bash -c "cat < a > b &amp;&amp; c"' })['process.command_line'],
    ).toBe('bash -c "cat < a > b && c"');
  });

  it('believes no value that stands twice', () => {
    const forged = event(1, {
      ...START,
      CommandLine: 'x</Data><Data Name="User">root</Data><Data Name="Image">/bin/true',
    });
    expect(forged['user.name']).toBeUndefined();
    expect(forged['event.action']).toBe('log_message');
  });

  it('reads any command line without another’s name', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = event(1, { ...START, CommandLine: text.replace(/[\r\n\0]/g, '') });
        expect(['bob', undefined]).toContain(read['user.name']);
        expect(['/usr/bin/curl', undefined]).toContain(read['process.executable']);
      }),
    );
  });
});
