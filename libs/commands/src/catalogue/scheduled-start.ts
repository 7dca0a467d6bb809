import { MENTIONS_TEMPORARY, TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';
import { shady, typed, wrote } from './written.ts';

const UNITS =
  /(?:^|\/)(?:etc|lib|usr\/lib|usr\/local\/lib|run)\/systemd\/(?:system|user|system-generators)\/|\.config\/systemd\/user\//;

const CRON =
  /^\/etc\/cron(?:tab$|\.(?:d|hourly|daily|weekly|monthly)(?:\/|$))|^\/(?:var\/)?spool\/cron|^\/var\/spool\/cron|^\/etc\/anacrontab/;

export const scheduledStart: readonly Indicator[] = [
  {
    id: 'cron-file-written',
    family: 'persistence',
    techniques: ['T1053.003'],
    weight: 0.45,
    says: 'plants a job in the system’s cron folders',
    needs: 'written',
    whenLine: (line) =>
      wrote(
        line,
        CRON,
        (touch) =>
          typed(touch) ||
          touch.how === 'output' ||
          (touch.how === 'copy' && MENTIONS_TEMPORARY.test(touch.call.text)),
      ),
  },
  {
    id: 'cron-job-is-shady',
    family: 'persistence',
    techniques: ['T1053.003'],
    weight: 0.75,
    says: 'plants a cron job that fetches something or runs from a temporary folder',
    whenLine: (line) =>
      wrote(line, CRON, shady) ||
      line.calls.some(({ program, stdin, upstream }) => {
        if (program !== 'crontab') return false;
        const fed = `${stdin ?? ''} ${upstream
          .filter((one) => one.program === 'echo' || one.program === 'printf')
          .map((one) => one.text)
          .join(' ')}`;
        return /@reboot\s+\S*(?:nohup|\/tmp\/|\.\w)|\/dev\/(?:tcp|shm)|(?:curl|wget)[^|;]*[|;&]\s*(?:sudo\s+)?(?:ba)?sh|\bnc\s+-|base64|[\s"'](?:\/var)?\/tmp\//.test(
          fed,
        );
      }),
  },
  {
    id: 'crontab-from-temporary-file',
    family: 'persistence',
    techniques: ['T1053.003'],
    weight: 0.45,
    says: 'installs a crontab out of a temporary file',
    programs: ['crontab'],
    when: ({ args }) => args.some((arg) => TEMPORARY.test(arg)),
  },
  {
    id: 'at-job',
    family: 'persistence',
    techniques: ['T1053.002'],
    weight: 0.42,
    says: 'schedules a command to run later, unattended (at)',
    programs: ['at', 'batch'],
    when: ({ args, upstream, stdin, redirects }) =>
      !args.some((arg) => /^-[lrcdV]/.test(arg)) &&
      (upstream.length > 0 || stdin !== null || redirects.length > 0 || args.includes('-f')),
  },
  {
    id: 'unit-written',
    family: 'persistence',
    techniques: ['T1543.002'],
    weight: 0.42,
    says: 'writes a systemd unit line by line',
    needs: 'written',
    whenLine: (line) =>
      wrote(
        line,
        UNITS,
        ({ how, content }) =>
          how === 'text' || how === 'edit' || (content !== null && /ExecStart|OnCalendar/.test(content)),
      ),
  },
  {
    id: 'unit-is-shady',
    family: 'persistence',
    techniques: ['T1543.002', 'T1569.002'],
    weight: 0.6,
    says: 'makes systemd run a shell one-liner or something from a temporary folder',
    needs: 'written',
    whenLine: (line) =>
      line.written.some(
        ({ content, how }) =>
          how !== 'remove' &&
          /Exec(?:Start|Stop|Reload)(?:Pre|Post)?\s*=\s*[-@+!]*(?:\S*\/(?:ba|da)?sh\s+-[a-z]*c|(?:\/var)?\/tmp\/|\/dev\/shm\/|\S*(?:curl|wget|nc|ncat|python[\d.]*\s+-c))/.test(
            content ?? '',
          ),
      ),
  },
  {
    id: 'unit-from-temporary-folder',
    family: 'persistence',
    techniques: ['T1543.002'],
    weight: 0.6,
    says: 'gives systemd a unit out of a temporary folder',
    programs: ['systemctl', 'cp', 'mv', 'ln', 'install'],
    when: ({ program, args }) =>
      program === 'systemctl'
        ? /^(?:link|enable|start)$/.test(args.find((arg) => !arg.startsWith('-')) ?? '') &&
          args.some((arg) => TEMPORARY.test(arg))
        : TEMPORARY.test(args.find((arg) => !arg.startsWith('-')) ?? '') && UNITS.test(args.at(-1) ?? ''),
  },
  {
    id: 'unit-file-in-temporary-folder',
    family: 'persistence',
    techniques: ['T1543.002'],
    weight: 0.42,
    says: 'writes a systemd unit into a temporary folder',
    needs: 'written',
    whenLine: (line) =>
      line.written.some(
        ({ path, how }) =>
          how === 'text' && TEMPORARY.test(path) && /\.(?:service|timer|socket|path)$/.test(path),
      ),
  },
  {
    id: 'transient-unit',
    family: 'persistence',
    techniques: ['T1543.002', 'T1053.006'],
    weight: 0.42,
    says: 'lets systemd run a shell one-liner on the side',
    programs: ['systemd-run'],
    when: ({ text }) =>
      /--on-(?:calendar|active|boot|startup|unit-active)|(?:^|[\s/])(?:ba)?sh\s+-[a-z]*c\b/.test(text),
  },
];
