// Made the file beside it with hpke-js, which shares no code with the bench: npm i @hpke/core@1.9.0; node hpke.mjs
import { CipherSuite, DhkemX25519HkdfSha256, HkdfSha256, Aes256Gcm } from "@hpke/core";
const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const material = (first) => Uint8Array.from({ length: 32 }, (_, i) => first + i).buffer;
const receiver = await suite.kem.deriveKeyPair(material(1));
const ephemeral = await suite.kem.deriveKeyPair(material(101));
const info = new TextEncoder().encode("uptane-bench encrypted image 1\0LOCK-0001\0lock-v1.bin\0" + "ab".repeat(32) + "\0");
const clear = new TextEncoder().encode("an image");
const sender = await suite.createSenderContext({ recipientPublicKey: receiver.publicKey, info, ekm: ephemeral });
const sealed = await sender.seal(clear);
console.log("publicKey = " + hex(await suite.kem.serializePublicKey(receiver.publicKey)));
console.log("encapsulatedKey = " + hex(sender.enc));
console.log("sealed = " + hex(sealed));
