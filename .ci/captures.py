"""Compares, frame by frame, what ./bench and others' tools make of the same captures: captures.py BENCH FOLDER."""
import glob
import random
import struct
import subprocess
import sys
from collections import Counter

import can

BENCH, WORK = sys.argv[1:]
START = 1767603600.0  # 2026-01-05T09:00:00Z
PLAIN = "UPT-FRZ-001/brake/repo=director,role=timestamp"
results = Counter()


def check(name, holds, detail=""):
    results[bool(holds)] += 1
    print(("ok      " if holds else "FAILED  ") + name + ("" if holds else ": " + str(detail)[:600]))


def run(*command, stdin=None):
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=300)
    if done.returncode:
        print(done.stdout + done.stderr, file=sys.stderr)
        raise SystemExit("%s ended with %d" % (" ".join(command), done.returncode))
    return done.stdout


def bench(source, target, *options):
    run(BENCH, "capture", source, "-o", target, *options)
    return target


def key(at, channel, identifier, kind, data=b"", length=0, switches=False, passive=False):
    return at, channel, "%X" % identifier, kind, data.hex(), length, switches, passive


def of(message):
    """A message of python-can without its time."""
    if message.is_error_frame:
        return key(None, None, 0, "error")  # some readers of python-can leave out everything else
    channel = int(str(message.channel).removeprefix("can"))
    kind = ("extended " if message.is_extended_id else "standard ") + (
        "remote" if message.is_remote_frame else "fd" if message.is_fd else "data")
    length = message.dlc if message.is_remote_frame else len(message.data)
    return key(None, channel, message.arbitration_id, kind, b"" if message.is_remote_frame else bytes(message.data),
               length, bool(message.bitrate_switch), bool(message.error_state_indicator))


def without_empty_fd(frames):
    """python-can takes a CAN FD frame without data for a remote frame when it reads ASC."""
    return [m for m in frames if not m.is_fd or (m.data and not m.is_remote_frame)]


def without_remote_length(frames):
    return [f[:5] + (0,) + f[6:] if "remote" in f[3] else f for f in frames]


def same(name, one, two, lengths=True, tolerance=2e-6):
    """Both are lists of messages; times are compared after the first."""
    if len(one) != len(two) or not one:
        check(name, False, "%d frames and %d" % (len(one), len(two)))
        return
    frames = [of(m) for m in one], [of(m) for m in two]
    if not lengths:
        frames = without_remote_length(frames[0]), without_remote_length(frames[1])
    for n, (a, b) in enumerate(zip(*frames, strict=True)):
        at = one[n].timestamp - one[0].timestamp, two[n].timestamp - two[0].timestamp
        if a != b or abs(at[0] - at[1]) > tolerance:
            check(name, False, "frame %d: %s %s, %s %s" % (n, at[0], a, at[1], b))
            return
    check("%s, %d frames" % (name, len(one)), True)


def messages(file):
    return list(can.LogReader(file))


def some(count):
    chance = random.Random(42)
    at = START
    for n in range(count):
        at = round(at + chance.randint(1, 20_000) / 1e6, 6)
        extended = chance.random() < 0.5
        common = dict(timestamp=at, channel=chance.randrange(3), is_rx=chance.random() < 0.5, is_extended_id=extended,
                      arbitration_id=chance.randrange(1 << (29 if extended else 11)))
        kind = chance.randrange(8)
        if kind == 0:
            yield can.Message(timestamp=at, channel=common["channel"], is_error_frame=True, is_extended_id=False, dlc=8,
                              data=bytes(8))
        elif kind == 1:
            yield can.Message(**common, is_remote_frame=True, dlc=chance.randrange(9))
        elif kind < 4:
            yield can.Message(**common, is_fd=True, bitrate_switch=chance.random() < 0.5,
                              error_state_indicator=chance.random() < 0.5,
                              data=chance.randbytes(chance.choice([*range(9), 12, 16, 20, 24, 32, 48, 64])))
        else:
            yield can.Message(**common, data=chance.randbytes(chance.randrange(9)))


