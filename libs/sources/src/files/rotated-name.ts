/**
 * Names that log rotation gives: `app.log.1`, `app.log.2.gz`, `app.log-20261121`, `app-2026-11-21.log`,
 * `app.1.log`, `app.log.old`. (logrotate.conf(5): start, dateext, extension, compressext.)
 */
export interface RotatedName {
  readonly name: string;
  /** `number`: smaller is newer. `date`: later is newer. `old`: one only. */
  readonly kind: 'number' | 'date' | 'old';
  readonly rank: number | string;
  /** Extension of the compression, e.g. `.gz`; empty when plain. */
  readonly compression: string;
}

const COMPRESSION = /\.(gz|bz2|xz|zst|lz4|lzma|Z|zip)$/;

/** The extension that says a file is compressed, or ''. Compressed files are never followed as logs. */
export function compressionOf(name: string): string {
  return COMPRESSION.exec(name)?.[0] ?? '';
}

/** What rotation made of `base`, or null where `name` is no rotated name of it. */
export function rotatedName(base: string, name: string): RotatedName | null {
  const compression = compressionOf(name);
  const plain = compression === '' ? name : name.slice(0, -compression.length);
  const suffix = suffixOf(base, plain);
  if (suffix === null) return null;
  if (suffix === 'old' || suffix === 'bak') return { name, kind: 'old', rank: 0, compression };
  if (/^\d{1,5}$/.test(suffix)) return { name, kind: 'number', rank: Number(suffix), compression };
  if (/^\d[\d._:T-]*$/.test(suffix)) return { name, kind: 'date', rank: suffix, compression };
  return null;
}

/** Whether `a` was rotated away later than `b`; false where the names do not tell. */
export function isNewer(a: RotatedName, b: RotatedName): boolean {
  if (a.kind !== b.kind) return false;
  return a.kind === 'date' ? a.rank > b.rank : a.rank < b.rank;
}

function suffixOf(base: string, plain: string): string | null {
  if (plain.length > base.length + 1 && plain.startsWith(base) && /[._-]/.test(plain[base.length]!)) {
    return plain.slice(base.length + 1);
  }
  const dot = base.lastIndexOf('.');
  if (dot <= 0) return null;
  const [stem, extension] = [base.slice(0, dot), base.slice(dot)];
  if (plain.length <= base.length + 1 || !plain.startsWith(stem) || !plain.endsWith(extension)) return null;
  if (!/[._-]/.test(plain[stem.length]!)) return null;
  const suffix = plain.slice(stem.length + 1, -extension.length);
  // `worker-1.log` beside `worker.log` is another worker; `worker-20261121.log` and `worker.1.log` are rotations.
  return plain[stem.length] === '.' || suffix.length >= 6 ? suffix : null;
}
