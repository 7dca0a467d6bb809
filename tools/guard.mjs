// Fails early, in words, on a Node that is too old to run TypeScript directly. Node 24 comes with `npm ci`
// (node_modules/.bin/node), so this only strikes where that package could not be installed.
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  process.stderr.write(
    `This needs Node 24 or newer, but ${process.execPath} is ${process.version}.\n` +
      'On Linux (x64, arm64) Node 24 comes with the lockfile. Try: npm ci, then npm start, npm test or npx.\n',
  );
  process.exit(1);
}
