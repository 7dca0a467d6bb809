import { defineErrors } from '@suite/cli';
import { inputErrors } from './errors-input.ts';
import { serviceErrors } from './errors-service.ts';

/** What can go wrong in NADIR. Codes are stable; each has a page in docs/errors. */
export const nadirCatalogue = defineErrors({ ...serviceErrors, ...inputErrors });

export const nadirErrors = nadirCatalogue.errors;
