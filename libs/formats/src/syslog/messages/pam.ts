import type { Event } from '@suite/event';
import type { Frame } from '../frame.ts';
import type { MessageParser } from './message-parser.ts';
import { authenticationFailure } from './pam/authentication-failure.ts';
import { moduleMessage } from './pam/module-message.ts';

/**
 * Linux-PAM's modules, which speak in the name of the program that loaded them:
 * `pam_unix(sshd:auth): …`, the older tag `sshd(pam_unix)[123]: …` and text `(pam_unix) …`, and pam_unix's
 * own summary `PAM N more authentication failures; …`.
 */
export const pam: MessageParser = {
  name: 'pam',
  programs: ['*'],
  parse(message, event, frame) {
    const c = message.charCodeAt(0);
    if (c === 112 && message.startsWith('pam_')) return current(message, event);
    if (c === 80 && message.startsWith('PAM ')) return summary(message, event, frame);
    if (c === 40 && message.startsWith('(pam_')) return bracketed(message, event, frame);
    if (frame.module?.startsWith('pam_') !== true) return false;
    return (
      moduleMessage(message, frame.module, frame.program ?? '', event) && named(event, frame.program ?? '')
    );
  },
};

/** `MODULE(SERVICE:TYPE): TEXT`. */
function current(message: string, event: Event): boolean {
  const head = /^(pam_\w{1,32})\(([^:()\s]{1,64}):(\w{1,16})\): /.exec(message.slice(0, 128));
  if (head === null) return unnamed(message, event);
  const [whole, module = '', service = ''] = head;
  return moduleMessage(message.slice(whole.length), module, service, event) && named(event, service);
}

/** `MODULE[PID]: TEXT`, as pam_krb5 of old wrote it: no service is named. */
function unnamed(message: string, event: Event): boolean {
  const head = /^(pam_\w{1,32})\[\d{1,10}\]: /.exec(message.slice(0, 64));
  return head !== null && moduleMessage(message.slice(head[0].length), head[1] ?? '', '', event);
}

function bracketed(message: string, event: Event, frame: Frame): boolean {
  const close = message.indexOf(') ');
  if (close < 0 || close > 40) return false;
  const service = frame.program ?? '';
  return (
    moduleMessage(message.slice(close + 2), message.slice(1, close), service, event) && named(event, service)
  );
}

/** `PAM N more authentication failure[s]; …`, `PAM service(sshd) ignoring max retries; 6 > 3`. */
function summary(message: string, event: Event, frame: Frame): boolean {
  const more = /^PAM (\d{1,6}) more authentication failures?; /.exec(message.slice(0, 64));
  if (more !== null) {
    if (!authenticationFailure(message.slice(more[0].length), frame.program ?? '', event)) return false;
    event['event.count'] = Number(more[1]);
    return named(event, frame.program ?? '');
  }
  const retries = /^PAM service\(([^()\s]{1,64})\) ignoring max retries; /.exec(message.slice(0, 128));
  if (retries === null) return false;
  event['event.category'] = 'authentication';
  event['event.action'] = 'pam_auth';
  // It sums up failures that have lines of their own: another failure would count them twice.
  event['event.outcome'] = 'unknown';
  event['event.reason'] = 'max_retries';
  return named(event, retries[1] ?? '');
}

function named(event: Event, service: string): true {
  if (service !== '') event['service.name'] = service;
  return true;
}
