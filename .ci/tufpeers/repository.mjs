// A TUF repository with one image, made by nobody's repository code and served by nobody's server, so that no client is at
// home there. Prints its URL. Argument: a folder that its files are written into.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import { canonicalize } from '@tufjs/canonical-json';

const roles = ['root', 'timestamp', 'snapshot', 'targets'];
const expires = new Date(Date.now() + 30 * 24 * 3600e3).toISOString().replace(/\.\d+Z/, 'Z');
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

const keys = Object.fromEntries(roles.map((role) => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
  const key = { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: raw } };
  return [role, { id: sha256(canonicalize(key)), key, privateKey }];
}));

function signed(role, content) {
  const body = { _type: role, spec_version: '1.0.31', version: 1, expires, ...content };
  const sig = sign(null, Buffer.from(canonicalize(body)), keys[role].privateKey).toString('hex');
  return Buffer.from(JSON.stringify({ signatures: [{ keyid: keys[role].id, sig }], signed: body }));
}
const described = (bytes) => ({ version: 1, length: bytes.length, hashes: { sha256: sha256(bytes) } });

const image = Buffer.alloc(16384);
const root = signed('root', {
  consistent_snapshot: true,
  keys: Object.fromEntries(roles.map((role) => [keys[role].id, keys[role].key])),
  roles: Object.fromEntries(roles.map((role) => [role, { keyids: [keys[role].id], threshold: 1 }])),
});
const targets = signed('targets', { targets: { 'image.bin': { length: image.length, hashes: { sha256: sha256(image) } } } });
const snapshot = signed('snapshot', { meta: { 'targets.json': described(targets) } });
const timestamp = signed('timestamp', { meta: { 'snapshot.json': described(snapshot) } });

const files = { '/1.root.json': root, '/timestamp.json': timestamp, '/1.snapshot.json': snapshot, '/1.targets.json': targets };
const server = http.createServer((request, response) => {
  const file = files[request.url];
  response.writeHead(file ? 200 : 404, { 'Content-Length': file ? file.length : 0 }).end(file);
});
server.listen(0, '127.0.0.1', () => {
  for (const [name, bytes] of Object.entries(files)) writeFileSync(process.argv[2] + name, bytes);
  console.log(`http://127.0.0.1:${server.address().port}`);
});
