import type { MessageParser } from '../syslog/messages/message-parser.ts';
import { failed, messagesOf, refused, succeeded } from './form.ts';
import { serviceFile } from './service-file.ts';

/** `[NAME/]ADDRESS:PORT `, where the name is that of a certificate that was accepted. */
const CLIENT = '(?:[\\w.@-]{1,64}/)?(?<peer>\\[?[0-9A-Fa-f:.]{2,64}\\]?:\\d{1,5}) ';
const AF = '\\[AF_INET6?\\](?<peer>[0-9A-Fa-f:.]{2,64}:\\d{1,5})';
const form = (source: string) => new RegExp(`^(?:us=\\d{1,9} )?${source}$`, 's');

/** OpenVPN 2.3 to 2.6 (ssl.c, ssl_verify.c, ssl_pkt.c). */
export const openvpn = messagesOf(
  'openvpn',
  ['openvpn', 'openvpn-server'],
  [
    failed(
      'authentication_failure',
      form(
        `${CLIENT}TLS Auth Error: (?:Auth Username/Password (?:verification failed|was not provided by peer)|--client-config-dir authentication failed|username attempted to change|TLS object CN attempted to change).*`,
      ),
    ),
    failed(
      'certificate',
      form(`${CLIENT}VERIFY (?:ERROR|X509NAME ERROR|KU ERROR|EKU ERROR|nsCertType ERROR|SCRIPT ERROR): .*`),
    ),
    succeeded(
      form(
        `${CLIENT}\\[(?<user>[\\w.@-]{1,64})\\] Peer Connection Initiated with \\[AF_INET6?\\][0-9A-Fa-f:.]{2,72}(?: .*)?`,
      ),
    ),
    refused(
      'tls_handshake',
      form(
        `${CLIENT}TLS Error: (?:TLS handshake failed|TLS key negotiation failed to occur within \\d{1,6} seconds.*|TLS object -> incoming plaintext read error|reading acknowledgement record from packet|local/remote TLS keys are out of sync:.*)`,
      ),
    ),
    refused(
      'bad_packet',
      form(
        `(?:${CLIENT.replace('(?<peer>', '(?:')})?(?:TLS Error: (?:incoming packet authentication failed from|cannot locate HMAC in incoming packet from|tls-crypt(?:-v2)? unwrapping failed from|unknown opcode received from|initial packet from .{0,40}?|unroutable control packet received from)|Bad encapsulated packet length from peer .{0,200}?) ${AF}.*`,
      ),
    ),
  ],
);

/** Debian tags an instance's lines `ovpn-INSTANCE`. */
export const openvpnInstance: MessageParser = {
  name: 'openvpn',
  programs: ['*'],
  parse: (message, event, frame) =>
    frame.program?.startsWith('ovpn-') === true && openvpn.parse(message, event, frame),
};

export const openvpnFormat = serviceFile({
  title: 'OpenVPN’s own log',
  head: /^(?:(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)|(?<asctime>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})) /,
  own: /^(?:us=\d{1,9} )?(?:(?:[\w.@-]{1,64}\/)?\[?[0-9A-Fa-f:.]{2,64}\]?:\d{1,5} |OpenVPN \d|library versions: |TUN\/TAP device|UDPv[46] link|TCPv[46]_SERVER|Initialization Sequence Completed|MANAGEMENT: |TLS(?: Auth)? Error: |Diffie-Hellman|Outgoing|Incoming|Data Channel|MULTI: |IFCONFIG POOL|net_(?:addr|iface|route))/,
  parser: openvpn,
});

const IKE = '(?:\\d{1,3}\\[[A-Z]{3}\\d?\\] )?(?:<[\\w.-]{1,64}\\|\\d{1,9}> )?';
/** strongSwan's charon (libcharon/sa): the peer is in the tunnel's own words, identities are quoted behind it. */
export const strongswan = messagesOf(
  'strongswan',
  ['charon', 'charon-systemd', 'ipsec'],
  [
    refused(
      'no_proposal',
      new RegExp(
        `^${IKE}no IKE config found for [0-9A-Fa-f:.]{2,64}\\.\\.\\.(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:]), sending NO_PROPOSAL_CHOSEN$`,
      ),
    ),
    refused(
      'no_peer_config',
      new RegExp(
        `^${IKE}looking for peer configs matching [0-9A-Fa-f:.]{2,64}\\[[^\\]]*\\]\\.\\.\\.(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])\\[.*\\], but none found.*$`,
        's',
      ),
    ),
    refused(
      'timeout',
      new RegExp(
        `^${IKE}deleting half open IKE_SA with (?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:]) after timeout$`,
      ),
    ),
    failed(
      'authentication_failure',
      new RegExp(`^${IKE}EAP method EAP_\\w{1,32} failed for peer (?<user>.*)$`, 's'),
    ),
    failed('authentication_failure', new RegExp(`^${IKE}XAuth authentication of '(?<user>.*)' failed$`, 's')),
    succeeded(
      new RegExp(
        `^${IKE}IKE_SA [\\w.-]{1,64}\\[\\d{1,9}\\] established between [0-9A-Fa-f:.]{2,64}\\[[^\\]]{0,255}\\]\\.\\.\\.(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])\\[(?<user>[^\\]]{0,255})\\]$`,
        's',
      ),
    ),
  ],
);
