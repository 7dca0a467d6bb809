import { z } from 'zod';
import { annotate } from './annotation.ts';

/** The suffix that turns a secret's key into the key of the file that holds it. */
export const FILE_SUFFIX = '_file';

/**
 * A secret text: never printed, and `KEY_file: /run/secrets/x` in YAML or `PREFIX_KEY_FILE` in the environment
 * reads it from a file.
 */
export function secret(bounds: { readonly minLength?: number } = {}) {
  const { minLength = 1 } = bounds;
  const expected = minLength > 1 ? `a secret of at least ${minLength} characters` : 'a secret text';
  return annotate(z.string().min(minLength).max(65_536), { secret: true, typeName: 'secret', expected });
}
