export { FrameStripper } from './templates/frame.ts';
export { type MinerOptions, TemplateMiner } from './templates/miner.ts';
export type { Template } from './templates/template.ts';
