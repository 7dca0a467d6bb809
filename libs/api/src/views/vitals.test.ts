import { expect, it } from 'vitest';
import { sample } from '../../test/fixture.ts';
import { vitalsView } from './vitals.ts';

it('adds up what the processor does besides idling, over modes and cores', () => {
  const cores = ['0', '1'].flatMap((core) => [
    sample('system.cpu.utilization', 0.3, { 'cpu.mode': 'user', 'cpu.logical_number': core }),
    sample('system.cpu.utilization', 0.1, { 'cpu.mode': 'system', 'cpu.logical_number': core }),
    sample('system.cpu.utilization', 0.6, { 'cpu.mode': 'idle', 'cpu.logical_number': core }),
  ]);
  expect(vitalsView(cores).cpuUsed).toBeCloseTo(0.4);
  expect(vitalsView([sample('system.cpu.utilization', 0.25)]).cpuUsed).toBe(0.25);
  expect(vitalsView([sample('system.cpu.utilization', 0.9, { 'cpu.mode': 'idle' })]).cpuUsed).toBeCloseTo(
    0.1,
  );
});

it('takes memory and disks as ratios or out of bytes per state', () => {
  const bytes = [
    sample('system.memory.usage', 3e9, { 'system.memory.state': 'used' }),
    sample('system.memory.usage', 1e9, { 'system.memory.state': 'free' }),
    sample('system.filesystem.usage', 9e9, {
      'system.filesystem.mountpoint': '/',
      'system.filesystem.state': 'used',
    }),
    sample('system.filesystem.usage', 1e9, {
      'system.filesystem.mountpoint': '/',
      'system.filesystem.state': 'free',
    }),
    sample('system.filesystem.utilization', 0.2, { 'system.filesystem.mountpoint': '/srv' }),
  ];
  expect(vitalsView(bytes)).toMatchObject({
    memoryUsed: 0.75,
    memoryTotalBytes: 4e9,
    disks: [
      { mount: '/', used: 0.9, totalBytes: 1e10 },
      { mount: '/srv', used: 0.2, totalBytes: null },
    ],
  });
});

it('knows nothing of a node that sent nothing', () => {
  expect(vitalsView([])).toEqual({
    cpuUsed: null,
    memoryUsed: null,
    memoryTotalBytes: null,
    load1: null,
    disks: [],
    measured: null,
  });
});