def of_python_can():
    """What python-can writes, ./bench reads; what ./bench writes of it, python-can reads."""
    frames = list(some(3000))
    for kind in "log", "asc", "blf":
        file = "%s/python.%s" % (WORK, kind)
        with can.Logger(file) as logger:
            for frame in frames:
                logger(frame)
        theirs = messages(file)
        for other in "log", "asc", "blf":
            ours = bench(file, "%s/python-%s.%s" % (WORK, kind, other))
            read = theirs, messages(ours)
            if "asc" in (kind, other):
                read = tuple(map(without_empty_fd, read))
            same("python-can's %s as our %s, read by python-can" % (kind, other), *read,
                 lengths=(kind != "log" and other != "log"))
    bench(WORK + "/python.blf", WORK + "/again.pcapng")
    bench(WORK + "/again.pcapng", WORK + "/again.blf")
    same("python-can's blf through our pcapng", messages(WORK + "/python.blf"), messages(WORK + "/again.blf"))
    ways = [m.is_rx for m in frames if not m.is_error_frame]
    check("directions are kept", ways == [m.is_rx for m in messages(WORK + "/again.blf") if not m.is_error_frame])


def of_can_utils():
    """What can-utils writes, ./bench reads, and the other way round."""
    log = bench(WORK + "/python.blf", WORK + "/utils.log")
    theirs = messages(log)
    run("log2asc", "-I", log, "-O", WORK + "/utils.asc", "can0", "can1", "can2")
    same("log2asc's asc", theirs, messages(bench(WORK + "/utils.asc", WORK + "/from-utils.log")), lengths=False)
    bench(WORK + "/python.blf", WORK + "/ours.asc")
    run("asc2log", "-I", WORK + "/ours.asc", "-O", WORK + "/from-ours.log")
    same("our asc, read by asc2log", theirs, messages(WORK + "/from-ours.log"), lengths=False)
    same("asc2log's log", theirs, messages(bench(WORK + "/from-ours.log", WORK + "/back.log")), lengths=False)
    with open(log) as file:
        text = run("log2long", stdin=file.read())
    carried = [line.split() for line in text.splitlines() if "ERRORFRAME" in line or "[" in line]
    check("log2long shows each frame of our log", len(carried) == len(theirs), (len(carried), len(theirs)))
    wrong = [(line, m) for line, m in zip(carried, theirs) if not m.is_error_frame and not m.is_remote_frame
             and (line[2] != ("%08X" if m.is_extended_id else "%03X") % m.arbitration_id
                  or bytes.fromhex("".join(line[4:4 + len(m.data)])) != bytes(m.data))]
    check("log2long shows their identifiers and bytes", not wrong, wrong[:1])


def tshark(file, *options):
    return run("tshark", "-r", file, *options).splitlines()


