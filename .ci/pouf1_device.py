"""A vehicle that speaks ASN.1 DER, with the encoder of pyasn1 and the signatures of OpenSSL: `pouf1_device.py PROVISIONING
BENCH`. It is started from `provision.json`, has its vehicle's releases ordered with `BENCH release`, and says what held, a
line each. Beside it have to be importable the types of docs/pouf1-der.md, `pouf1_types`."""

import hashlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from devices import check, noticed, require
from pouf1_types import Envelope, KeyOfId, Report, Signed, Time, VehicleManifest, make
from pyasn1.codec.der import decoder, encoder

ROLES = ("root", "targets", "snapshot", "timestamp")
SHA256, SHA512 = 1, 3


def fetch(url, method="GET", body=None):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, method=method), timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def read(file, kind):
    """A file that is DER to the last byte: what it says, and what its signatures are over."""
    envelope, rest = decoder.decode(file, asn1Spec=Envelope(kind))
    require("nothing comes after it", rest == b"")
    require("there is one encoding of it", encoder.encode(envelope) == file)
    require("it counts its signatures", int(envelope["numberOfSignatures"]) == len(envelope["signatures"]))
    return envelope, hashlib.sha256(encoder.encode(envelope["signed"])).digest()


def key_id(public):
    key = KeyOfId.clone()
    key["t"], key["v"] = 1, public
    return hashlib.sha256(encoder.encode(key)).digest()


def is_signed(envelope, digest, keys, ids, threshold):
    good = set()
    for signature in envelope["signatures"]:
        name = bytes(signature["keyid"])
        require("a signature states what it is over", bytes(signature["hash"]["digest"]) == digest
                and int(signature["hash"]["function"]) == SHA256)
        if name in ids:
            require("a key is called after itself", key_id(keys[name]) == name)
            try:
                Ed25519PublicKey.from_public_bytes(keys[name]).verify(bytes(signature["value"]), digest)
                good.add(name)
            except InvalidSignature:
                pass
    return len(good) >= threshold >= 1


def keys_of(listed):
    return {bytes(key["publicKeyid"]): bytes(key["publicKeyValue"]) for key in listed}


class Repository:
    """Follows one repository from its first Root."""

    def __init__(self, url, root):
        self.url = url
        with open(root, "rb") as file:
            self.envelope, _ = read(file.read(), Signed)
        self.root = self.envelope["signed"]["body"]["root"]

    def signers(self, root, role):
        for each in root["roles"]:
            if int(each["role"]) == ROLES.index(role):
                return {bytes(name) for name in each["keyids"]}, int(each["threshold"])
        raise AssertionError("a Root names " + role)

    def version(self):
        return int(self.envelope["signed"]["version"])

    def follow(self):
        while True:
            status, file = fetch(f"{self.url}/{self.version() + 1}.root.der")
            if status == 404:
                return
            envelope, digest = read(file, Signed)
            root = envelope["signed"]["body"]["root"]
            for listing in (self.root, root):
                require("Root is signed by the old keys and the new", is_signed(
                    envelope, digest, keys_of(listing["keys"]), *self.signers(listing, "root")))
            require("Roots come one after the other", int(envelope["signed"]["version"]) == self.version() + 1)
            self.envelope, self.root = envelope, root

    def role(self, role, version):
        name = f"{version}.{role}.der" if version else f"{role}.der"
        status, file = fetch(f"{self.url}/{name}")
        require(f"{name} is there", status == 200)
        envelope, digest = read(file, Signed)
        signed = envelope["signed"]
        require(f"{role} is signed", is_signed(envelope, digest, keys_of(self.root["keys"]),
                                              *self.signers(self.root, role)))
        require(f"{role} says what it is", int(signed["type"]) == ROLES.index(role)
                and signed["body"].getName() == role)
        require(f"{role} has not expired", int(signed["expires"]) > time.time())
        require(f"{role} has the version of its name", not version or int(signed["version"]) == version)
        return file, signed["body"][role], signed

    def targets(self):
        """Top-level Targets and Snapshot, each as the one above says."""
        self.follow()
        require("snapshots are consistent", bool(self.root["consistentSnapshot"]))
        _, timestamp, _ = self.role("timestamp", 0)
        file, snapshot, _ = self.role("snapshot", int(timestamp["version"]))
        require("Timestamp says which Snapshot", str(timestamp["filename"]) == "snapshot.der"
                and int(timestamp["length"]) == len(file) and digests(timestamp["hashes"], file))
        listed = {str(each["filename"]): int(each["version"]) for each in snapshot["files"]}
        return self.role("targets", listed["targets.der"])[1], listed

    def delegated(self, targets, listed, role):
        """A role's own file, by the key that Targets give it."""
        for delegation in targets["delegations"]["delegations"]:
            for each in delegation["roles"]:
                if str(each["rolename"]) == role:
                    status, file = fetch(f"{self.url}/{listed[role + '.der']}.{role}.der")
                    require(f"{role} is there", status == 200)
                    envelope, digest = read(file, Signed)
                    require(f"{role} is signed", is_signed(
                        envelope, digest, keys_of(targets["delegations"]["keys"]),
                        {bytes(name) for name in each["keyids"]}, int(each["threshold"])))
                    return envelope["signed"]["body"]["targets"], delegation
        raise AssertionError("nobody delegates to " + role)


