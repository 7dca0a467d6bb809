export {
  CountModel,
  type CountModelOptions,
  type CountState,
  type CountVerdict,
} from './counts/count-model.ts';
export {
  type CountFinding,
  type CountWatch,
  type CountWatchOptions,
  createCountWatch,
} from './counts/count-watch.ts';
export { logLowerTail, logUpperTail } from './counts/tail.ts';
export {
  csvField,
  parseSeriesHeader,
  parseSeriesRow,
  parseSeriesTime,
  type SeriesColumns,
  type SeriesRow,
} from './numbers/series-csv.ts';
export {
  createSeriesScorer,
  type SeriesScore,
  type SeriesScorer,
  type SeriesScorerOptions,
} from './numbers/series-scorer.ts';
export { FrameStripper } from './templates/frame.ts';
export { type MinerOptions, TemplateMiner } from './templates/miner.ts';
export type { Template } from './templates/template.ts';
