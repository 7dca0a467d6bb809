import { defineErrors } from '@suite/cli';
import { inputErrors } from './errors-input.ts';
import { notifyErrors } from './errors-notify.ts';
import { serviceErrors } from './errors-service.ts';

/** What can go wrong in NADIR. Codes are stable; each has a page in docs/errors. */
export const nadirCatalogue = defineErrors({ ...serviceErrors, ...inputErrors, ...notifyErrors });

export const nadirErrors = nadirCatalogue.errors;
