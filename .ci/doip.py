"""What scapy and a few sockets do to the entity of `bench ecu --doip`: `listen`, or `talk PORT TLS-PORT CAPTURE`. Says what held, a
line each. What crossed a socket here is kept as packets in CAPTURE."""

import logging
import socket
import sys
import time

logging.getLogger("scapy.runtime").setLevel(logging.ERROR)
from scapy.contrib.automotive.doip import DoIP, UDS_DoIPSocket
from scapy.contrib.automotive.uds import UDS, UDS_RDBI, UDS_TP
from scapy.layers.inet import IP, TCP, UDP
from scapy.packet import Raw
from scapy.utils import wrpcap

HOST = "127.0.0.1"
TESTER, ENTITY = 0x0E80, 0x1001
VIN = b"WUB00000000000001"
PATIENCE = 20
DISCOVERY = 13400


def check(what, holds):
    print(("passed: " if holds else "FAILED: ") + what, flush=True)


def listen():
    """Announcements come from an entity on the loopback network to everybody on it."""
    ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    ear.bind(("", DISCOVERY))
    ear.settimeout(120)
    print("listening", flush=True)
    heard, times = [], []
    while len(heard) < 3:
        heard.append(DoIP(ear.recv(1500)))
        times.append(time.monotonic())
    ear.settimeout(2)
    try:
        heard.append(DoIP(ear.recv(1500)))
    except socket.timeout:
        pass
    check("it announces itself three times", len(heard) == 3)
    check("as what it is", all(each.payload_type == 4 and each.vin == VIN and each.logical_address == ENTITY for each in heard))
    check("half a second apart", all(0.3 < b - a < 1.5 for a, b in zip(times, times[1:])))
    print("end", flush=True)


class Recorded:
    """A plain connection to the entity; keeps what crosses it as packets of one TCP conversation."""

    def __init__(self, port, kept):
        self.socket = socket.create_connection((HOST, port), PATIENCE)
        self.socket.settimeout(PATIENCE)
        self.own, self.port, self.kept = self.socket.getsockname()[1], port, kept
        self.sent = self.got = 1

    def packet(self, there, data):
        ports = (self.own, self.port) if there else (self.port, self.own)
        numbers = (self.sent, self.got) if there else (self.got, self.sent)
        self.kept.append(IP(src=HOST, dst=HOST) / TCP(sport=ports[0], dport=ports[1], flags="PA", seq=numbers[0],
                                                     ack=numbers[1]) / Raw(data))
        if there:
            self.sent += len(data)
        else:
            self.got += len(data)

    def say(self, message):
        data = bytes(message)
        self.packet(True, data)
        self.socket.sendall(data)

    def hear(self):
        """The next message, or None where the connection has ended."""
        data = b""
        while len(data) < 8 or len(data) < 8 + int.from_bytes(data[4:8], "big"):
            wanted = 8 - len(data) if len(data) < 8 else 8 + int.from_bytes(data[4:8], "big") - len(data)
            try:
                more = self.socket.recv(wanted)
            except ConnectionError:
                more = b""
            if not more:
                return None
            data += more
        self.packet(False, data)
        return DoIP(data)


def activation(source=TESTER, kind=0):
    return DoIP(payload_type=5, source_address=source, activation_type=kind)


def diagnostic(request, target=ENTITY, source=TESTER):
    return DoIP(payload_type=0x8001, source_address=source, target_address=target) / request


def datagrams(port, kept):
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.settimeout(PATIENCE)

    def ask(request):
        udp.sendto(bytes(request), (HOST, port))
        reply = udp.recv(1500)
        own = udp.getsockname()[1]
        kept.append(IP(src=HOST, dst=HOST) / UDP(sport=own, dport=port) / Raw(bytes(request)))
        kept.append(IP(src=HOST, dst=HOST) / UDP(sport=port, dport=own) / Raw(reply))
        return DoIP(reply)

    found = ask(DoIP(payload_type=1))
    check("who looks for it finds it", found.payload_type == 4 and found.vin == VIN and found.logical_address == ENTITY)
    status = ask(DoIP(payload_type=0x4001))
    check("it tells how many testers it takes", (status.payload_type, status.node_type, status.max_open_sockets) == (0x4002, 1, 4))
    power = ask(DoIP(payload_type=0x4003))
    check("and that its power is on", (power.payload_type, power.diagnostic_power_mode) == (0x4004, 1))
    for _ in range(3000):
        udp.sendto(b"nonsense", (HOST, port))


