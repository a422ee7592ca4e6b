"""A device of the OTA Connect family, written from what such devices do on the wire and from nothing of this project:
`ats_device.py PROVISIONING BENCH`. It is started from `sota.toml` in its provisioning folder, has its vehicle's releases
ordered with `BENCH release`, and says what held, a line each."""

import base64
import fnmatch
import hashlib
import http.client
import json
import os
import ssl
import subprocess
import sys
import time
import tomllib
from urllib.parse import quote, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from devices import check, noticed, require

UNKNOWN_TIME = "1970-01-01T00:00:00Z"
ROLES = ("root", "targets", "snapshot", "timestamp")


def canonical(value):
    """Keys sorted, no spaces, everything beyond ASCII escaped."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def key_id(public):
    return hashlib.sha256(canonical(public.rstrip("\n"))).hexdigest()


class Rsa:
    """The key of a Primary, as such clients make it."""

    def __init__(self):
        self.key = rsa.generate_private_key(65537, 2048)
        pem = self.key.public_key().public_bytes(serialization.Encoding.PEM,
                                                 serialization.PublicFormat.SubjectPublicKeyInfo)
        self.public = {"keytype": "RSA", "keyval": {"public": pem.decode()}}

    def sign(self, signed):
        pss = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
        return envelope(signed, self.public, "rsassa-pss", self.key.sign(canonical(signed), pss, hashes.SHA256()))


class Ed25519:
    """The key of a Secondary; its text is in capitals."""

    def __init__(self):
        self.key = ed25519.Ed25519PrivateKey.generate()
        raw = self.key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self.public = {"keytype": "ED25519", "keyval": {"public": raw.hex().upper()}}

    def sign(self, signed):
        return envelope(signed, self.public, "ed25519", self.key.sign(canonical(signed)))


def envelope(signed, public, method, signature):
    return {"signatures": [{"keyid": key_id(public["keyval"]["public"]), "method": method,
                            "sig": base64.b64encode(signature).decode()}], "signed": signed}


def is_signed(public, message, signature):
    try:
        if public["keytype"].lower() == "ed25519":
            raw = bytes.fromhex(public["keyval"]["public"])
            ed25519.Ed25519PublicKey.from_public_bytes(raw).verify(signature, message)
        else:
            key = serialization.load_pem_public_key(public["keyval"]["public"].encode())
            key.verify(signature, message, padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.AUTO),
                       hashes.SHA256())
        return True
    except InvalidSignature:
        return False


def signed(file, keys, role, kind):
    """What a file says, once enough of the role's keys have signed it."""
    whole = json.loads(file)
    require("a file is in canonical form", canonical(whole) == file)
    message = canonical(whole["signed"])
    names = [each["keyid"] for each in whole["signatures"]]
    require("no key signs twice", len(names) == len(set(names)))
    for name in role["keyids"]:
        require("a key is called after its text", key_id(keys[name]["keyval"]["public"]) == name)
    good = [each for each in whole["signatures"] if each["keyid"] in role["keyids"]
            and each["method"] in ("ed25519", "rsassa-pss", "rsassa-pss-sha256")
            and is_signed(keys[each["keyid"]], message, base64.b64decode(each["sig"]))]
    require(f"{kind} is signed", len(good) >= role["threshold"] >= 1)
    require(f"{kind} says what it is", whole["signed"]["_type"] == kind)
    require(f"{kind} has not expired",
            time.strptime(whole["signed"]["expires"], "%Y-%m-%dT%H:%M:%SZ") > time.gmtime())
    return whole["signed"]


def require_listed(snapshot, role, file, said):
    """Snapshot says which file is a role's, by its version, length and hash."""
    listed = snapshot["meta"][role + ".json"]
    require("Snapshot says which " + role, listed["version"] == said["version"] and listed["length"] == len(file)
            and listed["hashes"]["sha256"] == hashlib.sha256(file).hexdigest())