def digests(hashes, content):
    known = {SHA256: hashlib.sha256, SHA512: hashlib.sha512}
    return len(hashes) > 0 and all(known[int(each["function"])](content).digest() == bytes(each["digest"])
                                   for each in hashes)


def described(targets):
    return {str(each["target"]["filename"]): each for each in targets["targets"]}


class Vehicle:
    def __init__(self, folder):
        with open(os.path.join(folder, "provision.json"), encoding="utf-8") as file:
            self.provision = json.load(file)
        self.director = Repository(self.provision["director"]["url"], self.provision["director"]["root"])
        self.image = Repository(self.provision["imageRepository"]["url"], self.provision["imageRepository"]["root"])
        self.keys, self.runs = {}, {}
        for ecu in [self.provision["primary"], *self.provision["secondaries"]]:
            with open(ecu["privateKey"], encoding="ascii") as file:
                self.keys[ecu["serial"]] = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(file.read().strip()))
            self.runs[ecu["serial"]] = ("", b"")
        self.counter = 0

    def signed(self, serial, kind, value):
        key = self.keys[serial]
        name = key_id(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
        digest = hashlib.sha256(encoder.encode(make(Envelope(kind), {
            "signed": value, "numberOfSignatures": 0, "signatures": []})["signed"])).digest()
        return {"signed": value, "numberOfSignatures": 1, "signatures": [
            {"keyid": name, "method": 1, "hash": {"function": SHA256, "digest": digest}, "value": key.sign(digest)}]}

    def manifest(self, again=False):
        self.counter += 0 if again else 1
        now = int(time.time())
        reports = [self.signed(serial, Report, {
            "ecuIdentifier": serial, "previousTime": now, "currentTime": now, "reportCounter": self.counter,
            "installedImage": {"filename": name, "length": len(image), "numberOfHashes": 1, "hashes": [
                {"function": SHA256, "digest": hashlib.sha256(image).digest()}]}})
            for serial, (name, image) in sorted(self.runs.items())]
        primary = self.provision["primary"]["serial"]
        whole = self.signed(primary, VehicleManifest, {
            "vehicleIdentifier": self.provision["vin"], "primaryIdentifier": primary, "n": len(reports),
            "ecuVersionManifests": reports})
        return fetch(self.provision["director"]["url"] + "/manifest", "PUT",
                     encoder.encode(make(Envelope(VehicleManifest), whole)))[0]

    def update(self):
        """One cycle; what it installed, by serial."""
        orders, _ = self.director.targets()
        require("Targets name the vehicle", str(orders["vehicleIdentifier"]) == self.provision["vin"])
        targets, listed = self.image.targets()
        installed = {}
        for name, order in described(orders).items():
            serial = str(order["custom"]["ecuIdentifier"])
            if digests(order["target"]["hashes"], self.runs[serial][1]):
                continue
            found = described(targets).get(name)
            if found is None:
                found = described(self.image.delegated(targets, listed, "acme")[0])[name]
            require("both repositories describe an image alike", order["target"] == found["target"]
                    and order["custom"]["releaseCounter"] == found["custom"]["releaseCounter"]
                    and order["custom"]["hardwareIdentifier"] == found["custom"]["hardwareIdentifier"])
            digest = bytes(order["target"]["hashes"][0]["digest"]).hex()
            status, image = fetch(f"{self.image.url}/targets/{digest}.{name}")
            require("an image is what its metadata say", status == 200 and digests(order["target"]["hashes"], image)
                    and len(image) == int(order["target"]["length"]))
            installed[serial] = (name, image)
        self.runs.update(installed)
        return installed

    def time(self):
        """A time with two nonces, signed with the key that the Director's Root lists."""
        self.director.follow()
        nonces = ["00ff00ff00ff00ff", "8000000000000001"]
        status, file = fetch(self.provision["time"]["url"], "POST", "\n".join(nonces).encode())
        require("the time source answers", status == 200)
        envelope, digest = read(file, Time)
        source = self.director.root["timeSource"]
        return (is_signed(envelope, digest, keys_of([source]), {bytes(source["publicKeyid"])}, 1)
                and [int(token) for token in envelope["signed"]["tokens"]] == [int("01" + each, 16) for each in nonces]
                and abs(int(envelope["signed"]["timestamp"]) - time.time()) < 60)


def main(folder, bench):
    vehicle = Vehicle(folder)
    state = os.path.dirname(os.path.dirname(folder))

    def release(*words):
        return subprocess.run([*bench.split(), "release", *words, "--state", state], capture_output=True,
                              check=False).returncode

    def image(content, name, *more):
        with open(os.path.join(folder, "image.bin"), "wb") as file:
            file.write(content)
        return release(file.name, "--raw", "--to", "BRAKE-0001", "--as", name, *more)

    check("a manifest in DER is taken", vehicle.manifest() == 200)
    check("and not once more", vehicle.manifest(again=True) == 400)
    check("nothing is ordered at first", vehicle.update() == {})
    check("the time source tells the time", vehicle.time())
    check("an image is released, ordered and found", image(b"first", "first.bin") == 0
          and vehicle.update() == {"BRAKE-0001": ("first.bin", b"first")})
    check("and confirmed", vehicle.manifest() == 200)
    check("keys are replaced", release("--rotate", "image/root", "--rotate", "image/targets") == 0
          and release("--rotate", "director/root", "--rotate", "time") == 0)
    check("the next one comes from a supplier", image(b"second", "acme-2.bin", "--by", "acme") == 0
          and vehicle.update() == {"BRAKE-0001": ("acme-2.bin", b"second")})
    check("by Roots of new keys", vehicle.image.version() == 2 and vehicle.director.version() == 2)
    delegation = vehicle.image.delegated(*vehicle.image.targets(), "acme")[1]
    check("who may sign for this hardware alone", [str(each) for each in delegation["hardwareIdentifiers"]]
          == ["brake-hw1"])
    check("the new key of the time source signs", vehicle.time())
    check("and confirmed", vehicle.manifest() == 200)
    check("an image whose bytes are others is refused", image(b"third", "third.bin") == 0
          and noticed(vehicle.update, state))
    check("what an image requires is refused, as there is no place for it",
          image(b"third", "third.bin", "--requires", "first.bin") == 4)


main(sys.argv[1].rstrip("/"), sys.argv[2])