def of_wireshark():
    """tshark decodes our pcapng; ./bench reads what text2pcap and editcap write."""
    theirs = messages(WORK + "/python.blf")
    fields = tshark(WORK + "/again.pcapng", "-T", "fields", "-E", "separator=;", "-e", "frame.time_epoch", "-e",
                    "can.id", "-e", "can.flags.xtd", "-e", "can.flags.rtr", "-e", "can.flags.err", "-e", "can.len", "-e",
                    "canfd.flags.brs", "-e", "canfd.flags.esi", "-e", "frame.interface_name", "-e", "data.data")
    check("tshark counts the frames of our pcapng", len(fields) == len(theirs), (len(fields), len(theirs)))
    wrong = []
    shown = 0
    for line, m in zip(fields, theirs):
        at, identifier, xtd, rtr, err, length, brs, esi, name, data = line.split(";")
        flag = lambda text: text in ("1", "True")
        seen = flag(err) or (identifier and int(identifier, 0), flag(xtd), flag(rtr), int(length), flag(brs), flag(esi), data)
        wanted = m.is_error_frame or (m.arbitration_id, m.is_extended_id, m.is_remote_frame, m.dlc if m.is_remote_frame
                                      else len(m.data), bool(m.bitrate_switch), bool(m.error_state_indicator),
                                      "" if m.is_remote_frame else m.data.hex())
        if not data and seen is not True:
            wanted = wanted[:-1] + ("",)  # somebody else's dissector has taken the bytes
        shown += bool(data)
        if seen != wanted or name != "can%d" % m.channel or abs(float(at) - m.timestamp) > 2e-6:
            wrong.append((line, m, seen, wanted))
    check("tshark sees the same identifiers, flags, bytes, times and interfaces",
          not wrong and shown > len(theirs) / 2, wrong[:1])
    run("editcap", "-F", "pcapng", WORK + "/again.pcapng", WORK + "/editcap.pcapng")
    same("editcap's pcapng", theirs, messages(bench(WORK + "/editcap.pcapng", WORK + "/editcap.blf")))
    run("editcap", "-F", "nsecpcap", WORK + "/again.pcapng", WORK + "/editcap.pcap")
    older = messages(bench(WORK + "/editcap.pcap", WORK + "/editcap-pcap.blf"))
    for m in theirs:
        m.channel = 0
    same("editcap's pcap", theirs, older)
    of_text2pcap(theirs)


def of_text2pcap(theirs):
    dump = []
    for m in theirs:
        word = 0x20000080 if m.is_error_frame else m.arbitration_id | m.is_extended_id << 31 | m.is_remote_frame << 30
        flags = 4 | m.bitrate_switch | m.error_state_indicator << 1 if m.is_fd else 0
        data = b"" if m.is_remote_frame else bytes(m.data)
        packet = struct.pack(">IBBxx", word, m.dlc if m.is_remote_frame else len(data), flags) + data
        dump.append("%.6f\n000000 %s\n" % (m.timestamp, packet.hex(" ")))
    with open(WORK + "/text.txt", "w") as file:
        file.write("".join(dump))
    run("text2pcap", "-q", "-l", "227", "-t", "%s.%f", WORK + "/text.txt", WORK + "/text.pcapng")
    ours = messages(bench(WORK + "/text.pcapng", WORK + "/text.blf"))
    same("text2pcap's pcapng", theirs, ours)


def of_a_trial():
    """A trial's frames in four formats, and what they say to a dissector of ISO-TP and UDS."""
    run(BENCH, "run", PLAIN, "--trace", "--quiet", "-o", WORK + "/run")
    history = glob.glob(WORK + "/run/history/**/*.jsonl", recursive=True)[0]
    log, asc, blf, pcapng = (bench(history, "%s/trial.%s" % (WORK, kind)) for kind in ("log", "asc", "blf", "pcapng"))
    theirs = messages(blf)
    same("a trial's asc and blf", theirs, messages(asc))
    names = {"powertrain": 0, "body": 1}
    logged = messages(log)
    for m in logged:
        m.channel = names[m.channel]
    same("a trial's log and blf", theirs, logged)
    uds = Counter(tshark(pcapng, "-d", "can.subdissector,iso15765", "-d", "iso15765.subdissector,uds", "-Y",
                         "uds && uds.reply == 0", "-T", "fields", "-e", "uds.sid"))
    services = {"0x34": "request download", "0x36": "transfer data", "0x37": "transfer exit", "0x38": "file transfer"}
    for sid, name in services.items():
        check("tshark finds '%s' in a flash" % name, uds[sid] > 0, uds)
    info = tshark(pcapng, "-d", "can.subdissector,iso15765", "-d", "iso15765.subdissector,uds", "-Y", "uds.sid == 0x34")
    check("tshark names Request Download", info and all("Request Download" in line for line in info), info[:2])


of_python_can()
of_can_utils()
of_wireshark()
of_a_trial()
print("%d passed, %d failed" % (results[True], results[False]))
sys.exit(0 if results[True] and not results[False] else 1)