class Device:
    def __init__(self, folder):
        with open(os.path.join(folder, "sota.toml"), "rb") as file:
            self.config = tomllib.load(file)
        imported = self.config["import"]
        base = imported["base_path"]
        self.tls = ssl.create_default_context(cafile=os.path.join(base, imported["tls_cacert_path"]))
        self.tls.minimum_version = ssl.TLSVersion.TLSv1_3
        self.tls.load_cert_chain(os.path.join(base, imported["tls_clientcert_path"]),
                                 os.path.join(base, imported["tls_pkey_path"]))
        self.server = urlsplit(self.config["tls"]["server"])
        self.serial = self.config["provision"]["primary_ecu_serial"]
        self.roots = {}
        for repository in ("director", "repo"):
            with open(os.path.join(base, repository, "root.json"), "rb") as file:
                own = json.loads(file.read())["signed"]
                self.roots[repository] = own
        self.keys, self.runs, self.counter = {self.serial: Rsa()}, {}, 0

    def ask(self, method, path, body=None, headers=None):
        """On a connection of its own, as such clients do."""
        connection = http.client.HTTPSConnection(self.server.hostname, self.server.port, context=self.tls, timeout=60)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def send(self, method, path, value):
        return self.ask(method, path, json.dumps(value), {"Content-Type": "application/json"})[0]

    def file(self, path):
        status, body = self.ask("GET", path)
        require(f"{path} is there", status == 200)
        return body

    def register(self, ecus):
        for serial, _ in ecus:
            self.keys.setdefault(serial, Ed25519())
            self.runs[serial] = ("unknown", b"")
        return self.send("POST", "/director/ecus", {"primary_ecu_serial": self.serial, "ecus": [
            {"ecu_serial": serial, "hardware_identifier": model, "clientKey": self.keys[serial].public}
            for serial, model in ecus]})

    def manifest(self, installation=None, counter=None):
        self.counter += 1
        reports = {}
        for serial, (name, image) in self.runs.items():
            reports[serial] = self.keys[serial].sign({
                "ecu_serial": serial, "attacks_detected": "", "previous_timeserver_time": UNKNOWN_TIME,
                "timeserver_time": UNKNOWN_TIME, "report_counter": str(counter or self.counter),
                "installed_image": {"filepath": name, "fileinfo": {
                    "length": len(image), "hashes": {"sha256": hashlib.sha256(image).hexdigest()}}}})
        said = {"primary_ecu_serial": self.serial, "ecu_version_manifests": reports}
        if installation is not None:
            said["installation_report"] = {
                "content_type": "application/vnd.com.here.otac.installationReport.v1", "report": installation}
        return self.send("PUT", "/director/manifest", self.keys[self.serial].sign(said))

    def follow(self, repository):
        """The chain of Roots ends where there is no next one."""
        while True:
            known = self.roots[repository]
            status, file = self.ask("GET", f"/{repository}/{known['version'] + 1}.root.json")
            if status != 200:
                require("and then there is nothing", status == 404)
                return
            signed(file, known["keys"], known["roles"]["root"], "Root")
            said = json.loads(file)["signed"]
            signed(file, said["keys"], said["roles"]["root"], "Root")
            require("Roots come one after the other", said["version"] == known["version"] + 1)
            self.roots[repository] = said

    def top(self, repository, role):
        root = self.roots[repository]
        file = self.file(f"/{repository}/{role}.json")
        return file, signed(file, root["keys"], root["roles"][role], role.capitalize())

    def ordered(self):
        self.follow("director")
        return self.top("director", "targets")[1]

    def listed(self, name):
        """What the Image repository says of an image, by its Targets or those that they lead to."""
        self.follow("repo")
        _, timestamp = self.top("repo", "timestamp")
        file, snapshot = self.top("repo", "snapshot")
        said = timestamp["meta"]["snapshot.json"]
        require("Timestamp says which Snapshot", said["version"] == snapshot["version"] and
                said["length"] == len(file) and all(hashlib.new(kind, file).hexdigest() == digest
                                                    for kind, digest in said["hashes"].items()))
        file, targets = self.top("repo", "targets")
        require_listed(snapshot, "targets", file, targets)
        return self.search(name, targets, snapshot, 5)

    def search(self, name, targets, snapshot, depth):
        if name in targets["targets"]:
            return targets["targets"][name]
        for role in targets.get("delegations", {}).get("roles", []):
            if depth and any(fnmatch.fnmatchcase(name, path) for path in role["paths"]):
                file = self.file(f"/repo/delegations/{quote(role['name'])}.json")
                said = signed(file, targets["delegations"]["keys"], role, "Targets")
                require_listed(snapshot, role["name"], file, said)
                found = self.search(name, said, snapshot, depth - 1)
                if found or role["terminating"]:
                    return found
        return None

    def download(self, name, target):
        """In two parts, as after a connection that broke."""
        path = "/repo/targets/" + quote(name, safe="")
        half = target["length"] // 2
        status, rest = self.ask("GET", path, headers={"Range": f"bytes={half}-"})
        require("downloads go on where they ended", status == 206)
        whole = self.file(path)
        image = whole[:half] + rest
        require("an image is what its metadata say", len(image) == target["length"] and all(
            hashlib.new(kind, image).hexdigest() == digest for kind, digest in target["hashes"].items()))
        return image

    def update(self):
        """One cycle; what it installed, by serial."""
        orders = self.ordered()
        installed = {}
        for name, order in orders["targets"].items():
            for serial, ecu in order["custom"]["ecuIdentifiers"].items():
                if hashlib.sha256(self.runs[serial][1]).hexdigest() == order["hashes"]["sha256"]:
                    continue
                listed = self.listed(name)
                require("both repositories describe an image alike",
                        listed and listed["length"] == order["length"] and listed["hashes"] == order["hashes"]
                        and ecu["hardwareId"] in listed["custom"]["hardwareIds"])
                installed[serial] = (name, self.download(name, order))
        self.runs.update(installed)
        return installed, orders.get("custom", {}).get("correlationId")


