export type { Family } from './catalogue/family.ts';
export { CATALOGUE } from './catalogue/list.ts';
export type { Indicator } from './catalogue/port.ts';
export { ALERT_AT, type Finding, type Judgement, judge, NOTICE_AT, type Verdict } from './judge.ts';
export { showCommand } from './show-command.ts';
export { unfold } from './unfold/unfold.ts';
export {
  type CommandWatch,
  createCommandWatch,
  type SeenCommand,
  type WatchedCommand,
} from './watch/watch.ts';
