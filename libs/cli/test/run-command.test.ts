import { EventEmitter } from 'node:events';
import { AppError, defineCommand, defineErrors, EXIT, errorEntry } from '@suite/cli';
import { expect, it } from 'vitest';
import { brokenPipe, run, slowReader } from './fake-process.ts';

const { errors } = defineErrors({
  DEMO_BROKEN: errorEntry({
    exit: EXIT.partial,
    message: (p: { readonly what: string }) => `${p.what} is broken`,
    hint: () => 'Mend it.',
    next: (p) => `mend ${p.what}`,
    doc: { cause: 'It fell.', action: 'Mend it.', example: { what: 'it' } },
  }),
});

const replay = defineCommand({
  name: 'replay',
  summary: 'reads files',
  options: {
    year: { type: 'integer', value: 'YYYY', description: 'the year', min: 1970, max: 9999 },
    format: {
      type: 'string',
      value: 'NAME',
      description: 'the format',
      choices: ['auto', 'syslog'],
      default: 'auto',
    },
    tag: { type: 'strings', value: 'TAG', description: 'a tag' },
    events: { type: 'boolean', description: 'events too' },
    output: { type: 'string', short: 'o', value: 'OUT', description: 'where to' },
  },
  positionals: [{ name: 'FILE', description: 'what to read', required: true, many: true }],
  examples: ['demo replay auth.log'],
  async run({ options, positionals, configFile, json, output, print }) {
    await output.write({ type: 'ran', options, positionals, configFile, json, big: 1n });
    await print(`${options.year ?? 'no year'} ${options.format} ${options.tag.length} ${positionals.join()}`);
    return EXIT.ok;
  },
});

function failing(error: unknown) {
  return defineCommand({
    name: 'rules check',
    summary: 'fails',
    options: {},
    positionals: [],
    run: () => Promise.reject(error),
  });
}

const commands = [
  replay,
  failing(
    errors.DEMO_BROKEN({ what: 'cup' }, { operation: 'pour into', path: '/cup', cause: new Error('hole') }),
  ),
];

it('hands a command its options and files, with defaults', async () => {
  expect(
    await run({ commands }, 'replay', 'a', '--year', '2024', '--tag=x', '--tag', 'y', '-', '--', '--b'),
  ).toEqual({
    code: 0,
    stdout: '2024 auto 2 a,-,--b\n',
    stderr: '',
  });
});

it('writes one object per line and nothing else with --json', async () => {
  const { stdout } = await run({ commands, env: { DEMO_CONFIG: 'e.yml' } }, '--json', 'replay', 'a');
  expect(JSON.parse(stdout)).toMatchObject({
    type: 'ran',
    positionals: ['a'],
    configFile: 'e.yml',
    json: true,
    big: '1',
  });
  expect(stdout.split('\n')).toHaveLength(2);
});

it('takes --config before or after the command, over the variable', async () => {
  for (const argv of [
    ['-c', 'f.yml', 'replay', 'a'],
    ['replay', 'a', '--config=f.yml'],
  ]) {
    const { stdout } = await run({ commands, env: { DEMO_CONFIG: 'e.yml' } }, ...argv, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ configFile: 'f.yml' });
  }
});

it.each([
  [
    ['repaly', 'a'],
    'CLI_COMMAND_UNKNOWN: there is no command "repaly a"; did you mean replay?',
    'demo --help',
  ],
  [['rules', 'chekc'], 'did you mean rules check?', 'demo --help'],
  [
    ['replay', 'a', '--yaer', '2024'],
    'there is no option --yaer; did you mean --year?',
    'demo replay --help',
  ],
  [['rules', 'check', '--year', '2024'], 'there is no option --year', 'demo rules check --help'],
  [['replay', 'a', '-x'], 'there is no option -x', 'demo replay --help'],
  [
    ['replay', 'a', '--year', 'last'],
    '--year: found "last", expected a whole number from 1970 to 9999',
    'demo replay --help',
  ],
  [['replay', 'a', '--year'], '--year: found nothing, expected YYYY', 'demo replay --help'],
  [['replay', 'a', '--year=1', '--year=2'], '--year: found', 'demo replay --help'],
  [
    ['replay', 'a', '--format', 'sylog'],
    'expected one of auto, syslog; did you mean syslog?',
    'demo replay --help',
  ],
  [['replay', 'a', '--events=yes'], '--events: found "yes", expected no value', 'demo replay --help'],
  [['--yaer', '2024', 'replay', 'a'], 'there is no option --yaer; did you mean --year?', 'demo --help'],
  [['replay', '--__proto__', 'x'], 'there is no option --__proto__', 'demo replay --help'],
  [['replay'], 'demo replay needs FILE', 'demo replay --help'],
  [['rules', 'check', 'now'], 'does not know what to do with "now"', 'demo rules check --help'],
])('refuses %j with exit 2 and the next command last', async (argv, message, next) => {
  const { code, stdout, stderr } = await run({ commands }, ...argv);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
  const lines = stderr.trimEnd().split('\n');
  expect(lines.length).toBeGreaterThanOrEqual(2);
  expect(lines.length).toBeLessThanOrEqual(4);
  expect(lines.at(-1)?.trim()).toBe(next);
});

it('prints help and version on standard output, and help on standard error when nothing is asked', async () => {
  expect(await run({ commands }, '--version')).toEqual({ code: 0, stdout: 'demo 1.2.3\n', stderr: '' });
  expect((await run({ commands }, '--help')).stdout).toContain('rules check');
  const help = (await run({ commands }, 'replay', '--help')).stdout;
  expect(help).toContain('demo replay FILE... [options]');
  expect(help).toContain('-o, --output OUT');
  const nothing = await run({ commands });
  expect([nothing.code, nothing.stdout]).toEqual([2, '']);
  expect(nothing.stderr).toContain('replay FILE...');
});