def result(correlation, success, serials):
    code = {"success": success, "code": "OK" if success else "INSTALL_FAILED", "description": "as tried"}
    return {"correlation_id": correlation, "raw_report": "", "result": code,
            "items": [{"ecu": serial, "result": code} for serial in serials]}


def main(folder, bench):
    device = Device(folder)
    state = os.path.dirname(os.path.dirname(folder))
    brake = ("BRAKE-0001", "brake-hw1")

    def release(content, name, *more):
        with open(os.path.join(folder, "image.bin"), "wb") as file:
            file.write(content)
        done = subprocess.run([*bench.split(), "release", file.name, "--raw", "--to", brake[0], "--as", name, "--state",
                               state, *more], capture_output=True, text=True, check=False)
        return done.returncode

    def control(*words):
        return subprocess.run([*bench.split(), "release", *words, "--state", state], capture_output=True, text=True,
                              check=False).returncode

    kept = [os.path.join(below, name) for below, folders, files in os.walk(state) for name in folders + files]
    check("all that the server keeps is for its user alone", len(kept) > 20 and all(
        os.stat(name).st_mode & 0o077 == 0 for name in [state, *kept]))
    check("a device registers its ECUs, one with RSA and one with Ed25519",
          device.register([(device.serial, device.config["provision"]["primary_ecu_hardware_id"]), brake]) == 200)
    for method, path, body in (("PUT", "/system_info", {"id": "root"}), ("PUT", "/core/installed", []),
                               ("PUT", "/system_info/network", {"hostname": "car"}), ("POST", "/events", [])):
        check(f"{method} {path} is taken", device.send(method, path, body) == 200)
    check("POST /system_info/config is taken", device.ask("POST", "/system_info/config", "[tls]\n", {
        "Content-Type": "application/toml"})[0] == 200)
    check("a manifest is taken though no report knows the time", device.manifest() == 200)
    check("and not once more", device.manifest(counter=device.counter) == 400)
    device.counter += 1
    check("nothing is ordered at first", device.ordered()["targets"] == {})

    check("an image is released", release(b"first" * 1000, "first.bin") == 0)
    installed, correlation = device.update()
    check("ordered, found in both repositories and downloaded in parts", list(installed) == [brake[0]] and
          installed[brake[0]][1] == b"first" * 1000)
    check("events are taken", device.send("POST", "/events", [
        {"id": "1", "deviceTime": "2026-01-01T00:00:00Z", "eventType": {"id": "EcuInstallationCompleted", "version": 0},
         "event": {"ecu": brake[0], "correlationId": correlation, "success": True}}]) == 200)
    check("the next one waits", release(b"second", "acme/brake/second.bin", "--by", "acme") == 0 and
          list(device.ordered()["targets"]) == ["first.bin"])
    check("an installation is reported", device.manifest(result(correlation, True, [brake[0]])) == 200)
    installed, correlation = device.update()
    check("then a supplier's image comes, by a pattern that crosses folders",
          list(installed.values()) == [("acme/brake/second.bin", b"second")])
    check("which is reported, too", device.manifest(result(correlation, True, [brake[0]])) == 200 and
          release(b"third", "third \u00fc.bin") == 0)
    failed = device.ordered()["custom"]["correlationId"]
    before = dict(device.runs)
    installed, _ = device.update()
    device.runs = before
    check("a name may hold any letter", list(installed.values()) == [("third \u00fc.bin", b"third")])
    check("it fails, and the device says so", device.manifest(result(failed, False, [brake[0]])) == 200)
    check("what failed is withdrawn", "third \u00fc.bin" not in device.ordered()["targets"])

    check("keys are replaced", control("--rotate", "image/root", "--rotate", "image/targets") == 0 and
          control("--rotate", "director/targets") == 0)
    check("an image is released with the new ones", release(b"fourth", "fourth.bin") == 0)
    installed, correlation = device.update()
    check("a device follows the Roots and installs it", list(installed.values()) == [("fourth.bin", b"fourth")] and
          device.roots["repo"]["version"] == 2 and device.roots["director"]["version"] == 2)
    check("and reports it", device.manifest(result(correlation, True, [brake[0]])) == 200)
    check("an image whose bytes are others is refused", release(b"fifth", "fifth.bin") == 0
          and noticed(device.update, state))
    check("a release counter is refused, as there is no place for it", release(b"x", "x.bin", "--version", "9") == 4)


main(sys.argv[1].rstrip("/"), sys.argv[2])
