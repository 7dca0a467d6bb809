import type { Event } from '@suite/event';
import { auditMessage } from '../../audit/audit-messages.ts';
import { firewallPacket } from '../../firewall/netfilter.ts';
import type { MessageParser } from './message-parser.ts';

// The name in brackets is the process's own choice: it ends where the kernel's words go on.
const OOM_KILLED =
  /(?:^|[ :])(?:Out of memory|Memory cgroup out of memory|OOM): Kill(?:ed)? process (\d{1,10})(?:, UID \d{1,10},)? \((.{1,64}?)\)(?:,? (?:total-vm|vsz|score|UID)|,|$)/;
const SEGFAULT =
  /^(?:traps: )?(.{1,64}?)\[(\d{1,10})\]:? (?:segfault at |general protection|trap (?:invalid opcode|divide error|int3))/;

/** The kernel's ring buffer: `[ seconds.micros] TEXT`. Every line is its own, so every line is vouched for. */
export const kernel: MessageParser = {
  name: 'kernel',
  programs: ['kernel'],
  parse(message, event) {
    const text = withoutPrintkTime(message);
    if (firewallPacket(text, event)) return true;
    if (text.startsWith('audit: type=') && auditMessage(text, event)) return true;
    event['event.category'] = 'host';
    const head = text.length > 1024 ? text.slice(0, 1024) : text;
    const killed = OOM_KILLED.exec(head);
    if (killed !== null) return crashed(event, 'kernel_oom', killed[2], killed[1]);
    const fault = SEGFAULT.exec(head);
    if (fault !== null) return crashed(event, 'kernel_segfault', fault[1], fault[2]);
    event['event.action'] = 'kernel_message';
    return true;
  },
};

function withoutPrintkTime(message: string): string {
  if (message.charCodeAt(0) !== 91) return message;
  const stamp = /^\[ {0,12}\d{1,12}\.\d{6}\] ?/.exec(message.slice(0, 40));
  return stamp === null ? message : message.slice(stamp[0].length);
}

function crashed(event: Event, action: string, name = '', pid = ''): true {
  event['event.action'] = action;
  event['event.outcome'] = 'failure';
  event['process.target.name'] = name;
  event['process.target.pid'] = Number(pid);
  return true;
}
