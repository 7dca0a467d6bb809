import { describe, expect, it } from 'vitest';
import { accepted, failures, recordsOf, syslogTime, tell } from './log.ts';

const BREAK_IN = [
  ...failures('203.0.113.9', 'pi', { count: 212, every: 2.55, from: 180 }),
  accepted(723, '203.0.113.9', 'pi'),
  `${syslogTime(740)} node2 sudo:       pi : TTY=pts/0 ; PWD=/home/pi ; USER=root ; COMMAND=/usr/bin/id`,
  `${syslogTime(760)} node2 useradd[9123]: new user: name=eve, UID=0, GID=0, home=/root, shell=/bin/bash, from=none`,
].join('\n');

describe('the story of a break-in', () => {
  it('is one incident that says who, what, where, how long and how it ended', () => {
    const { incidents } = tell(recordsOf(BREAK_IN));
    expect(incidents).toHaveLength(1);
    const [incident] = incidents;
    expect(incident!.summary).toMatch(
      /^203\.0\.113\.9 tried 212 passwords on node2 over 9 minutes, then logged in as pi at 03:12, ran `\/usr\/bin\/id` as root/,
    );
    expect(incident!.level).toBe('critical');
    expect(incident!.success).toBe(true);
  });
});
