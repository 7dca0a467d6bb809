import { lineFormat } from '../line-format.ts';
import { claimCombined, parseCombined } from './combined.ts';

export const apacheFormat = lineFormat({
  name: 'apache',
  title: 'Apache access log: common, combined, vhost_combined',
  claim: (text, hints) => claimCombined('apache', text, hints),
  parse: parseCombined,
});
