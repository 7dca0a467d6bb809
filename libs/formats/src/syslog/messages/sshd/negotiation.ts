import type { Event } from '@suite/event';
import { peerAt } from '../address.ts';
import { connectionFrom, peerAfterFrom, peerAlone } from './connection.ts';
import { vouch } from './outcome.ts';
import { remoteIdBeforeColon } from './remote-id.ts';

const ACTION = 'ssh_negotiation';

/** `Did not receive identification string from A[ port N]`. */
export function noIdentification(text: string, event: Event): boolean {
  if (!text.startsWith('Did not receive identification string')) return false;
  if (text.length === 37) return vouch(event, ACTION, 'failure', 'no_identification');
  return (
    text.startsWith(' from ', 37) && peerAlone(text, 43, text.length, ACTION, 'no_identification', event)
  );
}

/** `Bad protocol version identification 'CLIENT'S WORDS' from A[ port N]`, `Bad packet length N.` */
export function bad(text: string, event: Event): boolean {
  if (/^Bad (?:remote )?protocol version identification:? '/.test(text.slice(0, 60))) {
    if (text.endsWith("'")) return vouch(event, ACTION, 'failure', 'bad_identification');
    const peer = peerAfterFrom(text, text.length);
    if (peer === null || !text.startsWith("' from ", peer.start - 7)) return false;
    return vouch(event, ACTION, 'failure', 'bad_identification', peer);
  }
  if (/^Bad packet length \d{1,20}\.$/.test(text.slice(0, 60))) {
    return vouch(event, ACTION, 'failure', 'bad_packet_length');
  }
  return false;
}

/** `Unable to negotiate with ID: no matching X found. Their offer: CLIENT'S WORDS[ [preauth]]`. */
export function unableToNegotiate(text: string, event: Event): boolean {
  if (!text.startsWith('Unable to negotiate ')) return false;
  if (text.startsWith('a key exchange method', 20)) return vouch(event, ACTION, 'failure', 'no_matching_kex');
  if (!text.startsWith('with ', 20)) return false;
  const id = remoteIdBeforeColon(text, 25);
  if (id !== null) return vouch(event, ACTION, 'failure', 'no_matching_algorithm', id.peer, id.user);
  // 6.7 to 6.9 had no port: `with A: no matching …`.
  const end = text.indexOf(': no matching ', 25);
  if (end < 0) return false;
  return peerAlone(text, 25, end, ACTION, 'no_matching_algorithm', event);
}

/** `Protocol major versions differ for A[ port N]: OURS vs. CLIENT'S WORDS`. */
export function protocolMajor(text: string, event: Event): boolean {
  if (!text.startsWith('Protocol major versions differ')) return false;
  if (!text.startsWith(' for ', 30)) {
    return text.startsWith(': ', 30) && vouch(event, ACTION, 'failure', 'protocol_versions');
  }
  const end = text.indexOf(': ', 35);
  return end > 0 && peerAlone(text, 35, end, ACTION, 'protocol_versions', event);
}

/** `probed from A[ port N] with CLIENT'S WORDS.  Don't panic.`, likewise `scanned from`. */
export function probed(text: string, event: Event): boolean {
  const start = text.startsWith('probed from ') ? 12 : text.startsWith('scanned from ') ? 13 : -1;
  const end = text.indexOf(' with ', start);
  if (start < 0 || end < 0) return false;
  return peerAlone(text, start, end, ACTION, 'scanner', event);
}

/** `Could not write ident string to A[ port N]`. */
export function couldNotWriteIdent(text: string, event: Event): boolean {
  return peerAlone(text, 32, text.length, ACTION, 'no_identification', event);
}

/** `TAG: Connection from ID: REASON`, where TAG is a function of sshd's (banner exchange, dispatch, …). */
export function tagged(text: string, event: Event): boolean {
  const colon = text.indexOf(': ');
  if (colon < 0 || colon > 48) return false;
  const tag = text.slice(0, colon);
  const at = colon + 2;
  const reason = REASON_OF_TAG.get(tag);
  if (reason === undefined) return false;
  if (text.startsWith('Connection from ', at)) return connectionFrom(text, at + 16, event, reason);
  if (text.startsWith('Connection to ', at)) return connectionFrom(text, at + 14, event, reason);
  if (tag === 'banner exchange' || tag === 'ssh_dispatch_run_fatal' || tag === 'packet_write_wait')
    return false;
  return vouch(event, ACTION, 'failure', reason);
}

const REASON_OF_TAG = new Map([
  ['banner exchange', 'banner_exchange'],
  ['kex_exchange_identification', 'bad_identification'],
  ['ssh_exchange_identification', 'bad_identification'],
  ['ssh_dispatch_run_fatal', 'protocol_error'],
  ['dispatch_protocol_error', 'protocol_error'],
  ['dispatch_protocol_ignore', 'protocol_error'],
  ['kex_protocol_error', 'protocol_error'],
  ['kex protocol error', 'protocol_error'],
  ['Hm, kex protocol error', 'protocol_error'],
  ['kex_input_kexinit', 'protocol_error'],
  ['input_kex_dh_init', 'protocol_error'],
  ['buffer_get_ret', 'protocol_error'],
  ['buffer_get_string', 'protocol_error'],
  ['buffer_get_string_ret', 'protocol_error'],
  ['ssh_packet_write_wait', 'protocol_error'],
  ['ssh_packet_get_string', 'protocol_error'],
  ['packet_write_wait', 'protocol_error'],
  ['packet_write_poll', 'protocol_error'],
  ['process_output', 'protocol_error'],
  ['padding error', 'protocol_error'],
  ['ssh_packet_read', 'protocol_error'],
  ['mm_answer_moduli', 'protocol_error'],
  ['Read from socket failed', 'socket_error'],
  ['Write failed', 'socket_error'],
  ['Read error from remote host', 'socket_error'],
]);

/** `no matching cipher found: client X server Y`, `no hostkey alg`. */
export function noMatching(text: string, event: Event): boolean {
  if (text.startsWith('no hostkey alg') || text.startsWith('no kex alg')) {
    return vouch(event, ACTION, 'failure', 'no_matching_algorithm');
  }
  if (!/^no matching [\w ]{1,40} found/.test(text.slice(0, 64))) return false;
  return vouch(event, ACTION, 'failure', 'no_matching_algorithm');
}

/** `Corrupted MAC on input.`, `Corrupted padlen N on input.`, `Corrupted check bytes on input.` */
export function corrupted(text: string, event: Event): boolean {
  return (
    text.length < 64 && text.includes(' on input') && vouch(event, ACTION, 'failure', 'corrupted_packet')
  );
}

/** `Read error from remote host A: ERROR` (7.x: `Read error from remote host A port N: ERROR`). */
export function readError(text: string, event: Event): boolean {
  const start = 28;
  if (!text.startsWith('Read error from remote host ')) return tagged(text, event);
  const peer = peerAt(text, start);
  if (peer !== null) return vouch(event, 'ssh_disconnect', 'failure', 'socket_error', peer);
  const end = text.indexOf(': ', start);
  return end > 0 && peerAlone(text, start, end, 'ssh_disconnect', 'socket_error', event);
}
