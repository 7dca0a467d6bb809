export type { Family } from './catalogue/family.ts';
export { CATALOGUE } from './catalogue/list.ts';
export type { Indicator } from './catalogue/port.ts';
export { ALERT_AT, type Finding, type Judgement, judge, NOTICE_AT, type Verdict } from './judge.ts';
export { unfold } from './unfold/unfold.ts';
