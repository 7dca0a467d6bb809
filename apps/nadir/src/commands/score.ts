import { type FileHandle, open, rename, unlink } from 'node:fs/promises';
import { createSeriesScorer, csvField } from '@suite/anomaly';
import { defineCommand, EXIT } from '@suite/cli';
import { nadirErrors } from '../errors.ts';
import { openInput } from '../inputs.ts';
import { reasonOf } from '../reason.ts';
import { readSeries } from '../series-input.ts';

/** `nadir score FILE.csv`: how odd each reading of a series is, in the order of the file and by what was before it. */
export const score = (clockUs: () => number) =>
  defineCommand({
    name: 'score',
    summary: 'say how odd each reading of a series of numbers is',
    options: {
      output: {
        type: 'string',
        short: 'o',
        value: 'OUT',
        description: 'file that takes the result; standard output unless named',
      },
    },
    positionals: [
      {
        name: 'FILE',
        description: 'a CSV with the columns timestamp and value, .gz or .zst too, or - for standard input',
        required: true,
      },
    ],
    examples: ['nadir score load.csv -o scores.csv', 'zcat load.csv.gz | nadir score - --json'],
    async run({ options, positionals, stdin, json, output, print, signal }) {
      const path = positionals[0]!;
      const input = await openInput(path, stdin, clockUs());
      const out = options.output === undefined || options.output === '-' ? null : options.output;
      const file = out === null ? null : await OutFile.create(out);
      const scorer = createSeriesScorer();
      let rows = 0;
      let loudest = { score: 0, timestamp: '', value: '' };
      let text = 'timestamp,value,anomaly_score\n';
      try {
        for await (const block of readSeries(path, input.chunks)) {
          signal.throwIfAborted();
          for (const row of block) {
            const { score } = scorer.observe(row.timeSeconds, row.number);
            rows += 1;
            if (score > loudest.score) loudest = { score, timestamp: row.timestamp, value: row.value };
            if (json && file === null)
              await output.write({
                row: rows,
                timestamp: row.timestamp,
                value: row.number,
                anomaly_score: score,
              });
            else text += `${csvField(row.timestamp)},${csvField(row.value)},${score}\n`;
          }
          if (file !== null) await file.write(text);
          else if (!json) await print(text.slice(0, -1));
          text = '';
        }
        await file?.finish();
      } catch (error) {
        await file?.abandon();
        throw error;
      }
      if (file !== null) await output.write({ type: 'summary', rows, loudest });
      return EXIT.ok;
    },
  });

/** Filled beside its place and moved there when it is whole. */
class OutFile {
  readonly #path: string;
  readonly #handle: FileHandle;

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  static async create(path: string): Promise<OutFile> {
    try {
      return new OutFile(path, await open(`${path}.part`, 'w', 0o600));
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  async write(text: string): Promise<void> {
    try {
      await this.#handle.writeFile(text);
    } catch (error) {
      throw unwritable(this.#path, error);
    }
  }

  async finish(): Promise<void> {
    try {
      await this.#handle.close();
      await rename(`${this.#path}.part`, this.#path);
    } catch (error) {
      throw unwritable(this.#path, error);
    }
  }

  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => {});
    await unlink(`${this.#path}.part`).catch(() => {});
  }
}

function unwritable(path: string, error: unknown): Error {
  return nadirErrors.NADIR_OUTPUT_UNWRITABLE({ path, reason: reasonOf(error) }, { cause: error });
}
