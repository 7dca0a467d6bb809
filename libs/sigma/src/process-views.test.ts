import { describe, expect, it } from 'vitest';
import { processViews } from './process-views.ts';

const typed = (line: string) =>
  processViews({ 'event.action': 'shell_command', 'process.command_line': line });
const images = (line: string) => typed(line).map(({ image }) => image);

describe('processViews', () => {
  it('makes one process of each simple command, and one of the line as a whole', () => {
    expect(typed('cd /tmp && curl -s x | sh').map(({ image, commandLine }) => [image, commandLine])).toEqual([
      [undefined, 'cd /tmp && curl -s x | sh'],
      ['/cd', 'cd /tmp'],
      ['/curl', 'curl -s x'],
      ['/sh', 'sh'],
    ]);
  });

  it('makes one of a line that is one command', () => {
    expect(typed('ls -la')).toHaveLength(1);
    expect(images('/usr/bin/id')).toEqual(['/usr/bin/id']);
  });

  it('tells what sudo, env and xargs start, and by whom', () => {
    const [, id] = typed('sudo -u root id -u');
    expect(id).toMatchObject({
      image: '/id',
      commandLine: 'id -u',
      parentImage: '/sudo',
      parentCommandLine: 'sudo -u root id -u',
    });
    expect(images('env -i A=1 nohup ./x y')).toEqual(['/env', '/nohup', './x']);
    expect(images('find . | xargs -n 1 rm -f')).toContain('/rm');
  });

  it('opens sh -c', () => {
    const inner = typed(`bash -c 'wget x; chmod +x y'`).filter(({ parentImage }) => parentImage === '/bash');
    expect(inner.map(({ image }) => image)).toEqual([undefined, '/wget', '/chmod']);
    expect(images(`sh -c "sh -c 'id'"`)).toContain('/id');
  });

  it('takes what sudo and cron ran with their parents', () => {
    const [sudo] = processViews({
      'event.action': 'sudo_command',
      'process.command_line': '/usr/bin/id',
      'user.name': 'root',
      'process.working_directory': '/home/pi',
    });
    expect(sudo).toMatchObject({
      image: '/usr/bin/id',
      parentImage: '/usr/bin/sudo',
      user: 'root',
      directory: '/home/pi',
    });
    const [cron] = processViews({ 'event.action': 'cron_command', 'process.command_line': 'id' });
    expect(cron).toMatchObject({ parentImage: '/bin/sh', parentCommandLine: '/bin/sh -c id' });
  });

  it('takes the word of the kernel for what it is', () => {
    expect(
      processViews({
        'event.action': 'process_started',
        'process.executable': '/usr/bin/curl',
        'process.command_line': 'curl a; b',
        'process.parent.executable': '/usr/bin/bash',
      }),
    ).toMatchObject([{ image: '/usr/bin/curl', commandLine: 'curl a; b', parentImage: '/usr/bin/bash' }]);
  });

  it('tries the arguments of the kernel with and without their quotes', () => {
    const seen = processViews({
      'event.action': 'process_started',
      'process.executable': '/usr/bin/gawk',
      'process.command_line': `awk 'BEGIN {system("/bin/sh")}'`,
    });
    expect(seen.map(({ commandLine }) => commandLine)).toEqual([
      `awk 'BEGIN {system("/bin/sh")}'`,
      'awk BEGIN {system("/bin/sh")}',
    ]);
  });

  it('stays within 64 processes', () => {
    expect(typed('sudo '.repeat(2_000)).length).toBeLessThanOrEqual(64);
    expect(typed(`sh -c 'sh -c "a;b"';`.repeat(500)).length).toBeLessThanOrEqual(64);
  });
});
