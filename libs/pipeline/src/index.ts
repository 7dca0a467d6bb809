export { pushBlock, splitLines } from './line-splitter.ts';
export { PipelineThread, type PipelineThreadOptions } from './pipeline-thread.ts';
export { type ReplayInput, type ReplayOptions, type ReplaySummary, replay } from './replay.ts';
export { type Committed, PipelineRunner, type RunnerOptions } from './runner.ts';
export { type LineRef, makeParser } from './stream-parsers.ts';
