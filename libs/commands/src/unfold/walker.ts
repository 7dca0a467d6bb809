import type { CompoundCommand, Node, Pipeline, Script, SimpleCommand } from '../shell/ast.ts';
import { LIMITS } from '../shell/limits.ts';
import { parseShell } from '../shell/parse.ts';
import { readableCode, shellInCode } from './code.ts';
import { DECODERS, literalOutput } from './decoders.ts';
import type { Environment } from './environment.ts';
import { expandText, expandWord, type Field } from './expand.ts';
import { isForkBomb } from './fork-bomb.ts';
import { hereText, reads } from './here-text.ts';
import type { Invocation, Redirect } from './invocation.ts';
import { namedByCode, nameOf } from './naming.ts';
import { startedFile } from './started-file.ts';
import { isShell } from './well-known.ts';
import { codeArgument, nestedCommands } from './wrappers.ts';

/** What surrounds a command. */
interface Context {
  readonly via: readonly string[];
  readonly loop: string | null;
  readonly background: boolean;
  readonly stdin: string | null;
  readonly upstream: readonly Invocation[];
  readonly decoded: boolean;
}

export const TOP: Context = {
  via: [],
  loop: null,
  background: false,
  stdin: null,
  upstream: [],
  decoded: false,
};
const NONE: readonly Redirect[] = [];
const UPSTREAM = 24;
const VIA = 12;
const TEXT_CHARS = 8192;
const DECLARERS: ReadonlySet<string> = new Set(['export', 'declare', 'local', 'readonly', 'typeset']);
const RUNS_STDIN: ReadonlySet<string> = new Set(['at', 'batch', 'crontab', 'source', '.', 'parallel']);

export class Walker {
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** @returns what it prints, where that is known. */
  script(script: Script, context: Context): string | null {
    let out: string | null = '';
    let alternative = false;
    for (const pipeline of script.pipelines) {
      if (this.#environment.full) return null;
      const printed = this.#pipeline(pipeline, context);
      if (!alternative && out !== null) out = printed === null ? null : out + printed;
      alternative = pipeline.end === '||';
    }
    return out;
  }

  #pipeline(pipeline: Pipeline, context: Context): string | null {
    const { stages } = pipeline;
    const background = context.background || pipeline.end === '&';
    if (stages.length === 1)
      return this.#node(stages[0]!, background === context.background ? context : { ...context, background });
    let { upstream, stdin } = context;
    for (const stage of stages) {
      const before = this.#environment.invocations.length;
      stdin = this.#node(stage, { ...context, background, upstream, stdin });
      upstream = [...upstream, ...this.#environment.invocations.slice(before)].slice(-UPSTREAM);
    }
    return stdin;
  }

  #node(node: Node, context: Context): string | null {
    return node.kind === 'simple' ? this.#simple(node, context) : this.#compound(node, context);
  }

  #compound(command: CompoundCommand, context: Context): string | null {
    const environment = this.#environment;
    const unused: Invocation[] = [];
    let { loop } = context;
    if (command.kind === 'for') {
      const values = command.words.map((word) => expandText(word, environment, this.#run(context), unused));
      loop =
        command.words.length === 0
          ? ''
          : values
              .map(({ text }) => text)
              .join(' ')
              .slice(0, 512);
      const seen = command.words.some((word) => word.parts.some(({ kind }) => kind === 'command'));
      if (seen && unused.length > 0)
        loop = unused
          .map(({ program, args }) => `$(${program} ${args.join(' ')})`)
          .join(' ')
          .slice(0, 512);
      if (values.length === 1 && !values[0]!.open && command.name !== '')
        environment.set(command.name, values[0]!.text);
      else environment.unset(command.name);
    } else if (command.kind === 'while') loop ??= '';
    else if (command.kind === 'function') {
      environment.functions.add(command.name);
      if (isForkBomb(command)) environment.marks.add('fork-bomb');
    }
    const redirects = command.redirections.map((one) => this.#redirect(one, context, unused));
    const stdin = hereText(redirects) ?? context.stdin;
    const from = environment.invocations.length;
    let out: string | null = null;
    for (const body of command.bodies) out = this.script(body, { ...context, loop, stdin });
    if (redirects.length > 0) this.#shareRedirects(from, redirects);
    return command.kind === 'subshell' || command.kind === 'group' ? out : null;
  }

  /** `{ a; b; } > file`: what the group writes, each of its programs writes. */
  #shareRedirects(from: number, redirects: readonly Redirect[]): void {
    const { invocations } = this.#environment;
    for (let i = from; i < invocations.length && i < from + 32; i++)
      invocations[i] = { ...invocations[i]!, redirects: [...invocations[i]!.redirects, ...redirects] };
  }

  #simple(command: SimpleCommand, context: Context): string | null {
    const environment = this.#environment;
    const substituted: Invocation[] = [];
    const run = this.#run(context, substituted);
    const assigned: string[] = [];
    for (const { name, append, value } of command.assignments) {
      const { text, open } = expandText(value, environment, run, substituted);
      assigned.push(`${name}=${text}`);
      if (command.words.length > 0) continue;
      if (open) environment.unset(name);
      else environment.set(name, text, append);
    }
    if (command.words.length === 0) environment.assignments.push(...assigned);
    const fields: Field[] = [];
    for (const word of command.words) fields.push(...expandWord(word, environment, run, substituted));
    const redirects =
      command.redirections.length === 0
        ? NONE
        : command.redirections.map((one) => this.#redirect(one, context, substituted));
    const [first, ...rest] = fields;
    if (first === undefined) {
      if (redirects.length > 0) this.#add(':', ':', [], redirects, null, [], context, null, assigned);
      return '';
    }
    const naming = nameOf(first, command.words[0]!);
    const args = rest.map(({ text }) => text);
    return this.#invoke(
      { program: naming.program || namedByCode(args), path: naming.path, args },
      redirects.length === 0
        ? context
        : { ...context, stdin: hereText(redirects) ?? (reads(redirects) ? null : context.stdin) },
      { redirects, substituted, disguise: naming.disguise, assigned, open: fields.some(({ open }) => open) },
    );
  }

