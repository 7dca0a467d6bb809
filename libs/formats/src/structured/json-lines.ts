import { lineFormat } from '../line-format.ts';
import { flatten } from './flatten.ts';
import { parseObject } from './json-object.ts';
import { LOGGER_KEYS, loggedEvent } from './logged-event.ts';

/** Keys of formats that are JSON too and have a parser of their own. */
const OTHERS = [
  ['log', 'stream', 'time'],
  ['__REALTIME_TIMESTAMP'],
  ['__CURSOR'],
  ['_BOOT_ID'],
  ['DownstreamStatus', 'RequestMethod'],
];

/** 0.95 with a time, level or message; 0.7 for any other object; 0.3 for another format's JSON. */
function claim(text: string): number {
  const object = parseObject(text);
  if (object === null) return 0;
  const has = (key: string) => Object.hasOwn(object, key);
  if (OTHERS.some((keys) => keys.every(has))) return 0.3;
  return LOGGER_KEYS.some(has) ? 0.95 : 0.7;
}

export const jsonLinesFormat = lineFormat({
  name: 'json',
  title: 'JSON, one object per line (pino, bunyan, zap, logrus, ECS, …)',
  claim,
  parse: (text, options) => {
    const object = parseObject(text);
    return object === null ? null : loggedEvent('json', flatten(object), options.utcOffsetMinutes);
  },
});
