import type { CommandLine } from './line.ts';
import { TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

const LOGS =
  /^\/var\/log(?:\/|$)|^\/var\/(?:adm|run)\/(?:[wu]tmp|lastlog|messages|syslog)|^\/run\/utmp|^\/var\/spool\/mail\/root|\/var\/lib\/docker\/containers\/.*-json\.log|^\/var\/audit\//;

const SYSTEM_LOGS =
  /^\/var\/log\/?$|^\/var\/log\/\*+$|^\/var\/log\/(?:auth|secure|syslog|messages|kern|audit|wtmp|btmp|lastlog|faillog|daemon|cron|journal|utmp|sudo|dpkg|user)\b|^\/run\/utmp|^\/var\/run\/utmp|^\/var\/adm|^\/var\/audit/;

const LOG_ROTATION = /\/journal\/.*@|\.(?:gz|bz2|xz|zst|old|\d+)$|\*\.(?:gz|\d|old|\[)/;

function touchesLogs(line: CommandLine): boolean {
  return line.written.some(({ path, how, call }) => {
    if (!LOGS.test(path)) return false;
    if (how === 'remove')
      return (
        call.program !== 'mv' &&
        (SYSTEM_LOGS.test(path) || call.program === 'shred') &&
        !LOG_ROTATION.test(path)
      );
    if (how === 'empty') return true;
    if (how === 'edit') return true;
    if (how === 'link') return true;
    if (how === 'text' || how === 'output')
      return (
        (SYSTEM_LOGS.test(path) &&
          call.redirects.some(
            ({ operator, target }) => (operator === '>' || operator === '>|') && target === path,
          )) ||
        (call.program === 'dd' && SYSTEM_LOGS.test(path)) ||
        (how === 'text' && SYSTEM_LOGS.test(path))
      );
    if (how === 'copy') return SYSTEM_LOGS.test(path) && call.args.includes('/dev/null');
    return false;
  });
}

export const logRemoval: readonly Indicator[] = [
  {
    id: 'logs-destroyed',
    family: 'defence-evasion',
    techniques: ['T1070.002'],
    weight: 0.6,
    says: 'empties, rewrites or removes system logs',
    needs: 'written',
    whenLine: touchesLogs,
  },
  {
    id: 'logs-destroyed-by-tool',
    family: 'defence-evasion',
    techniques: ['T1070.002'],
    weight: 0.6,
    says: 'empties or falsifies system logs',
    programs: [
      'find',
      'journalctl',
      'dmesg',
      'utmpdump',
      'logtamper',
      'wtmpclean',
      'zap',
      'zap2',
      'cloak2',
      'logcleaner',
    ],
    when: ({ program, text, args }) => {
      switch (program) {
        case 'find':
          return (
            /^\/var\/log/.test(args[0] ?? '') &&
            /-exec\s+(?:shred|truncate|rm\s+-rf?|sh\s+-c\s+["']?(?:cat \/dev\/null|>))/.test(text) &&
            !/-mtime|-name\s+["']?\*?\.(?:gz|\d|old)/.test(text)
          );
        case 'journalctl':
          return /--vacuum-(?:time|size)=[01](?:s|ms|b|k|kb|K)?(?:\s|$)/.test(text);
        case 'dmesg':
          return args.some((arg) => arg === '-C' || arg === '--clear' || arg === '-c');
        default:
          return program !== 'utmpdump' || args.includes('-r');
      }
    },
  },
  {
    id: 'mail-removed',
    family: 'defence-evasion',
    techniques: ['T1070.008'],
    weight: 0.45,
    says: 'empties or removes system mail',
    needs: 'written',
    whenLine: (line) =>
      line.written.some(
        ({ path, how }) =>
          /^\/var\/(?:spool\/)?mail(?:\/|$)/.test(path) &&
          (how === 'remove' || how === 'empty' || how === 'text'),
      ),
  },
  {
    id: 'traces-wiped',
    family: 'defence-evasion',
    techniques: ['T1070.004'],
    weight: 0.3,
    says: 'overwrites a file so that it cannot be read again',
    programs: ['shred', 'srm', 'wipe', 'sfill'],
    when: ({ text, args }) =>
      args.length > 0 &&
      (/(?:^|\s)-[a-zA-Z]*u|--remove/.test(text) || TEMPORARY.test(args.at(-1) ?? '')) &&
      !/--(?:help|version)/.test(text),
  },
  {
    id: 'removes-itself',
    family: 'defence-evasion',
    techniques: ['T1070.004'],
    weight: 0.42,
    says: 'removes the script that it is',
    programs: ['rm', 'unlink', 'shred'],
    when: ({ program, text, via }) =>
      (program === 'rm' || program === 'unlink' || program === 'shred') &&
      // There $0 is a file that was found.
      !via.includes('find') &&
      !via.includes('xargs') &&
      /(?:^|\s)(?:--\s+)?["']?\$(?:0|BASH_SOURCE)\b/.test(text),
  },
];