  #invoke(
    argv: { program: string; path: string; args: readonly string[] },
    context: Context,
    extra: {
      redirects: readonly Redirect[];
      substituted: readonly Invocation[];
      disguise: Invocation['disguise'];
      assigned: readonly string[];
      open: boolean;
    },
  ): string | null {
    const { program, args } = argv;
    if (this.#environment.full) return null;
    this.#add(
      program,
      argv.path,
      args,
      extra.redirects,
      context.stdin,
      extra.substituted,
      context,
      extra.disguise,
      extra.assigned,
    );
    if (DECLARERS.has(program)) this.#declare(args);
    this.#inside(program, args, context, extra);
    const out = extra.open ? null : literalOutput(program, args, context.stdin);
    return extra.redirects.some(({ operator, fd }) => operator.startsWith('>') && fd !== 2) ? '' : out;
  }

  /** What the program runs in turn. */
  #inside(
    program: string,
    args: readonly string[],
    context: Context,
    extra: { redirects: readonly Redirect[]; substituted: readonly Invocation[] },
  ): void {
    const environment = this.#environment;
    if (environment.layer >= LIMITS.layers * 4 || context.via.length >= VIA) return;
    const inner: Context = {
      ...context,
      via: [...context.via, program],
      background: context.background || program === 'nohup' || program === 'setsid',
      decoded:
        context.decoded || (extra.substituted.some((one) => DECODERS.has(one.program)) && program !== 'sudo'),
    };
    environment.layer += 1;
    for (const nested of nestedCommands(program, args)) {
      if (nested.kind === 'text') this.#text(nested.text, inner);
      else this.#words(nested.words, inner, extra);
    }
    const code = codeArgument(program, args);
    if (code !== null) for (const text of shellInCode(readableCode(code))) this.#text(text, inner);
    if (/^[gmn]?awk$/.test(program) && args.some((arg) => arg.includes('system')))
      for (const text of shellInCode(args.join('\n'))) this.#text(text, inner);
    if (context.stdin !== null && this.#readsCommands(program, args))
      this.#text(context.stdin, {
        ...inner,
        stdin: null,
        decoded: inner.decoded || context.upstream.some((one) => DECODERS.has(one.program)),
      });
    environment.layer -= 1;
  }

  #readsCommands(program: string, args: readonly string[]): boolean {
    if (isShell(program)) return args.every((arg) => arg.startsWith('-') && arg !== '-c') || args[0] === '-s';
    if (program === 'ssh') return args.filter((arg) => !arg.startsWith('-')).length === 1;
    return RUNS_STDIN.has(program);
  }

  #words(
    words: readonly string[],
    context: Context,
    extra: { redirects: readonly Redirect[]; substituted: readonly Invocation[] },
  ): void {
    const [first, ...args] = words;
    const naming = nameOf({ text: first!, disguise: null, open: false }, null);
    this.#invoke({ program: naming.program, path: naming.path, args }, context, {
      ...extra,
      disguise: naming.disguise,
      assigned: [],
      open: true,
    });
  }

  #text(text: string, context: Context): void {
    const environment = this.#environment;
    if (environment.layer > LIMITS.layers || !environment.spend(text.length)) return;
    if (context.decoded) environment.marks.add('decoded');
    environment.layer += 1;
    this.script(parseShell(text, environment.budget), context);
    environment.layer -= 1;
  }

  #declare(args: readonly string[]): void {
    for (const arg of args) {
      const at = arg.indexOf('=');
      if (at <= 0) continue;
      this.#environment.assignments.push(arg);
      const value = arg.slice(at + 1);
      if (!value.includes('$')) this.#environment.set(arg.slice(0, at), value);
    }
  }

  /** Runs the script of a substitution: its programs are the line's too, and `into` hears of them. */
  #run(context: Context, also?: Invocation[]): (script: Script, into: Invocation[]) => string | null {
    return (script, into) => {
      const before = this.#environment.invocations.length;
      const out = this.script(script, { ...context, stdin: null, upstream: [] });
      const ran = this.#environment.invocations.slice(before);
      into.push(...ran.slice(0, UPSTREAM));
      if (also !== undefined && also !== into) also.push(...ran.slice(0, UPSTREAM));
      return out;
    };
  }

  #redirect(
    { operator, fd, target }: SimpleCommand['redirections'][number],
    context: Context,
    substituted: Invocation[],
  ): Redirect {
    const { text } = expandText(target, this.#environment, this.#run(context), substituted);
    return { operator, fd, target: text };
  }

  #add(
    program: string,
    path: string,
    args: readonly string[],
    redirects: readonly Redirect[],
    stdin: string | null,
    substituted: readonly Invocation[],
    context: Context,
    disguise: Invocation['disguise'],
    environment: readonly string[],
  ): void {
    const { upstream, via, loop, background, decoded } = context;
    const text = args.join(' ');
    this.#environment.invocations.push({
      program,
      path,
      args,
      text: text.length > TEXT_CHARS ? text.slice(0, TEXT_CHARS) : text,
      started: startedFile(path, program, args),
      redirects,
      stdin,
      upstream,
      substituted,
      via,
      loop,
      background,
      disguise,
      environment,
      decoded,
    });
  }
}
