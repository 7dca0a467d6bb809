import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseEngineEvent } from './engine-event.ts';

const DIE =
  '{"status":"die","id":"8e4e","from":"bb:1","Type":"container","Action":"die","Actor":{"ID":"8e4e","Attributes":{"exitCode":"137","image":"bb:1","name":"web"}},"scope":"local","time":1795233541,"timeNano":1795233541422285721}';

it('reads an event as Docker 20.10 tells it', () => {
  expect(parseEngineEvent(DIE)).toMatchObject({
    type: 'container',
    action: 'die',
    id: '8e4e',
    attributes: { exitCode: '137' },
    timeUs: 1_795_233_541_422_285,
  });
});

it('gives the same event the same key, and another one another', () => {
  expect(parseEngineEvent(DIE)!.key).toBe(parseEngineEvent(DIE)!.key);
  expect(parseEngineEvent(DIE.replace('"Action":"die"', '"Action":"oom"'))!.key).not.toBe(
    parseEngineEvent(DIE)!.key,
  );
});

it('makes nothing of what is no event, and never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
      expect(parseEngineEvent(line)).toBeNull();
    }),
  );
  const parts = fc.record({
    Type: fc.jsonValue(),
    Action: fc.jsonValue(),
    Actor: fc.jsonValue(),
    timeNano: fc.jsonValue(),
  });
  fc.assert(
    fc.property(parts, (event) => {
      const parsed = parseEngineEvent(JSON.stringify(event));
      if (parsed !== null) expect(Number.isFinite(parsed.timeUs)).toBe(true);
    }),
  );
});
