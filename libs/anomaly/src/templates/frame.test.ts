import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameStripper } from './frame.ts';

const FRAMED: readonly [string, string, string][] = [
  ['syslog', 'Dec 10 06:55:46 LabSZ sshd[24200]: ', 'Invalid user webmaster from 173.234.31.186'],
  ['syslog without pid', 'Jun  9 06:06:20 combo kernel: ', 'Linux version 2.6.5-1.358 (gcc version 3.3.3)'],
  ['a tag with a module', 'Jun 14 15:16:01 combo sshd(pam_unix)[19939]: ', 'check pass; user unknown'],
  ['a tag with a version', 'Jul 27 14:41:57 combo syslogd 1.4.1: ', 'restart.'],
  ['a tag with spaces', 'Jul  1 09:00:55 calvisitor-10 Microsoft Word[14463]: ', 'CFNetwork failed'],
  [
    'a tag with an address',
    'Jul  1 09:00:55 cal-10 com.apple.xpc.launchd[1] (com.apple.quicklook[2]): ',
    'Service only ran for 0 seconds.',
  ],
  ['no tag', 'Jul  2 10:20:30 authorMacBook-Pro ', '--- last message repeated 1 time ---'],
  ['a priority', '<38>Nov  2 10:20:30 web1 sshd[7]: ', 'Connection closed by 192.0.2.1'],
  ['RFC 5424', '<165>1 2003-10-11T22:14:15.003Z h.example.com app 111 ID47 [a@1 iut="3"] ', 'An event'],
  ['ISO syslog', '2025-11-02T10:20:30.123456+01:00 web1 sshd[7]: ', 'Connection closed by 192.0.2.1'],
  [
    'a cluster before syslog',
    '- 1131566461 2005.11.09 dn228 Nov 9 12:01:01 dn228/dn228 crond(pam_unix)[2915]: ',
    'session closed for user root',
  ],
  [
    'Blue Gene',
    '- 1117838570 2005.06.03 R02-M1-N0-C:J12-U11 2005-06-03-15.42.50.363779 R02-M1-N0-C:J12-U11 RAS KERNEL INFO ',
    'instruction cache parity error corrected',
  ],
  [
    'Blue Gene with an alert label',
    'KERNDTLB 1118536327 2005.06.11 R30-M0-N9-C:J16-U01 2005-06-11-17.32.07.581048 R30-M0-N9-C:J16-U01 RAS KERNEL FATAL ',
    'data TLB error interrupt',
  ],
  [
    'a high performance cluster',
    '134681 node-246 unix.hw state_change.unavailable 1077804742 1 ',
    'Component State Change: Component \\042alt0\\042 is in the unavailable state (HWID=1973)',
  ],
  ['Apache', '[Sun Dec 04 04:47:44 2005] [error] ', 'mod_jk child workerEnv in error state 6'],
  [
    'Apache with a client',
    '[Sun Dec 04 05:15:09 2005] [error] ',
    '[client 222.166.160.184] Directory index forbidden by rule: /var/www/html/',
  ],
  [
    'Apache 2.4',
    '[Sun Dec 04 05:15:09.123456 2016] [core:error] [pid 12:tid 34] ',
    '[client 192.0.2.4:5000] AH00037: Symbolic link not allowed',
  ],
  [
    'Proxifier',
    '[10.30 16:49:06] chrome.exe - ',
    'proxy.cse.cuhk.edu.hk:5070 open through proxy proxy.cse.cuhk.edu.hk:5070 HTTPS',
  ],
  [
    'Proxifier, 64 bits',
    '[10.30 16:49:06] QQ.exe *64 - ',
    'tcpconn.tencent.com:80 close, 0 bytes sent, 0 bytes received, lifetime <1 sec',
  ],
  ['HealthApp', '20171223-22:15:29:606|Step_LSC|30002312|', 'onStandStepChanged 3579'],
  [
    'Android',
    '03-17 16:13:38.811  1702  2395 D WindowManager: ',
    'printFreezingDisplayLogsopening app wtoken = AppWindowToken{9f4ef63 token=Token{a64f992}}',
  ],
  [
    'HDFS',
    '081109 203615 148 INFO dfs.DataNode$PacketResponder: ',
    'PacketResponder 1 for block blk_38865049064139660 terminating',
  ],
  [
    'Spark',
    '17/06/09 20:10:40 INFO executor.CoarseGrainedExecutorBackend: ',
    'Registered signal handlers for [TERM, HUP, INT]',
  ],
  [
    'OpenStack',
    'nova-compute.log.1.2017-05-16_13:55:31 2017-05-16 00:00:04.500 2931 INFO nova.compute.manager [req-3ea4052c-895d-4b64-9e2d-04d64c4d94ab - - - - -] ',
    '[instance: b9000564-fe1a-409b-b8cc-1e88b294cd1d] VM Started (Lifecycle Event)',
  ],
  [
    'OpenStack without a request',
    'nova-compute.log.1.2017-05-16_13:55:31 2017-05-16 00:00:05.185 2931 INFO nova.virt.libvirt.imagecache [-] ',
    'Active base files: /var/lib/nova/instances/_base/a489',
  ],
  [
    'Windows',
    '2016-09-28 04:30:30, Info                  CBS    ',
    'Loaded Servicing Stack v6.1.7601.23505 with Core: C:\\Windows\\winsxs\\cbscore.dll',
  ],
  [
    'Windows CSI',
    '2016-09-28 04:30:31, Info                  CSI    ',
    '00000001@2016/9/27:20:30:31.455 WcpInitialize (wcp.dll version 0.0.0.6) called',
  ],
  [
    'Hadoop',
    '2015-10-18 18:01:47,978 INFO [main] org.apache.hadoop.mapreduce.v2.app.MRAppMaster: ',
    'Created MRAppMaster for application appattempt_1445144423722_0020_000001',
  ],
  [
    'Hadoop with a thread of words',
    '2015-10-18 18:01:53,885 INFO [Socket Reader #1 for port 62260] org.apache.hadoop.ipc.Server: ',
    'Starting Socket Reader #1 for port 62260',
  ],
  [
    'Zookeeper',
    '2015-07-29 17:41:44,747 - INFO  [QuorumPeer[myid=1]/0:0:0:0:0:0:0:0:2181:FastLeaderElection@774] - ',
    'Notification time out: 3200',
  ],
  ['a level after an ISO time', '2026-01-02T03:04:05.678Z INFO ', 'server started on port 8080'],
  [
    'nginx errors',
    '2026/01/02 03:04:05 [error] 123#123: ',
    '*4 open() "/x" failed (2: No such file or directory)',
  ],
  ['klog', 'I1121 04:32:21.123456   12345 server.go:123] ', 'Started kubelet'],
  ['Redis', '1:M 01 Jan 2026 10:00:00.000 * ', 'Background saving started by pid 123'],
  ['an epoch', '1700000000.123 ', 'node joined the ring'],
  ['kernel ring buffer', '[    1.234567] ', 'usb 1-1: new high-speed USB device number 2'],
  ['Python logging', '2026-01-02 03:04:05,678 - ', 'myapp.db - ERROR - could not connect'],
];

describe('the frame of a line', () => {
  it.each(FRAMED)('of %s is taken off', (_, frame, message) => {
    expect(new FrameStripper().strip(frame + message)).toBe(message);
  });

  it('is found line by line where formats are mixed', () => {
    const stripper = new FrameStripper();
    for (let round = 0; round < 2; round++)
      for (const [, frame, message] of FRAMED) expect(stripper.strip(frame + message)).toBe(message);
  });

  it.each(['', 'hello world', 'error: no such file', '12 monkeys', '[client] connected', 'INFO'])(
    'of %j is none',
    (line) => {
      expect(new FrameStripper().strip(line)).toBe(line);
    },
  );

  it('leaves a suffix of any line, soon', () => {
    const stripper = new FrameStripper();
    const part = fc.constantFrom(
      ...FRAMED.map(([, frame]) => frame),
      ' ',
      '[',
      ']',
      '-',
      ':',
      'A',
      '1',
      'x '.repeat(200),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string()), { maxLength: 12 }), (parts) => {
        const line = parts.join('');
        expect(line.endsWith(stripper.strip(line))).toBe(true);
      }),
    );
  });
});
