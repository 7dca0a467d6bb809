import type { Event } from '@suite/event';
import { splitPeer } from '../services/form.ts';
import type { Frame } from './frame.ts';

/** Connections that are remembered at most; the one that was heard of first is forgotten first. */
const MOST = 2048;
const LONGEST_USER_CHARS = 256;

/** Who speaks on one connection, as far as its earlier lines told. */
export interface Speaker {
  readonly address: string;
  readonly port: number;
  readonly user?: string;
}

/**
 * Programs that tell of one login in several lines: who connected, as whom, and how it ended. Kept per stream, bounded,
 * JSON-serialisable.
 */
export class Conversations {
  readonly #byConnection: Map<string, Speaker>;

  constructor(entries: Iterable<readonly [string, Speaker]> = []) {
    this.#byConnection = new Map(entries);
  }

  /** @returns the name of the program where the line ended a login that `event` now tells of; else null. */
  read(frame: Frame, event: Event): string | null {
    if (frame.message.length > 4096) return null;
    if (frame.program === 'slapd') return this.#slapd(frame, event) ? 'slapd' : null;
    if (frame.program === 'smtpd') return this.#smtpd(frame, event) ? 'opensmtpd' : null;
    return null;
  }

  entries(): readonly (readonly [string, Speaker])[] {
    return [...this.#byConnection];
  }

  /** OpenLDAP at `loglevel stats` (servers/slapd: daemon.c, bind.c, result.c). The name ends its line but for numbers. */
  #slapd(frame: Frame, event: Event): boolean {
    const { message } = frame;
    const head = /^conn=(\d{1,12}) (?:fd|op)=\d{1,12} /.exec(message);
    if (head === null) return false;
    const key = `slapd ${frame.host ?? ''} ${head[1]}`;
    const rest = message.slice(head[0].length);
    const accepted = /^ACCEPT from IP=(\S{3,80}) \(IP=\S{1,80}\)$/.exec(rest);
    if (accepted !== null) return this.#open(key, accepted[1] ?? '');
    const bind = /^BIND dn="(.*)" method=\d{1,4}$/s.exec(rest);
    if (bind !== null) return this.#name(key, bind[1] ?? '');
    if (rest.startsWith('closed')) return this.#close(key);
    const result = /^RESULT tag=97 err=(0|49) /.exec(rest);
    const speaker = this.#byConnection.get(key);
    // A bind without a name is no login.
    if (result === null || speaker?.user === undefined || speaker.user === '') return false;
    return decided(event, 'slapd', speaker, result[1] === '0');
  }

  /** OpenSMTPD 6.6 and later (smtp_session.c): the session's number joins the lines. */
  #smtpd(frame: Frame, event: Event): boolean {
    const head = /^([0-9a-f]{16}) smtp /.exec(frame.message);
    if (head === null) return false;
    const key = `smtpd ${frame.host ?? ''} ${head[1]}`;
    const rest = frame.message.slice(head[0].length);
    const connected = /^connected address=(\S{2,64}) host=\S{1,255}$/.exec(rest);
    if (connected !== null) return this.#open(key, connected[1] ?? '');
    if (rest.startsWith('disconnected ')) return this.#close(key);
    const tried = /^authentication user=(\S{0,256}) result=(ok|permfail|tempfail)$/.exec(rest);
    if (tried === null) return false;
    const speaker = { address: '', port: 0, ...this.#byConnection.get(key), user: tried[1] ?? '' };
    return decided(event, 'opensmtpd', speaker, tried[2] === 'ok');
  }

  #open(key: string, peer: string): false {
    this.#byConnection.delete(key);
    const found = splitPeer(peer);
    if (found === null) return false;
    if (this.#byConnection.size >= MOST) {
      const oldest = this.#byConnection.keys().next().value;
      if (oldest !== undefined) this.#byConnection.delete(oldest);
    }
    this.#byConnection.set(key, found);
    return false;
  }

  #name(key: string, user: string): false {
    const { address, port } = this.#byConnection.get(key) ?? { address: '', port: 0 };
    if (this.#byConnection.size < MOST || this.#byConnection.has(key))
      this.#byConnection.set(key, { address, port, user: user.slice(0, LONGEST_USER_CHARS) });
    return false;
  }

  #close(key: string): false {
    this.#byConnection.delete(key);
    return false;
  }
}

function decided(event: Event, service: string, speaker: Speaker, success: boolean): true {
  event['event.category'] = 'authentication';
  event['event.action'] = 'service_login';
  event['event.outcome'] = success ? 'success' : 'failure';
  if (!success) event['event.reason'] = 'authentication_failure';
  event['service.name'] = service;
  if (speaker.user !== undefined && speaker.user !== '') event['user.name'] = speaker.user;
  if (speaker.address !== '') event['source.address'] = speaker.address;
  if (speaker.port > 0) event['source.port'] = speaker.port;
  return true;
}

/** Whether a program's lines are to be read together. */
export function converses(program: string | undefined): boolean {
  return program === 'slapd' || program === 'smtpd';
}
