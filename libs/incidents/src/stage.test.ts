import { describe, expect, it } from 'vitest';
import { detection } from '../test/detections.ts';
import { stageOf } from './stage.ts';

describe('the stage of a detection', () => {
  it.each([
    ['guessing', ['T1110.001'], 'attempt'],
    ['a scan', ['T1595.002', 'T1499.002'], 'attempt'],
    ['a login', ['T1078'], 'access'],
    ['guessing that led to a login', ['T1110', 'T1078'], 'access'],
    ['a new account', ['T1136.001'], 'persistence'],
    ['a key that was added to log in', ['T1098.004', 'T1078'], 'persistence'],
    ['nothing that is known', ['T9999'], 'other'],
    ['nothing at all', [], 'other'],
  ] as const)('of %s is found by technique', (_, techniques, stage) => {
    expect(stageOf(detection({ at: 0, techniques }))).toBe(stage);
  });

  it('of a command is never a login or an attempt: somebody is in who runs it', () => {
    const command = {
      at: 0,
      rule: 'command-lateral-movement',
      entities: { 'process.command_line': 'ssh root@b' },
    };
    expect(stageOf(detection({ ...command, techniques: ['T1021.004'] }))).toBe('execution');
    expect(stageOf(detection({ ...command, techniques: ['T1046', 'T1016'] }))).toBe('discovery');
  });

  it('of what a node of ours does is not an attempt on it', () => {
    expect(stageOf(detection({ at: 0, rule: 'network-fan-out', techniques: ['T1046'] }))).toBe('discovery');
  });
});