def asked(tester, request):
    """scapy 2.5 overlooks an answer that comes together with the acknowledgement before it: then it asks again."""
    for _ in range(8):
        answer = tester.sr1(request, timeout=PATIENCE / 4, verbose=False)
        if answer is not None:
            return bytes(answer)
    return b""


def talk(port, secured, capture):
    kept = []
    datagrams(port, kept)

    tester = UDS_DoIPSocket(HOST, port, source_address=TESTER, target_address=ENTITY)
    check("scapy reads the trusted versions", b"director/root=1" in asked(tester, UDS() / UDS_RDBI(identifiers=[0xF1A3])))
    check("and is refused what is not there", asked(tester, UDS() / UDS_RDBI(identifiers=[0x1234])) == b"\x7f\x22\x31")

    second = Recorded(port, kept)
    second.say(activation())
    # scapy 2.5 answers no alive check, so its connection counts as dead and the newcomer gets its place
    reply = second.hear()
    check("a tester whose connection is dead is let in anew", reply is not None and reply.routing_activation_response == 0x10)
    tester.close()
    third = Recorded(port, kept)
    third.say(activation())
    check("a tester that is in is asked whether it is alive", second.hear().payload_type == 7)
    second.say(DoIP(payload_type=8, source_address=TESTER))
    check("and if it is nobody gets its place", third.hear().routing_activation_response == 3 and third.hear() is None)

    second.say(diagnostic(UDS() / UDS_TP()))
    check("a request is acknowledged", second.hear().payload_type == 0x8002)
    check("and answered", bytes(second.hear())[12:] == b"\x7e\x00")
    second.say(diagnostic(UDS() / UDS_TP(), target=0xE400))
    reply = second.hear()
    check("one to all ECUs is acknowledged", (reply.payload_type, reply.source_address) == (0x8002, 0xE400))
    reply = second.hear()
    check("and answered under its own address", (reply.source_address, bytes(reply)[12:]) == (ENTITY, b"\x7e\x00"))
    second.say(diagnostic(Raw(b"\x47\x01"), target=0xE400))
    check("one to all ECUs for a service that it does not have is acknowledged", second.hear().payload_type == 0x8002)
    second.say(diagnostic(UDS() / UDS_TP()))
    check("and not refused", second.hear().payload_type == 0x8002 and bytes(second.hear())[12:] == b"\x7e\x00")
    second.say(diagnostic(UDS() / UDS_TP(), target=0x1002))
    reply = second.hear()
    check("one for another ECU is not taken", (reply.payload_type, reply.nack_code) == (0x8003, 3))
    second.say(bytes.fromhex("02fd471100000000"))
    reply = second.hear()
    check("a payload type that is none is refused", (reply.payload_type, reply.nack) == (0, 1))
    second.say(diagnostic(UDS() / UDS_TP(), source=0x0E81))
    reply = second.hear()
    check("who speaks for another is dropped", (reply.payload_type, reply.nack_code) == (0x8003, 2) and second.hear() is None)

    for source, kind, code in ((0x1000, 0, 0), (TESTER, 0xE0, 6)):
        other = Recorded(port, kept)
        other.say(activation(source, kind))
        reply = other.hear()
        check("routing activation from %04x of type %02x is denied with %02x" % (source, kind, code),
              reply.routing_activation_response == code and other.hear() is None)

    start = time.monotonic()
    silent = Recorded(port, [])
    check("who says nothing is dropped after two seconds", silent.hear() is None and 1.5 < time.monotonic() - start < 10)
    start = time.monotonic()
    silent = Recorded(secured, [])
    check("and so is who begins no TLS", silent.hear() is None and 1.5 < time.monotonic() - start < 10)
    flood = [Recorded(port, []) for _ in range(100)]
    check("a flood of connections is turned away", all(each.hear() is None for each in flood))
    babbler = Recorded(port, [])
    babbler.say(b"\x16\x03\x01 this is no DoIP")
    reply = babbler.hear()
    check("who speaks something else is refused", (reply.payload_type, reply.nack) == (0, 0) and babbler.hear() is None)
    again = Recorded(port, [])
    again.say(activation(0x0E90, 0))
    activated = again.hear().routing_activation_response == 0x10
    again.say(diagnostic(UDS() / UDS_RDBI(identifiers=[0xF1A4]), source=0x0E90))
    # not by scapy's sr1, which waits for more where acknowledgement and answer come in one segment
    kinds = [again.hear().payload_type, again.hear().payload_type]
    check("and after all that it still answers", activated and kinds == [0x8002, 0x8001])
    again.socket.close()
    wrpcap(capture, kept)


if sys.argv[1] == "listen":
    listen()
else:
    talk(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
