/** By system: kinds of messages in their wording, each with messages that are of that kind. */
export const SYSTEMS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  apache: [
    [
      'workerEnv.init() ok /etc/httpd/conf/workers2.properties',
      'workerEnv.init() ok /etc/httpd/conf/workers3.properties',
    ],
    ['mod_jk child workerEnv in error state 6', 'mod_jk child workerEnv in error state 10'],
    ['jk2_init() Found child 6725 in scoreboard slot 10', 'jk2_init() Found child 6726 in scoreboard slot 8'],
    [
      '[client 222.166.160.184] Directory index forbidden by rule: /var/www/html/',
      '[client 63.13.186.196] Directory index forbidden by rule: /var/www/html/',
    ],
    ["jk2_init() Can't find child 1566 in scoreboard", "jk2_init() Can't find child 1567 in scoreboard"],
    ['mod_jk child init 1 -2', 'mod_jk child init 1 -1'],
  ],
  hdfs: [
    [
      'PacketResponder 1 for block blk_38865049064139660 terminating',
      'PacketResponder 0 for block blk_-6952295868487656571 terminating',
    ],
    [
      'BLOCK* NameSystem.addStoredBlock: blockMap updated: 10.251.73.220:50010 is added to blk_7128370237687728475 size 67108864',
      'BLOCK* NameSystem.addStoredBlock: blockMap updated: 10.250.11.85:50010 is added to blk_-2 size 6',
    ],
    [
      'Receiving block blk_-5009020203888190378 src: /10.251.199.19:52622 dest: /10.251.199.19:50010',
      'Receiving block blk_7 src: /10.250.14.38:1 dest: /10.251.199.19:50010',
    ],
    [
      'Received block blk_-1608999687919862906 src: /10.250.14.224:1 dest: /10.250.14.224:50010 of size 91178',
    ],
    [
      'Received block blk_7503483334202473044 of size 233217 from /10.251.71.16',
      'Received block blk_-3 of size 67108864 from /10.251.31.5',
    ],
    [
      'BLOCK* NameSystem.allocateBlock: /user/root/rand/_temporary/_task_200811092030_0001_m_000590_0/part-00590. blk_-1727475099218615100',
      'BLOCK* NameSystem.allocateBlock: /user/root/randtxt4/_temporary/_task_200811101024_0010_m_001/part-1. blk_5',
    ],
    ['Verification succeeded for blk_-4980916519894289629', 'Verification succeeded for blk_1'],
    [
      '10.251.30.85:50010:Got exception while serving blk_-2918118818249673980 to /10.251.90.64:',
      '10.251.126.5:50010:Got exception while serving blk_8 to /10.251.74.134:',
    ],
    [
      '10.251.30.85:50010 Served block blk_2 to /10.251.90.64',
      '10.251.3.8:50010 Served block blk_-9 to /10.251.9.6',
    ],
    [
      'Deleting block blk_1781953582842324563 file /mnt/hadoop/dfs/data/current/subdir5/blk_1781953582842324563',
      'Deleting block blk_-4 file /mnt/hadoop/dfs/data/current/blk_-4',
    ],
    [
      'BLOCK* ask 10.250.14.38:50010 to replicate blk_-7571492020523929240 to datanode(s) 10.251.122.38:50010',
      'BLOCK* ask 10.251.1.8:50010 to replicate blk_1 to datanode(s) 10.251.2.3:50010',
    ],
  ],
  'lists of addresses': [
    [
      'BLOCK* ask 10.250.18.114:50010 to delete blk_1',
      'BLOCK* ask 10.250.18.115:50010 to delete blk_2 blk_3',
      'BLOCK* ask 10.250.18.116:50010 to delete blk_4 blk_5 blk_6 blk_7 blk_8',
    ],
  ],
  commands: [
    ...['boot', 'halt', 'risBoot', 'wait', 'startServer', 'clusterAddMember', 'bootGenvmunix'].map((name) => [
      `${name} (command 1911)`,
      `${name} (command 2318)`,
    ]),
  ],
  colours: [['\u001b[32mserver\u001b[0m started on port 80', 'server started on port 81']],
  spark: [
    ['Running task 0.0 in stage 0.0 (TID 0)', 'Running task 12.0 in stage 3.0 (TID 121)'],
    [
      'Finished task 0.0 in stage 0.0 (TID 0). 2703 bytes result sent to driver',
      'Finished task 3.0 in stage 1.0 (TID 40). 1969 bytes result sent to driver',
    ],
    [
      'Block broadcast_9 stored as values in memory (estimated size 8.8 KB, free 384.1 KB)',
      'Block broadcast_7_piece0 stored as values in memory (estimated size 5.2 MB, free 3.1 GB)',
    ],
    [
      'Block broadcast_9_piece0 stored as bytes in memory (estimated size 5.2 KB, free 317.5 KB)',
      'Block broadcast_1 stored as bytes in memory (estimated size 54.0 B, free 317.5 KB)',
    ],
    ['Found block rdd_2_0 locally', 'Found block rdd_42_11 locally'],
    [
      'times: total = 41, boot = 17, init = 24, finish = 0',
      'times: total = 39, boot = -40, init = 79, finish = 0',
    ],
    [
      'Input split: hdfs://10.10.34.11:9000/pjhe/logs/2kSOSP.log:21876+7292',
      'Input split: hdfs://10.10.34.11:9000/pjhe/logs/2kSOSP.log:0+7292',
    ],
    ['Started reading broadcast variable 9', 'Started reading broadcast variable 18'],
    ['Reading broadcast variable 9 took 160 ms', 'Reading broadcast variable 1 took 7 ms'],
    [
      "Saved output of task 'attempt_201706092018_0024_m_000083_1138' to hdfs://10.10.34.11:9000/pjhe/test/1/_temporary/0/task_1",
      "Saved output of task 'attempt_201706092018_0024_m_000084_1139' to hdfs://10.10.34.11:9000/pjhe/test/1/_temporary/0/task_2",
    ],
    [
      'attempt_201706092018_0024_m_000083_1138: Committed',
      'attempt_201706092018_0024_m_000084_1139: Committed',
    ],
    ['Changing view acls to: yarn,curi'],
    ['Changing modify acls to: yarn,curi'],
    ['Connecting to driver: spark://CoarseGrainedScheduler@10.10.34.11:48069'],
    ['mapred.tip.id is deprecated. Instead, use mapreduce.task.id'],
    [
      'Remoting started; listening on addresses :[akka.tcp://sparkExecutorActorSystem@mesos-slave-07:55904]',
      'Remoting started; listening on addresses :[akka.tcp://sparkExecutorActorSystem@mesos-slave-30:41325]',
    ],
  ],
  zookeeper: [
    ['Received connection request /10.10.34.11:45307', 'Received connection request /10.10.34.13:36245'],
    ['Notification time out: 3200', 'Notification time out: 60000'],
    [
      'Connection broken for id 188978561024, my id = 1, error =',
      'Connection broken for id 1, my id = 3, error =',
    ],
    [
      'Closed socket connection for client /10.10.34.19:33442 which had sessionid 0x14ed93111f20027',
      'Closed socket connection for client /10.10.34.13:37177 which had sessionid 0x24ed93111f20005',
    ],
    [
      'Closed socket connection for client /10.10.34.11:48196 (no session established for client)',
      'Closed socket connection for client /10.10.34.12:5 (no session established for client)',
    ],
    [
      'Expiring session 0x24f3b4b4b9d0001, timeout of 10000ms exceeded',
      'Expiring session 0x14f0a9e2d6e0002, timeout of 30000ms exceeded',
    ],
    [
      'Cannot open channel to 2 at election address /10.10.34.12:3888',
      'Cannot open channel to 3 at election address /10.10.34.13:3888',
    ],
    [
      'Established session 0x14f05578bd80006 with negotiated timeout 10000 for client /10.10.34.13:37177',
      'Established session 0x14f05578bd8000f with negotiated timeout 20000 for client /10.10.34.11:1',
    ],
  ],
  hadoop: [
    [
      'Progress of TaskAttempt attempt_1445144423722_0020_m_000001_0 is : 0.1795899',
      'Progress of TaskAttempt attempt_1445144423722_0020_r_000000_0 is : 0.0',
    ],
    [
      'attempt_1445144423722_0020_m_000000_0 TaskAttempt Transitioned from NEW to UNASSIGNED',
      'attempt_1445144423722_0020_m_000001_0 TaskAttempt Transitioned from NEW to UNASSIGNED',
    ],
    ['attempt_1445144423722_0020_m_000000_0 TaskAttempt Transitioned from UNASSIGNED to ASSIGNED'],
    [
      'task_1445144423722_0020_m_000000 Task Transitioned from NEW to SCHEDULED',
      'task_1445144423722_0020_m_000001 Task Transitioned from NEW to SCHEDULED',
    ],
    [
      'Address change detected. Old: msra-sa-41/10.190.173.170:9000 New: msra-sa-41:9000',
      'Address change detected. Old: minint-fnanli5/10.86.169.121:8030 New: msra-sa-41:8030',
    ],
    [
      'Retrying connect to server: msra-sa-41:9000. Already tried 0 time(s); retry policy is RetryUpToMaximumCountWithFixedSleep(maxRetries=10, sleepTime=1000 MILLISECONDS)',
      'Retrying connect to server: msra-sa-41:8030. Already tried 9 time(s); retry policy is RetryUpToMaximumCountWithFixedSleep(maxRetries=10, sleepTime=1000 MILLISECONDS)',
    ],
    [
      'Failed to renew lease for [DFSClient_NONMAPREDUCE_1537864556_1] for 30 seconds. Will retry shortly ...',
      'Failed to renew lease for [DFSClient_NONMAPREDUCE_483047941_1] for 298 seconds. Will retry shortly ...',
    ],
    ['Executing with tokens:'],
    [
      'Kind: YARN_AM_RM_TOKEN, Service: , Ident: (appAttemptId { application_id { id: 20 cluster_timestamp: 1445144423722 } attemptId: 1 } keyId: -127633188)',
    ],
    ['Scheduled snapshot period at 10 second(s).'],
    [
      'Before Scheduling: PendingReds:1 ScheduledMaps:10 ScheduledReds:0 AssignedMaps:0 AssignedReds:0 CompletedMaps:0 CompletedReds:0 ContAlloc:0 ContRel:0 HostLocal:0 RackLocal:0',
      'Before Scheduling: PendingReds:0 ScheduledMaps:5 ScheduledReds:1 AssignedMaps:5 AssignedReds:0 CompletedMaps:3 CompletedReds:0 ContAlloc:9 ContRel:0 HostLocal:7 RackLocal:2',
    ],
  ],
  openstack: [
    [
      '10.11.10.1 "GET /v2/54fadb412c4e40cdbaed9335e4c35a9e/servers/detail HTTP/1.1" status: 200 len: 1893 time: 0.2477829',
      '10.11.21.143,10.11.10.1 "GET /latest/meta-data/ HTTP/1.1" status: 200 len: 124 time: 0.2294920',
    ],
    [
      '10.11.10.1 "POST /v2/54fadb412c4e40cdbaed9335e4c35a9e/servers HTTP/1.1" status: 202 len: 733 time: 0.4823000',
      '10.11.10.1 "POST /v2/e9746973ac574c6b8a9e8857f56a7608/os-server-external-events HTTP/1.1" status: 200 len: 380 time: 0.0913219',
    ],
    [
      '10.11.10.1 "DELETE /v2/54fadb412c4e40cdbaed9335e4c35a9e/servers/b9000564-fe1a-409b-b8cc-1e88b294cd1d HTTP/1.1" status: 204 len: 203 time: 0.2715580',
    ],
    [
      '[instance: b9000564-fe1a-409b-b8cc-1e88b294cd1d] VM Started (Lifecycle Event)',
      '[instance: 43204226-4e31-4d59-b0ab-9f4a4ce5b1e0] VM Started (Lifecycle Event)',
    ],
    ['[instance: b9000564-fe1a-409b-b8cc-1e88b294cd1d] VM Paused (Lifecycle Event)'],
    [
      '[instance: 43204226-4e31-4d59-b0ab-9f4a4ce5b1e0] Took 20.58 seconds to spawn the instance on the hypervisor.',
      '[instance: 4b2ab87e-23b4-4a3c-8b6b-ec4a1ee8f7d5] Took 19.00 seconds to spawn the instance on the hypervisor.',
    ],
    ['[instance: 43204226-4e31-4d59-b0ab-9f4a4ce5b1e0] memory limit: 96258.00 MB, free: 95746.00 MB'],
    [
      '[instance: 43204226-4e31-4d59-b0ab-9f4a4ce5b1e0] Total memory: 64172 MB, used: 512.00 MB',
      '[instance: 4b2ab87e-23b4-4a3c-8b6b-ec4a1ee8f7d5] Total memory: 64172 MB, used: 2560.00 MB',
    ],
    [
      'image 0673dd71-34c5-4fbb-86c4-40623fbe45b4 at (/var/lib/nova/instances/_base/a489c868f0c37da93b76227c91bb03908ac0e742): checking',
      'image 1 at (/var/lib/nova/instances/_base/b): checking',
    ],
    ['Active base files: /var/lib/nova/instances/_base/a489c868f0c37da93b76227c91bb03908ac0e742'],
  ],
  bgl: [
    ['generating core.2275', 'generating core.862'],
    ['CE sym 2, at 0x0b85eee0, mask 0x05', 'CE sym 20, at 0x1438f9e0, mask 0x40'],
    ['total of 12 ddr error(s) detected and corrected', 'total of 1 ddr error(s) detected and corrected'],
    ['instruction cache parity error corrected'],
    ['63543 double-hummer alignment exceptions', '162 double-hummer alignment exceptions'],
    ['iar 003a90fc dear 01bbe8f4', 'iar 00105910 dear 0245a0ac'],
    [
      'ciod: failed to read message prefix on control stream (CioStream socket to 172.16.96.116:33569',
      'ciod: failed to read message prefix on control stream (CioStream socket to 172.16.96.116:3',
    ],
    [
      'ciod: LOGIN chdir(/home/pakin1/sweep3d-2.2b/results) failed: No such file or directory',
      'ciod: LOGIN chdir(/p/gb2/glosli/8M_5000K/t800) failed: No such file or directory',
    ],
    [
      'ciod: Error loading /home/bertsch2/src/bgl_hello/hello: invalid or missing program image, No such file or directory',
      'ciod: Error loading /g/g24/x/a.rts: invalid or missing program image, No such file or directory',
    ],
    ['data TLB error interrupt'],
    [
      'Lustre mount FAILED : bglio11 : block_id : location',
      'Lustre mount FAILED : bglio8 : block_id : location',
    ],
    ['ddr: excessive soft failures, consider replacing the card'],
  ],
  thunderbird: [
    [
      'data_thread() got not answer from any [Thunderbird_A5] datasource',
      'data_thread() got not answer from any [Thunderbird_B12] datasource',
    ],
    ['session opened for user root by (uid=0)', 'session opened for user root by (uid=0)'],
    ['(root) CMD (run-parts /etc/cron.hourly)'],
    ['connect from #8#', 'connect from #12#'],
    ['synchronized to 10.100.20.250, stratum 3', 'synchronized to 10.100.16.250, stratum 3'],
    [
      'jA9K1xL5013456: from=root, size=1, class=0, nrcpts=1, relay=root@localhost',
      'jA9Kx2L5013457: from=root, size=921, class=0, nrcpts=1, relay=root@localhost',
    ],
  ],
  proxifier: [
    [
      'proxy.cse.cuhk.edu.hk:5070 open through proxy proxy.cse.cuhk.edu.hk:5070 HTTPS',
      'www.google.com:443 open through proxy proxy.cse.cuhk.edu.hk:5070 HTTPS',
    ],
    ['socks.cse.cuhk.edu.hk:5070 open through proxy socks.cse.cuhk.edu.hk:5070 SOCKS5'],
    [
      'proxy.cse.cuhk.edu.hk:5070 close, 403 bytes sent, 426 bytes received, lifetime <1 sec',
      'tcpconn.tencent.com:80 close, 0 bytes sent, 0 bytes received, lifetime 00:01',
      '183.62.156.108:22 close, 9 bytes sent, 9 bytes received, lifetime 01:00:12',
    ],
    [
      'proxy.cse.cuhk.edu.hk:5070 close, 1190 bytes (1.16 KB) sent, 1671 bytes (1.63 KB) received, lifetime 00:02',
      'mtalk.google.com:5228 close, 1,190 bytes (1.16 KB) sent, 16,711,001 bytes (15.9 MB) received, lifetime <1 sec',
    ],
    [
      'proxy.cse.cuhk.edu.hk:5070 close, 934 bytes sent, 5869 bytes (5.73 KB) received, lifetime 00:01',
      'a.b.com:443 close, 451 bytes sent, 18846 bytes (18.4 KB) received, lifetime <1 sec',
    ],
  ],
  healthapp: [
    ['onStandStepChanged 3579', 'onStandStepChanged 3580'],
    ['onExtend:1514038530000 14 0 4', 'onExtend:1514038531000 0 0 3'],
    [
      'getTodayTotalDetailSteps = 1514038440000##6993##548365##8661##12266##27164404',
      'getTodayTotalDetailSteps = 1514038440000##7007##548365##8661##12361##27173954',
    ],
    ['setTodayTotalDetailSteps=1514038440000##7007##548365##8661##12361##27173954'],
    ['calculateCaloriesWithCache totalCalories=126775', 'calculateCaloriesWithCache totalCalories=126797'],
    ['calculateAltitudeWithCache totalAltitude=240', 'calculateAltitudeWithCache totalAltitude=0'],
    ['REPORT : 7007 5002 150089 240', 'REPORT : 1 2 3 4'],
    ['processHandleBroadcastAction action:android.intent.action.SCREEN_ON'],
    ['processHandleBroadcastAction action:android.intent.action.TIME_TICK'],
    ['flush sensor data'],
  ],
  android: [
    [
      'acquire lock=233570404, flags=0x1, tag="View Lock", name=com.android.systemui, ws=null, uid=10037, pid=2227',
      'acquire lock=189667585, flags=0x1, tag="View Lock", name=com.android.systemui, ws=null, uid=10037, pid=2228',
    ],
    [
      'acquire lock=166121161, flags=0x1, tag="RILJ_ACK_WL", name=com.android.phone, ws=null, uid=1001, pid=2626',
    ],
    [
      'release lock=166121161, flg=0x0, tag="View Lock", name=com.android.systemui", ws=null, uid=10037, pid=2227',
      'release lock=16, flg=0x0, tag="View Lock", name=com.android.systemui", ws=null, uid=10037, pid=2227',
    ],
    ['HBM brightnessIn =38', 'HBM brightnessIn =250'],
    ['HBM brightnessOut =38', 'HBM brightnessOut =0'],
    [
      'Skipping AppWindowToken{df0798e token=Token{78af589 ActivityRecord{3b04890 u0 com.tencent.qt.qtl/com.tencent.video.player.activity.PlayerActivity t761}}} -- going to hide',
      'Skipping AppWindowToken{2d49c5a token=Token{1 ActivityRecord{3b04891 u0 com.tencent.qt.qtl/com.tencent.video.player.activity.PlayerActivity t762}}} -- going to hide',
    ],
    [
      'setSystemUiVisibility vis=0 mask=1 oldVal=40000500 newVal=40000500 diff=0 fullscreenStackVis=0',
      'setSystemUiVisibility vis=40000500 mask=ffffffff oldVal=0 newVal=0 diff=1 fullscreenStackVis=0',
    ],
  ],
  hpc: [
    [
      'Component State Change: Component \\042alt0\\042 is in the unavailable state (HWID=1973)',
      'Component State Change: Component \\042alt1\\042 is in the unavailable state (HWID=3180)',
    ],
    ['Temperature (35) exceeds warning threshold', 'Temperature (42) exceeds warning threshold'],
    ['Fan speeds ( 3552 3534 3375 4245 3515 3479 )', 'Fan speeds ( 3552 3534 1 4245 3515 0 )'],
    ['boot (command 1911)', 'boot (command 2318)'],
    ['ambient=30', 'ambient=41'],
    [
      'ServerFileSystem: An ServerFileSystem domain panic has occurred on storage442',
      'ServerFileSystem: An ServerFileSystem domain panic has occurred on storage100',
    ],
    [
      'Link error on broadcast tree Interconnect-0T00:00:00:00',
      'Link error on broadcast tree Interconnect-1N01:00:03',
    ],
    [
      'Targeting domains:node-D1 and nodes:node-[40-63] child of command 2318',
      'Targeting domains:node-D2 and nodes:node-[72-95] child of command 2319',
    ],
  ],
  windows: [
    ['SQM: Initializing online with Windows opt-in: False'],
    [
      'SQM: Failed to start upload with file pattern: C:\\Windows\\servicing\\sqm\\*_std.sqm, flags: 0x2 [HRESULT = 0x80004005 - E_FAIL]',
      'SQM: Failed to start upload with file pattern: C:\\Windows\\servicing\\sqm\\*_all.sqm, flags: 0x6 [HRESULT = 0x80004005 - E_FAIL]',
    ],
    [
      'Session: 30546173_4261722401 initialized by client WindowsUpdateAgent.',
      'Session: 30546174_2191 initialized by client WindowsUpdateAgent.',
    ],
    [
      'Read out cached package applicability for package: Package_for_KB3090045~31bf3856ad364e35~amd64~~6.1.1.1, ApplicableState: 112, CurrentState:112',
      'Read out cached package applicability for package: Package_for_KB2928120~31bf3856ad364e35~amd64~~6.1.2.1, ApplicableState: 0, CurrentState:0',
    ],
    [
      '00000001@2016/9/27:20:30:31.455 WcpInitialize (wcp.dll version 0.0.0.6) called (stack @0x7fed806eb5d @0x7fef9fb9b6d @0x7fef9f8358f @0xff83e97c @0xff83d799 @0xff83db2f)',
      '00000002@2016/9/27:20:30:31.458 WcpInitialize (wcp.dll version 0.0.0.6) called (stack @0x7fed806eb5d @0x7fefa006ade @0x7fef9fd2984 @0x7fef9f83665 @0xff83e97c @0xff83d799)',
    ],
    ['Warning: Unrecognized packageExtended attribute.'],
    ['Expecting attribute name [HRESULT = 0x800f080d - CBS_E_MANIFEST_INVALID_ITEM]'],
    ['Failed to get next element [HRESULT = 0x800f080d - CBS_E_MANIFEST_INVALID_ITEM]'],
  ],
  linux: [
    ['check pass; user unknown'],
    [
      'authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=218.188.2.4',
      'authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=massive.merukuru.org',
    ],
    [
      'authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=220-135-151-1.hinet-ip.hinet.net  user=root',
      'authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=biblioteka.wsi.edu.pl  user=root',
    ],
    ['session opened for user cyrus by (uid=0)'],
    ['session opened for user news by (uid=0)'],
    ['session closed for user cyrus'],
    ['ALERT exited abnormally with [1]', 'ALERT exited abnormally with [2]'],
    [
      'connection from 24.54.76.216 (24-54-76-216.bflony.adelphia.net) at Fri Jun 17 07:07:00 2005',
      'connection from 82.252.162.81 (lns-vlq-45-tou-82-252-162-81.adsl.proxad.net) at Sat Jun 18 02:08:10 2005',
    ],
    ['Kerberos authentication failed'],
    ['ANONYMOUS FTP LOGIN FROM 84.102.20.2,  (anonymous)'],
    ['audit(1122475266.4294965305:0): initialized', 'audit(1122475267.1:0): initialized'],
  ],
  mac: [
    [
      'IOThunderboltSwitch<0>(0x0)::listenerCallback - Thunderbolt HPD packet for route = 0x0 port = 11 unplug = 0',
      'IOThunderboltSwitch<0>(0x0)::listenerCallback - Thunderbolt HPD packet for route = 0x0 port = 12 unplug = 1',
    ],
    [
      'Thermal pressure state: 1 Memory pressure state: 0',
      'Thermal pressure state: 0 Memory pressure state: 0',
    ],
    ['FA||Url||taskID[2019352994] dealloc', 'FA||Url||taskID[2019353296] dealloc'],
    [
      'ARPT: 620701.011328: wl0: wl_update_tcpkeep_seq: Original Seq: 3092633747, Ack: 2572586285, Win size: 4096',
      'ARPT: 626908.045241: wl0: wl_update_tcpkeep_seq: Original Seq: 2959030151, Ack: 1079657168, Win size: 1',
    ],
    ['en0: BSSID changed to 5c:50:15:4c:18:13', 'en0: BSSID changed to 5c:50:15:36:bc:03'],
    ['Basic SS7 call failed'],
    ['Wake reason: RTC (Alarm)'],
  ],
};
