import { nearest } from '@suite/config';
import { FORMATS, formatByName } from '@suite/formats';
import { nadirErrors } from './errors.ts';

/** @throws NADIR_FORMAT_UNKNOWN for a name that is neither a format nor `auto`. */
export function checkFormat(name: string): void {
  if (name === 'auto' || formatByName(name)) return;
  const names = FORMATS.map((format) => format.name);
  throw nadirErrors.NADIR_FORMAT_UNKNOWN({ name, meant: nearest(name, names), known: ['auto', ...names] });
}
