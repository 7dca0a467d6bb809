import { failed, messagesOf, refused, succeeded } from './form.ts';
import { serviceFile } from './service-file.ts';

const ADDR = '(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])';
const PEER = '(?<peer>\\[?[0-9A-Fa-f:.]{2,64}\\]?:\\d{1,5})';
const form = (source: string) => new RegExp(`^${source}$`, 's');

/**
 * FreeRADIUS (src/main/auth.c): `[NAME]` or, where passwords are logged too, `[NAME/PASSWORD]`, which is never kept. The
 * calling station is an address only for tunnels; of wireless clients it is a hardware address.
 */
const STATION =
  '\\(from client \\S{1,128} port \\d{1,12}(?: cli (?:(?<addr>[0-9.]{7,15}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]{2,60})|[^()\\s]{0,64}))?(?: via TLS tunnel)?\\)';
export const freeradius = messagesOf(
  'freeradius',
  ['radiusd', 'freeradius'],
  [
    failed(
      'authentication_failure',
      form(
        `(?:\\(\\d{1,12}\\) {1,3})?(?:Login incorrect|Invalid user)(?: \\([^[\\]]{0,256}\\))?: \\[(?<user>[^\\]/]{0,256})(?:/[^\\]]{0,256})?\\] ${STATION}.{0,256}`,
      ),
      '(from client ',
    ),
    succeeded(
      form(
        `(?:\\(\\d{1,12}\\) {1,3})?Login OK(?: \\([^[\\]]{0,256}\\))?: \\[(?<user>[^\\]/]{0,256})(?:/[^\\]]{0,256})?\\] ${STATION}.{0,256}`,
      ),
      '(from client ',
    ),
    refused(
      'unknown_client',
      form(
        `(?:\\(\\d{1,12}\\) {1,3})?Ignoring request to \\S{1,32} address \\S{1,80} port \\d{1,5}(?: bound to server \\S{1,80})? from unknown client ${ADDR} port (?<port>\\d{1,5})(?: proto \\w{2,8})?`,
      ),
    ),
  ],
);

export const freeradiusFormat = serviceFile({
  title: 'FreeRADIUS',
  head: /^(?<asctime>[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4}) : (?:Auth|Info|Error|Warning|Proxy|Debug|Acct|ERROR): /,
  parser: freeradius,
});

/** pppd, behind which PPTP and L2TP end: the account alone. */
export const pppd = messagesOf(
  'pppd',
  ['pppd'],
  [
    failed('authentication_failure', form('Peer (?<user>.*) failed (?:CHAP|PAP|EAP) authentication')),
    failed('authentication_failure', form('(?:PAP|CHAP|EAP) peer authentication failed for (?<user>.*)')),
    succeeded(form('(?:PAP|CHAP|EAP) peer authentication succeeded for (?<user>.*)')),
  ],
);

/** SoftEther VPN (strtable: LH_AUTH_NG, LS_CONNECTION_…). */
export const softether = messagesOf(
  'softether',
  ['vpnserver', 'softether', 'vpnbridge'],
  [
    failed(
      'authentication_failure',
      form(
        `(?:\\[HUB "[^"]{1,64}"\\] )?Connection "CID-[\\w-]{1,32}": User authentication failed\\. The user name that has been provided was "(?<user>.*)", from ${ADDR}\\.`,
      ),
    ),
    failed(
      'authentication_failure',
      form(
        '(?:\\[HUB "[^"]{1,64}"\\] )?Connection "CID-[\\w-]{1,32}": User authentication failed\\. The user name that has been provided was "(?<user>.*)"\\.',
      ),
    ),
  ],
);

export const softetherFormat = serviceFile({
  title: 'SoftEther VPN',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) (?=\[HUB "|(?:Connection|The connection) "CID-|Session "SID-|On the TCP Listener |The Virtual Hub |The TCP Listener|SoftEther )/,
  parser: softether,
});

/** stunnel (src/libwrap.c). */
export const stunnel = messagesOf(
  'stunnel',
  ['stunnel', 'stunnel4'],
  [
    refused(
      'tcp_wrappers',
      form(`(?:LOG\\d\\[[\\w:]{1,48}\\]: )?Service \\[[^\\]]{1,64}\\] REFUSED by libwrap from ${PEER}`),
    ),
  ],
);

export const stunnelFormat = serviceFile({
  title: 'stunnel',
  head: /^(?<iso>\d{4}\.\d\d\.\d\d \d\d:\d\d:\d\d) (?=LOG\d\[[\w:]{1,48}\]: )/,
  parser: stunnel,
});

/** NFS (utils/mountd/auth.c): the path is the client's and stands behind its address. */
export const mountd = messagesOf(
  'mountd',
  ['rpc.mountd', 'mountd'],
  [
    refused(
      'mount_denied',
      form('refused (?:un)?mount request from (?<host>[\\w.:%-]{1,255}) for .*: .{1,80}'),
    ),
  ],
);

/** NSD (axfr.c, query.c). */
export const nsd = messagesOf(
  'nsd',
  ['nsd'],
  [
    refused(
      'transfer_denied',
      form(
        `(?:\\w{4,8}: )?(?:axfr|ixfr) for \\S{1,300} from ${ADDR} refused, (?:no acl matches|blocked).{0,80}`,
      ),
    ),
    refused(
      'notify_denied',
      form(`(?:\\w{4,8}: )?notify for \\S{1,300} from ${ADDR} refused, no acl matches\\.?`),
    ),
  ],
);

/** macOS' screen sharing. */
export const screensharing = messagesOf(
  'screensharingd',
  ['screensharingd'],
  [
    failed(
      'authentication_failure',
      form(
        `Authentication: FAILED :: User Name: (?<user>.*) :: Viewer Address: ${ADDR} :: Type: (?<method>[\\w-]{1,32})`,
      ),
    ),
    succeeded(
      form(
        `Authentication: SUCCEEDED :: User Name: (?<user>.*) :: Viewer Address: ${ADDR} :: Type: (?<method>[\\w-]{1,32})`,
      ),
    ),
  ],
);

const PROXIED = '[A-Z][A-Z0-9]{2,9}\\.\\d{1,5}';
/** 3proxy as its sample configuration logs: service, error code, account (blanks are `_`), peer. */
export const threeProxy = messagesOf(
  '3proxy',
  ['3proxy'],
  [
    failed('invalid_user', form(`${PROXIED} 00005 (?<user>\\S{1,256}) ${PEER} \\S{1,72}:\\d{1,5} .*`)),
    failed(
      'authentication_failure',
      form(`${PROXIED} 0000[678] (?<user>\\S{1,256}) ${PEER} \\S{1,72}:\\d{1,5} .*`),
    ),
    refused('forbidden', form(`${PROXIED} 0000[13] \\S{1,256} ${PEER} \\S{1,72}:\\d{1,5} .*`)),
  ],
);

export const threeProxyFormat = serviceFile({
  title: '3proxy, as its sample configuration logs',
  head: /^(?<epoch>\d{10})\.\d{3} (?=[A-Z][A-Z0-9]{2,9}\.\d{1,5} \d{5} \S{1,256} \S{3,72}:\d{1,5} )/,
  parser: threeProxy,
});
