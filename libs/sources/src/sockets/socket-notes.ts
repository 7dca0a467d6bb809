import type { Note } from '../notes/note-stream.ts';
import type { AccountNames } from './account-names.ts';
import type { Connection } from './connection-book.ts';
import type { Listener } from './listener-book.ts';
import type { SocketOwner } from './process-finder.ts';

/** A listener that opened, was there at the start, or closed. */
export function listenerNote(
  event: 'listener_opened' | 'listener_closed',
  listener: Listener,
  timeUs: number,
  accounts: AccountNames,
  reason?: 'at_start',
): Note {
  const { transport, end, isLoopback, uid, owner } = listener;
  return {
    event,
    time_us: timeUs,
    ...(reason === undefined ? {} : { 'event.reason': reason }),
    'network.transport': transport,
    'server.address': end.address,
    'server.port': end.port,
    ...(isLoopback ? { 'network.loopback': true } : {}),
    ...account(uid, accounts),
    ...program(owner),
  };
}

/** A connection that opened, was there at the start, or closed. */
export function connectionNote(
  event: 'connection_opened' | 'connection_closed',
  connection: Connection,
  timeUs: number,
  accounts: AccountNames,
  reason?: 'at_start',
): Note {
  const { local, remote, direction, uid, state, owner } = connection;
  const [from, to] = direction === 'inbound' ? [remote, local] : [local, remote];
  const why = reason ?? (event === 'connection_opened' && state === 'ended' ? 'already_ended' : undefined);
  return {
    event,
    time_us: timeUs,
    ...(why === undefined ? {} : { 'event.reason': why }),
    ...(event === 'connection_opened' && state === 'unanswered' ? { 'event.outcome': 'unknown' } : {}),
    'network.transport': 'tcp',
    'network.direction': direction,
    'source.address': from.address,
    'source.port': from.port,
    'destination.address': to.address,
    'destination.port': to.port,
    ...(event === 'connection_closed' ? { 'event.duration': (timeUs - connection.sinceUs) * 1_000 } : {}),
    ...(connection.inode === 0 ? {} : account(uid, accounts)),
    ...program(owner),
  };
}

function account(uid: number, accounts: AccountNames): Record<string, string | number> {
  const name = accounts.nameOf(uid);
  return { 'user.id': uid, ...(name === undefined ? {} : { 'user.name': name }) };
}

function program(owner: SocketOwner | undefined): Record<string, string | number | boolean> {
  if (owner === undefined) return {};
  return {
    'process.name': owner.name,
    'process.pid': owner.pid,
    ...(owner.executable === undefined ? {} : { 'process.executable': owner.executable }),
    ...(owner.deleted ? { 'process.deleted': true } : {}),
    ...(owner.stdio ? { 'process.stdio': true } : {}),
    ...(owner.container === undefined ? {} : { 'container.id': owner.container }),
  };
}
