import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '@suite/cli';
import { DecisionBook } from '@suite/decisions';
import type { Detection } from '@suite/event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NadirConfig } from '../config.ts';
import { DecisionService } from './decision-service.ts';

const T0 = 1_700_000_000e6;
let dir: string;
let service: DecisionService;
let logged: string[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'decisions-'));
  logged = [];
});
afterEach(() => {
  service.stop();
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true, force: true });
});

const say = (_fields: unknown, text: string) => void logged.push(text);
const log = { info: say, warn: say, error: say } as unknown as Logger;

function start(allow: readonly string[] = []): DecisionService {
  const config = {
    data_dir: dir,
    detection: { allow: [] },
    syslog: { allow: [] },
    decisions: {
      allow,
      rules: ['ssh-brute-force-address'],
      duration: 3_600_000,
      longest: 86_400_000,
      ban_private: false,
      max_active: 100,
      bouncers: [],
    },
  } as unknown as NadirConfig;
  service = new DecisionService(config, () => T0, log);
  return service;
}

const detection = (address: string): Detection => ({
  id: `d-${address}`,
  version: 1,
  rule: 'ssh-brute-force-address',
  title: '',
  level: 'medium',
  timeUs: T0,
  firstUs: T0,
  entities: { 'source.address': address },
  techniques: [],
  evidence: [],
  evidenceCount: 1,
  reason: '',
});
const banned = () => service.desk.active().map(({ value }) => value);

describe('bans', () => {
  it('that a full disk does not take end nothing, are told of, and come when there is room', () => {
    start();
    const full = vi.spyOn(DecisionBook.prototype, 'add').mockImplementation(() => {
      throw new Error('database or disk is full');
    });
    service.observe([detection('198.51.100.1')]);
    service.observe([detection('198.51.100.1')]);
    expect(service.problems()).toEqual(['Bans cannot be kept: database or disk is full']);
    expect(logged).toEqual(['a ban could not be kept']);
    full.mockRestore();
    service.observe([detection('198.51.100.1')]);
    expect(service.problems()).toEqual([]);
    expect(banned()).toEqual(['198.51.100.1']);
  });

  it('of an address that is allowed since end with the next start', () => {
    start().observe([detection('198.51.100.1'), detection('198.51.100.2')]);
    service.stop();
    start(['198.51.100.1']);
    expect(banned()).toEqual(['198.51.100.2']);
  });

  it('of an address that an agent sends from end then', () => {
    start().observe([detection('198.51.100.1')]);
    service.sender('::ffff:198.51.100.1');
    expect(banned()).toEqual([]);
  });
});
