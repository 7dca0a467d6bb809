import { lineFormat } from '../line-format.ts';
import { claimCombined, parseCombined } from './combined.ts';

export const nginxFormat = lineFormat({
  name: 'nginx',
  title: 'nginx access log: combined, with or without X-Forwarded-For (`main`)',
  claim: (text, hints) => claimCombined('nginx', text, hints),
  parse: parseCombined,
});
