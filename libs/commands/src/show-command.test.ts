import { describe, expect, it } from 'vitest';
import { showCommand } from './show-command.ts';

describe('showCommand', () => {
  it.each([
    ["sshpass -p 'hunter2' ssh node2", 'sshpass -p *** ssh node2'],
    ['mysql -u root -phunter2 app', 'mysql -u root -p*** app'],
    ['curl https://jo:hunter2@example.com/x', 'curl https://jo:***@example.com/x'],
    ['curl -H "Authorization: Bearer abcdef123" x', 'curl -H "Authorization: Bearer ***" x'],
    ['DB_PASSWORD=hunter2 ./run', 'DB_PASSWORD=*** ./run'],
    ['tool --token abc --verbose', 'tool --token *** --verbose'],
    ['curl -u jo:hunter2 x', 'curl -u jo:*** x'],
    ['ldapsearch -x -w hunter2 -b dc=x', 'ldapsearch -x -w *** -b dc=x'],
    ['sshpass -v -p hunter2 ssh a', 'sshpass -v -p *** ssh a'],
  ])('hides the secret of %s', (command, expected) => {
    expect(showCommand(command)).toBe(expected);
  });

  it('is one line without control characters, and bounded', () => {
    expect(showCommand('a\n\u001b[2Jb\u202ec')).toBe('a [2Jb c');
    expect(showCommand('x'.repeat(1e6)).length).toBeLessThanOrEqual(161);
  });
});
