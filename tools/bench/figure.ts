import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';

/** One measured number. `ratio` is ours divided by theirs, in the same run. */
export interface Figure {
  readonly bench: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly against?: string;
  readonly theirs?: number;
  readonly ratio?: number;
  /** What it is to reach, in words. */
  readonly bar?: string;
  readonly ok?: boolean;
}

export interface Reporter {
  figure(figure: Omit<Figure, 'bench'>): void;
  note(text: string): void;
}

export function createReporter(bench: string, json: boolean): Reporter {
  return {
    figure(figure) {
      if (json) process.stdout.write(`${JSON.stringify({ bench, ...figure })}\n`);
      else process.stdout.write(`${textOf({ bench, ...figure })}\n`);
    },
    note(text) {
      process.stderr.write(`${text}\n`);
    },
  };
}

function textOf(figure: Figure): string {
  const ratio =
    figure.ratio === undefined
      ? ''
      : `  ${round(figure.ratio)} × ${figure.against} (${round(figure.theirs ?? 0)})`;
  const verdict = figure.ok === undefined ? '' : figure.ok ? '  ok' : '  MISSED';
  const bar = figure.bar === undefined ? '' : `  [${figure.bar}]`;
  return `${figure.bench}: ${figure.figure.padEnd(44)} ${String(round(figure.value)).padStart(10)} ${figure.unit}${ratio}${bar}${verdict}`;
}

export function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

/** The line that stands beside every figure. */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const os = /PRETTY_NAME="(.*)"/.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'Linux';
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${model}, ${memory} GiB, ${os}, kernel ${release()}, Node ${process.version}`;
}
