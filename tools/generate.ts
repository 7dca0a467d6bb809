import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { cliCatalogue, ERROR_PAGES_DIR, errorIndex, errorPages } from '@suite/cli';
import { generateConfigFiles, writeGeneratedFiles } from '@suite/config';
import { nadirConfig } from '../apps/nadir/src/config.ts';
import { nadirCatalogue } from '../apps/nadir/src/errors.ts';
import { tomConfig } from '../apps/tom/src/config.ts';
import { tomCatalogue } from '../apps/tom/src/errors.ts';
import { allAbout, DETECTIONS_PAGE, detectionsPage } from './pages/detections-page.ts';

// `npm run generate`: JSON Schemas and references of the configurations, the pages of the errors, docs/detections.md,
// and the OpenAPI file.
// Tests fail while one of them is stale.

const root = join(import.meta.dirname, '..');
const pages = [
  ...errorPages('nadir', cliCatalogue),
  ...errorPages('tom', tomCatalogue),
  ...errorPages('nadir', nadirCatalogue),
];
const index = errorIndex(
  new Map(pages.map((page) => [page.path.slice(ERROR_PAGES_DIR.length + 1), page.content])),
);
await writeGeneratedFiles(root, [
  ...generateConfigFiles(tomConfig),
  ...generateConfigFiles(nadirConfig),
  ...pages,
  index,
  { path: DETECTIONS_PAGE, content: detectionsPage(await allAbout(root)) },
]);
// The OpenAPI file is a snapshot of what the routes say of themselves.
execFileSync(join(root, 'node_modules/.bin/vitest'), ['run', 'libs/api/src/api-routes.test.ts', '-u'], {
  cwd: root,
  stdio: 'inherit',
});
