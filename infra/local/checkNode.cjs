'use strict';
// Before `npm start` and `npm run serve`. Plain JavaScript for any Node: an old one cannot even read the TypeScript
// that would say so. `npm ci` puts the right Node into node_modules/.bin, where npm scripts look first.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    [
      `この Node.js（${process.versions.node}）では動きません。22.18 以降が要ります。`,
      'npm ci をもう一度実行してください。まもり 用の Node 24 が node_modules/.bin に入ります。',
      `This Node.js (${process.versions.node}) is too old. Run "npm ci" again: it brings Node 24 along.`,
    ].join('\n'),
  );
  process.exit(1);
}