it('prints a failure in four lines without a stack, the cause once', async () => {
  const { code, stderr } = await run({ commands }, 'rules', 'check');
  expect(code).toBe(EXIT.partial);
  expect(stderr).toBe(
    'demo: DEMO_BROKEN: cup is broken\n  because: pour into /cup: hole\n  Mend it.\n  mend cup\n',
  );
});

it('prints stacks with --debug', async () => {
  expect((await run({ commands }, 'rules', 'check', '--debug')).stderr).toMatch(/Error: hole\n {4}at /);
  expect((await run({ commands, env: { DEMO_DEBUG: '1' } }, 'rules', 'check')).stderr).toMatch(/\n {4}at /);
});

it('prints a failure as an object with --json, also of the command line itself', async () => {
  const { stdout, stderr } = await run({ commands }, 'rules', 'check', '--json');
  expect(JSON.parse(stdout)).toEqual({
    type: 'error',
    code: 'DEMO_BROKEN',
    message: 'cup is broken',
    hint: 'Mend it.',
    next: 'mend cup',
    exit: 3,
    operation: 'pour into',
    path: '/cup',
    cause: 'pour into /cup: hole',
  });
  expect(stderr).toBe('');
  expect(JSON.parse((await run({ commands }, 'nope', '--json')).stdout)).toMatchObject({
    code: 'CLI_COMMAND_UNKNOWN',
  });
});

it('gives what nobody expected a name and no stack', async () => {
  const broken = [failing(new TypeError('x is \u001b[31mundefined\nat all'))];
  const { code, stderr } = await run({ commands: broken }, 'rules', 'check');
  expect(code).toBe(1);
  expect(stderr).toContain('CLI_INTERNAL');
  expect(stderr).not.toMatch(/\u001b|\n {4}at /);
  expect(stderr.trimEnd().split('\n').at(-1)).toBe('  demo rules check --debug');
});

it('translates what a library threw into the catalogue', async () => {
  const translate = (error: unknown) =>
    (error as { code?: string }).code === 'EX' ? errors.DEMO_BROKEN({ what: 'lib' }) : null;
  const broken = [failing(Object.assign(new Error('x'), { code: 'EX' }))];
  expect((await run({ commands: broken, translate }, 'rules', 'check')).stderr).toContain(
    'DEMO_BROKEN: lib is broken',
  );
});

const endless = defineCommand({
  name: 'endless',
  summary: 'writes for ever',
  options: {},
  positionals: [],
  async run({ output, print, signal }) {
    for (;;) {
      await output.write({ line: 1 });
      await print('line');
      signal.throwIfAborted();
    }
  },
});

it('ends quietly with 0 when nobody reads any more', async () => {
  for (const argv of [['endless'], ['endless', '--json']]) {
    const { code, stderr } = await run({ commands: [endless], stdout: brokenPipe() }, ...argv);
    expect([code, stderr]).toEqual([0, '']);
  }
});

it('waits for a slow reader and loses nothing', async () => {
  const total = 500;
  const writer = defineCommand({
    name: 'write',
    summary: 'writes',
    options: {},
    positionals: [],
    async run({ output }) {
      for (let line = 0; line < total; line++) await output.write({ line });
      return EXIT.ok;
    },
  });
  const stdout = slowReader();
  const ran = run({ commands: [writer], stdout }, 'write', '--json');
  let text = '';
  stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    expect(stdout.writableLength).toBeLessThan(64);
  });
  expect((await ran).code).toBe(0);
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).line),
  ).toEqual(Array.from({ length: total }, (_, i) => i));
});

it('aborts on SIGINT, exits with 130, and a second SIGINT does not wait', async () => {
  const signals = new EventEmitter();
  const exits: number[] = [];
  let finish = () => {};
  const waiting = defineCommand({
    name: 'wait',
    summary: 'waits',
    options: {},
    positionals: [],
    run: ({ signal }) =>
      new Promise((_resolve, reject) => {
        finish = () => reject(signal.reason);
        signals.emit('SIGINT');
        expect(signal.aborted).toBe(true);
        expect(exits).toEqual([]);
        signals.emit('SIGINT');
        finish();
      }),
  });
  const ran = await run({ commands: [waiting], signals, exitNow: (code) => void exits.push(code) }, 'wait');
  expect([ran.code, ran.stderr, exits]).toEqual([130, '', [130]]);
  expect(signals.listenerCount('SIGINT') + signals.listenerCount('SIGTERM')).toBe(0);
});

it('lets a service that stops in order on SIGTERM choose its own exit code', async () => {
  const signals = new EventEmitter();
  const service = defineCommand({
    name: 'serve',
    summary: 'serves',
    options: {},
    positionals: [],
    async run({ signal }) {
      signals.emit('SIGTERM');
      return signal.aborted ? EXIT.ok : EXIT.failed;
    },
  });
  expect((await run({ commands: [service], signals }, 'serve')).code).toBe(0);
});

it('refuses a table in which one option means two things', async () => {
  const other = defineCommand({
    ...replay,
    name: 'other',
    options: { year: { type: 'boolean', description: 'x' } },
    run: async () => EXIT.ok,
  });
  const { stderr } = await run({ commands: [replay, other] }, 'other');
  expect(stderr).toContain('--year of other means something else in another command');
});

it('makes errors that carry code, exit, hint, operation and path', () => {
  const error = errors.DEMO_BROKEN({ what: 'cup' }, { operation: 'pour', path: '/p' });
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({
    code: 'DEMO_BROKEN',
    exit: 3,
    hint: 'Mend it.',
    operation: 'pour',
    path: '/p',
  });
  expect(() => defineErrors({ broken: {} as never })).toThrow('not an error code');
});
