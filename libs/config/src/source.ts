/** Where a value came from. */
export type Source =
  | { readonly kind: 'default' }
  | { readonly kind: 'file'; readonly file: string; readonly line: number; readonly column: number }
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'flag'; readonly name: string }
  | { readonly kind: 'secret-file'; readonly path: string; readonly from: Source };

/** As it stands before a problem: `nadir.yml:12:3`, `NADIR_HTTP_PORT`, `--store`. */
export function formatPlace(source: Source): string {
  switch (source.kind) {
    case 'default':
      return 'default';
    case 'file':
      return `${source.file}:${source.line}:${source.column}`;
    case 'env':
    case 'flag':
      return source.name;
    case 'secret-file':
      return source.path;
  }
}

/** As it stands behind a value in the effective configuration: `nadir.yml:12`, `default`. */
export function formatSource(source: Source): string {
  return source.kind === 'file' ? `${source.file}:${source.line}` : formatPlace(source);
}
