import { relaunchLean } from './lean.ts';

// Two stages, so that the agent's own memory holds nothing that it does not need: see lean.ts.
if (!relaunchLean(process)) await import('./command-line.ts');
