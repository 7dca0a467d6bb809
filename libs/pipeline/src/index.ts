export { pushBlock, splitLines } from './line-splitter.ts';
export { PipelineThread, type PipelineThreadOptions } from './pipeline-thread.ts';
export { type ReplayInput, type ReplayOptions, type ReplaySummary, replay } from './replay.ts';
export { listRuleFiles, type ReadRuleFile, readRuleFiles } from './rule-files.ts';
export { type FailedRuleTest, runRuleTests } from './rule-tests.ts';
export { RulesFolder, type RulesLoaded, type RulesProblem, type RulesSource } from './rules-folder.ts';
export { type Committed, PipelineRunner, type RunnerOptions } from './runner.ts';
export { type LineRef, makeParser } from './stream-parsers.ts';
export type { RulesReport } from './worker-messages.ts';
