// Plain JavaScript in old syntax: it must run on the very Node that it refuses.
const found = process.versions.node;
if (Number(found.split('.')[0]) < 24) {
  console.error(
    `In Writing needs Node 24 and found ${found}: run "npm ci" with install scripts allowed (it brings Node 24 along), or install Node 24.`,
  );
  process.exit(1);
}
