export {
  createSeriesScorer,
  type SeriesScore,
  type SeriesScorer,
  type SeriesScorerOptions,
} from './numbers/series-scorer.ts';
export { FrameStripper } from './templates/frame.ts';
export { type MinerOptions, TemplateMiner } from './templates/miner.ts';
export type { Template } from './templates/template.ts';
