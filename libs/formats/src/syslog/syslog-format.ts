import type { Format } from '../port.ts';
import { readFrame } from './read-frame.ts';
import { SyslogParser } from './syslog-parser.ts';
import { YearSolver } from './year.ts';

/** RFC 3164, RFC 5424 and ISO time stamps, told apart per line. */
export const syslogFormat: Format = {
  name: 'syslog',
  title: 'syslog files: RFC 3164, RFC 5424, and ISO 8601 time stamps as Debian 12 writes them',
  confidence(sample) {
    if (sample.length === 0) return 0;
    const clock = { years: new YearSolver({ year: 2000 }), utcOffsetMinutes: 0 };
    let framed = 0;
    let tagged = 0;
    for (const line of sample) {
      const frame = readFrame(line, clock);
      if (frame === null) continue;
      framed++;
      if (frame.program !== undefined) tagged++;
    }
    // A time stamp alone may be any program's log; a tag makes it syslog.
    return (0.4 * framed + 0.6 * tagged) / sample.length;
  },
  create: (options, state) => new SyslogParser(options, state),
};
