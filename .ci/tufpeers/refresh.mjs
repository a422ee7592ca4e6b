// As RefreshTimes, with tuf-js: memory or the URL of the metadata, the folder with its files, an empty folder, how often.
// Prints the median in milliseconds.
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { BaseFetcher, Updater } from 'tuf-js';
import { DownloadHTTPError } from 'tuf-js/dist/error.js';

const [over, repository, work, count] = process.argv.slice(2);
const times = Number(count);
const files = new Map(readdirSync(repository).map((name) => [`http://memory/${name}`, readFileSync(`${repository}/${name}`)]));

class Memory extends BaseFetcher {
  async fetch(url) {
    if (!files.has(url)) throw new DownloadHTTPError(`no ${url}`, 404);
    return Readable.from([files.get(url)]);
  }
}
const options = over === 'memory' ? { metadataBaseUrl: 'http://memory', fetcher: new Memory() } : { metadataBaseUrl: over };

const measured = [];
for (let i = -times; i < times; i++) {
  const folder = `${work}/${i}`;
  mkdirSync(folder);
  const begun = process.hrtime.bigint();
  copyFileSync(`${repository}/1.root.json`, `${folder}/root.json`);
  await new Updater({ metadataDir: folder, ...options }).refresh();
  if (i >= 0) measured.push(Number(process.hrtime.bigint() - begun) / 1e6);
}
console.log(measured.sort((a, b) => a - b)[times >> 1].toFixed(2));
