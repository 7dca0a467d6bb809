import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // Everything from /assets: the page's policy allows no data: URLs.
    assetsInlineLimit: 0,
  },
  // For work on the console alone: `vite` beside a running nadir.
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:7070' } },
});
