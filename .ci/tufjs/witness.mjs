// A TUF client that nobody here wrote (tuf-js) against a running `./bench serve`: what it believes, what it refuses, and
// whether it follows when keys are replaced. Arguments: the project's root, an empty folder to work in.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Updater } from 'tuf-js';

const [root, work] = process.argv.slice(2).map((argument) => path.resolve(argument));
const benchFile = path.join(path.dirname(fileURLToPath(import.meta.url)), 'bench.yaml');
const state = path.join(work, 'state');
const stick = path.join(work, 'stick');
const bench = path.join(root, 'bench');
const common = ['--state', state, '-b', benchFile];

function serve() {
  const child = spawn(bench, ['serve', ...common, '--offline-keys', stick], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let line = '';
    child.stdout.on('data', (some) => {
      line += some;
      if (line.includes('\n')) resolve({ child, ...JSON.parse(line) });
    });
    child.on('exit', (code) => reject(new Error(`serve ended with ${code} instead of being ready`)));
  });
}

function ended({ child }, signal) {
  return new Promise((resolve) => {
    child.on('exit', resolve);
    child.kill(signal);
  });
}

/** What `release` prints; throws with what it says where it refuses. */
function release(...options) {
  return execFileSync(bench, ['release', ...options, ...common], { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
}

function image(name, content, ...more) {
  const file = path.join(work, 'image.bin');
  writeFileSync(file, content);
  return release(file, '--to', 'TCU-0001', '--as', name, ...more);
}

/** A server between client and repository that does to each answer what it is told. */
const between = { change: (url, bytes) => bytes, repository: '' };
const proxy = http.createServer(async (request, response) => {
  const answer = await fetch(between.repository + request.url);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const changed = answer.ok ? between.change(request.url, bytes) : bytes;
  response.writeHead(changed === null ? 404 : answer.status).end(changed ?? '');
});
await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${proxy.address().port}`;

let clients = 0;
/** A client that knows the first Root, or all that another one knows. */
async function client(like) {
  const metadataDir = path.join(work, `client-${++clients}`);
  mkdirSync(metadataDir);
  if (like) cpSync(like, metadataDir, { recursive: true });
  else writeFileSync(path.join(metadataDir, 'root.json'), await (await fetch(`${between.repository}/1.root.json`)).text());
  return metadataDir;
}

/** Refreshes and downloads with what lies in that folder; gives the bytes. */
async function download(metadataDir, name) {
  const targetDir = `${metadataDir}.images`;
  rmSync(targetDir, { recursive: true, force: true });
  mkdirSync(targetDir);
  const updater = new Updater({ metadataDir, metadataBaseUrl: url, targetDir, targetBaseUrl: `${url}/targets`,
    config: { fetchRetry: 0, fetchRetries: 0 } });
  await updater.refresh();
  const info = await updater.getTargetInfo(name);
  if (!info) throw new Error(`it finds no ${name}`);
  return readFileSync(await updater.downloadTarget(info)).toString();
}

const version = (folder, role) => JSON.parse(readFileSync(path.join(folder, `${role}.json`))).signed.version;
const damaged = (bytes) => {
  const changed = Buffer.from(bytes);
  const at = changed.lastIndexOf(changed.includes('"version":') ? '"version":' : changed.subarray(-1)) ;
  changed[changed.includes('"version":') ? at + 10 : at] ^= 1;
  return changed;
};

let passed = 0;
let failed = 0;
async function check(what, body) {
  try {
    await body();
    passed++;
    console.log(`ok ${what}`);
  } catch (error) {
    failed++;
    console.log(`FAILED ${what}: ${error.stack}`);
  } finally {
    between.change = (asked, bytes) => bytes;
  }
}

mkdirSync(stick);
let server = await serve();
between.repository = server.imageRepository;
image('dir/a b.bin', 'one');
const old = await client();

await check('an image is downloaded', async () => assert.equal(await download(old, 'dir/a b.bin'), 'one'));
await check('a supplier releases what is delegated to it, with its threshold', async () => {
  image('acme/x.bin', 'from acme', '--by', 'acme');
  assert.equal(await download(old, 'acme/x.bin'), 'from acme');
  image('other/y.bin', 'from other', '--by', 'other');
  assert.equal(await download(old, 'other/y.bin'), 'from other');
});
await check('nobody releases what is not theirs', async () => {
  assert.throws(() => image('dir/z.bin', 'x', '--by', 'acme'), /U-5\.3\.1-5/);
  assert.throws(() => image('acme/z.bin', 'x', '--by', 'other'), /U-5\.3\.1-5/);
  assert.throws(() => image('../z.bin', 'x'), /U-5\.2\.7-s3/);
  await assert.rejects(download(old, 'acme/z.bin'), /finds no/);
});

const files = { timestamp: /timestamp\.json$/, snapshot: /snapshot\.json$/, targets: /\.targets\.json$/,
  'supplier metadata': /acme\.json$/, image: /x\.bin$/ };
for (const [what, pattern] of Object.entries(files)) {
  await check(`a damaged ${what} is refused`, async () => {
    const fresh = await client();
    let seen = false;
    between.change = (asked, bytes) => (pattern.test(asked) ? ((seen = true), damaged(bytes)) : bytes);
    await assert.rejects(download(fresh, 'acme/x.bin'));
    assert.ok(seen, `it never asked for the ${what}`);
    between.change = (asked, bytes) => bytes;
    assert.equal(await download(fresh, 'acme/x.bin'), 'from acme');
  });
}

for (const role of ['root', 'targets', 'snapshot', 'timestamp']) {
  await check(`new keys of ${role} are followed, by old clients and new ones`, async () => {
    const before = version(old, 'root');
    release('--rotate', `image/${role}`);
    for (const folder of [old, await client()]) {
      assert.equal(await download(folder, 'dir/a b.bin'), 'one');
      assert.equal(await download(folder, 'acme/x.bin'), 'from acme');
      assert.equal(version(folder, 'root'), before + 1);
    }
  });
}
await check('new keys of a supplier are followed, without a new Root', async () => {
  const before = [version(old, 'root'), version(old, 'acme')];
  release('--rotate', 'image/acme');
  assert.equal(await download(old, 'acme/x.bin'), 'from acme');
  assert.deepEqual([version(old, 'root'), version(old, 'acme')], [before[0], before[1] + 1]);
});
await check('one key of Root is replaced', async () => {
  const ids = JSON.parse(readFileSync(path.join(old, 'root.json'))).signed.roles.root.keyids;
  release('--rotate', 'image/root', '--key', ids[0].slice(0, 16));
  assert.equal(await download(old, 'dir/a b.bin'), 'one');
  const now = JSON.parse(readFileSync(path.join(old, 'root.json'))).signed.roles.root.keyids;
  assert.equal(now.filter((id) => ids.includes(id)).length, 2);
});
await check('every role at once', async () => {
  release(...['root', 'targets', 'snapshot', 'timestamp'].flatMap((role) => ['--rotate', `image/${role}`]));
  assert.equal(await download(old, 'acme/x.bin'), 'from acme');
  assert.equal(await download(await client(), 'acme/x.bin'), 'from acme');
});
await check('a Root that is withheld in the middle of the chain leaves nothing that is believed', async () => {
  const fresh = await client();
  between.change = (asked, bytes) => (/\/3\.root\.json$/.test(asked) ? null : bytes);
  await assert.rejects(download(fresh, 'dir/a b.bin'));
});
await check('what was signed with keys that were replaced is refused', async () => {
  const fresh = await client();
  const timestamp = await (await fetch(`${between.repository}/timestamp.json`)).text();
  release('--rotate', 'image/timestamp');
  between.change = (asked, bytes) => (/timestamp\.json$/.test(asked) ? Buffer.from(timestamp) : bytes);
  await assert.rejects(download(fresh, 'dir/a b.bin'));
  await assert.rejects(download(await client(old), 'dir/a b.bin'));
  between.change = (asked, bytes) => bytes;
  assert.equal(await download(old, 'dir/a b.bin'), 'one');
});
await check('an older Timestamp of the same keys is refused', async () => {
  const timestamp = await (await fetch(`${between.repository}/timestamp.json`)).text();
  image('dir/b.bin', 'two');
  assert.equal(await download(old, 'dir/b.bin'), 'two');
  between.change = (asked, bytes) => (/timestamp\.json$/.test(asked) ? Buffer.from(timestamp) : bytes);
  const updater = new Updater({ metadataDir: old, metadataBaseUrl: url });
  await updater.refresh().catch(() => {});
  assert.equal(version(old, 'timestamp'), JSON.parse(timestamp).signed.version + 1);
});

await check('with the offline keys away clients are served, and what needs them is refused', async () => {
  renameSync(stick, `${stick}.away`);
  try {
    assert.throws(() => image('dir/c.bin', 'x'), /image\/targets/);
    assert.throws(() => image('acme/c.bin', 'x', '--by', 'acme'), /image\/acme/);
    assert.throws(() => release('--rotate', 'image/timestamp'), /image\/root/);
    assert.throws(() => release('--rotate', 'director/timestamp'), /director\/root/);
    await ended(server, 'SIGTERM');
    server = await serve();
    between.repository = server.imageRepository;
    assert.equal(await download(await client(), 'dir/b.bin'), 'two');
  } finally {
    renameSync(`${stick}.away`, stick);
  }
  release('--rotate', 'image/timestamp');
  assert.equal(await download(old, 'dir/b.bin'), 'two');
});
await check('killed in the middle of a rotation, it comes back and is followed', async () => {
  for (let delay = 300; delay <= 900; delay += 300) {
    const rotating = spawn(bench, ['release', '--rotate', 'image/root', '--rotate', 'image/targets', ...common],
      { stdio: 'ignore' });
    const over = new Promise((resolve) => rotating.on('exit', resolve));
    await new Promise((resolve) => setTimeout(resolve, delay));
    process.kill(server.pid, 'SIGKILL');
    await over;
    server = await serve();
    between.repository = server.imageRepository;
    assert.equal(await download(old, 'acme/x.bin'), 'from acme');
    assert.equal(await download(await client(), 'acme/x.bin'), 'from acme');
  }
  image('dir/d.bin', 'after');
  assert.equal(await download(old, 'dir/d.bin'), 'after');
});
await check('keys that have no business on a server are not there', async () => {
  assert.ok(existsSync(path.join(stick, 'image%2Froot%2F1.key')));
  assert.ok(!existsSync(path.join(state, 'keys', 'image%2Froot%2F1.key')));
});

await ended(server, 'SIGTERM');
proxy.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
