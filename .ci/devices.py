"""What the devices in Python have in common, whatever dialect they speak."""

import os


def check(what, holds):
    print(("passed: " if holds else "FAILED: ") + what, flush=True)


def require(what, holds):
    if not holds:
        raise AssertionError(what)


def noticed(cycle, state):
    """Whether a cycle ends early once the last bytes of an image on the server are others."""
    for name in os.listdir(os.path.join(state, "images")):
        with open(os.path.join(state, "images", name), "r+b") as file:
            file.seek(-1, os.SEEK_END)
            last = file.read(1)
            file.seek(-1, os.SEEK_END)
            file.write(bytes([last[0] ^ 1]))
    try:
        cycle()
        return False
    except AssertionError as refusal:
        return "what its metadata say" in str(refusal)
