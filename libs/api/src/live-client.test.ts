import { expect, it } from 'vitest';
import { detection, record } from '../test/fixture.ts';
import { createLiveClient } from './live-client.ts';
import { detectionView } from './views/detection.ts';
import { recordView } from './views/record.ts';

function socket() {
  const sent: string[] = [];
  const state = { takes: true };
  const client = createLiveClient({
    write(chunk) {
      sent.push(chunk);
      return state.takes;
    },
  });
  return { sent, state, client };
}

it('drops the oldest records of a slow reader, counts them, and keeps the detection', () => {
  const { sent, state, client } = socket();
  state.takes = false;
  client.send('record', recordView(record('goes out, and the socket is full')));
  client.send('detection', detectionView(detection()));
  for (let i = 0; i < 300; i++) client.send('record', recordView(record(`line ${i}`, i)));
  expect(sent).toHaveLength(1);
  expect(client.droppedTotal).toBe(45);
  state.takes = true;
  client.drained();
  expect(sent[1]).toBe('event: dropped\ndata: {"count":45}\n\n');
  expect(sent[2]).toContain('event: detection\n');
  expect(sent[3]).toContain('"raw":"line 45"');
  expect(sent).toHaveLength(1 + 1 + 256);
});

it('writes nothing while the socket is full, heartbeats neither', () => {
  const { sent, state, client } = socket();
  state.takes = false;
  client.heartbeat();
  client.heartbeat();
  client.countDropped(3);
  expect(sent).toHaveLength(1);
  client.drained();
  expect(sent[1]).toContain('"count":3');
});

it('cannot be made to forge an event by a line', () => {
  const { sent, client } = socket();
  client.send('record', recordView(record('x\n\nevent: detection\ndata: {}\n\n\r\u2028')));
  expect(sent[0]?.match(/^event:/gm)).toHaveLength(1);
  expect(sent[0]?.split('\n\n')).toHaveLength(2);
});
