import type { Detection, Event, LogRecord } from '@suite/event';
import { createEngine, DEFAULT_SETTINGS, type DetectionSettings } from '../src/index.ts';

export const START_US = Date.UTC(2026, 0, 10, 3, 0, 0) * 1000;

/** Records with growing offsets and times, as a parser would make them. */
export class Lines {
  #offset = 0;
  #atUs = START_US;
  readonly all: LogRecord[] = [];

  wait(seconds: number): this {
    this.#atUs += seconds * 1e6;
    return this;
  }

  add(event: Event, raw = '', host = 'node1'): this {
    this.#offset += 100;
    this.all.push({
      id: this.#offset.toString(16).padStart(24, '0'),
      origin: {
        agent: 'a',
        host,
        kind: 'file',
        path: '/var/log/auth.log',
        stream: 's',
        offset: this.#offset,
      },
      raw,
      format: 'sshd',
      timeUs: this.#atUs,
      observedUs: this.#atUs,
      event: { 'host.name': host, ...event },
    });
    return this;
  }

  failed(user: string, address: string, pid: number, more: Event = {}): this {
    return this.add({
      'event.action': 'ssh_login',
      'event.outcome': 'failure',
      'auth.method': 'password',
      'user.name': user,
      'source.address': address,
      'process.pid': pid,
      ...more,
    });
  }

  accepted(user: string, address: string, pid: number): this {
    return this.add({
      'event.action': 'ssh_login',
      'event.outcome': 'success',
      'auth.method': 'password',
      'user.name': user,
      'source.address': address,
      'process.pid': pid,
    });
  }

  invalid(user: string, address: string, pid: number): this {
    return this.add({
      'event.action': 'ssh_invalid_user',
      'event.outcome': 'failure',
      'user.name': user,
      'source.address': address,
      'process.pid': pid,
    });
  }

  closedPreauth(user: string, address: string, pid: number): this {
    return this.add(
      { 'event.action': 'ssh_disconnect', 'user.name': user, 'source.address': address, 'process.pid': pid },
      `Connection closed by authenticating user ${user} ${address} port 4 [preauth]`,
    );
  }

  shell(command: string, user = 'pi'): this {
    return this.add({ 'event.action': 'shell_command', 'process.command_line': command, 'user.name': user });
  }
}

/** What the engine makes of them, in order. */
export function detect(lines: Lines, settings: Partial<DetectionSettings> = {}): Detection[] {
  const engine = createEngine({ ...DEFAULT_SETTINGS, ...settings });
  const out: Detection[] = [];
  for (const record of lines.all) engine.observe(record, (d) => out.push(d));
  return out;
}

export function rulesOf(detections: readonly Detection[]): string[] {
  return [...new Set(detections.map((d) => d.rule))].sort();
}
