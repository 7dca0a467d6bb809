import { apacheFormat } from './access/apache.ts';
import { nginxFormat } from './access/nginx.ts';
import { traefikFormat } from './access/traefik.ts';
import type { Format } from './port.ts';

/** All formats. Among formats of equal confidence the first one here is taken. */
export const FORMATS: readonly Format[] = [traefikFormat, nginxFormat, apacheFormat];

const BY_NAME: ReadonlyMap<string, Format> = new Map(FORMATS.map((format) => [format.name, format]));

/** Undefined for a name that no format has; `auto` is none. */
export function formatByName(name: string): Format | undefined {
  return BY_NAME.get(name);
}
