import { relaunchLean } from './lean.ts';

// Two stages, so that what counts from a process's start can be set: see lean.ts.
if (!relaunchLean(process)) await import('./command-line.ts');
