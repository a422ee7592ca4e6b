"""What python-can and a few sockets do to the bus of `bench ecu --socketcand`: PORT. Says what held, a line each."""

import json
import socket
import sys
import time

import can

HOST, PORT = "127.0.0.1", int(sys.argv[1])
REQUEST, RESPONSE = 0x602, 0x603
PATIENCE = 20


def check(what, holds):
    print(("passed: " if holds else "FAILED: ") + what)


def client():
    return can.interface.Bus(interface="socketcand", host=HOST, port=PORT, channel="body")


def message(identifier, data, extended=False):
    return can.Message(arbitration_id=identifier, data=data, is_extended_id=extended)


def receive(bus, identifier):
    """The next frame with that identifier, or None."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        frame = bus.recv(0.5)
        if frame is not None and frame.arbitration_id == identifier:
            return frame
    return None


def ask(bus, request):
    """One UDS request in a single frame of ISO-TP; its answer in one or several."""
    bus.send(message(REQUEST, bytes([len(request)]) + request))
    while True:
        answer = bytes()
        first = receive(bus, RESPONSE)
        if first is None:
            return answer
        if first.data[0] >> 4 == 0:
            answer = bytes(first.data[1 : 1 + first.data[0]])
        else:
            length = (first.data[0] & 0xF) << 8 | first.data[1]
            answer = bytes(first.data[2:])
            number = 1
            while len(answer) < length:
                if number % 8 == 1:
                    bus.send(message(REQUEST, bytes([0x30, 8, 0])))  # go on with eight frames
                frame = receive(bus, RESPONSE)
                if frame is None or frame.data[0] != 0x20 | number & 0xF:
                    return answer
                answer += bytes(frame.data[1:])
                number += 1
            answer = answer[:length]
        if answer[:1] != b"\x7f" or answer[2:3] != b"\x78":  # 78: it will answer later
            return answer


def opened():
    """A socket in raw mode, which is not python-can's."""
    raw = socket.create_connection((HOST, PORT))
    raw.settimeout(PATIENCE)
    raw.sendall(b"< open body >< rawmode >")
    said = b""
    while not said.endswith(b"< ok >< ok >"):
        said += raw.recv(100)
    return raw


def dropped(raw, words):
    """Whether the server ends the connection while that is said again and again."""
    end = time.monotonic() + 2 * PATIENCE
    try:
        while time.monotonic() < end:
            raw.sendall(words)
    except ConnectionError:
        return True
    except TimeoutError:  # it is not read, and nobody is told
        return False
    return False


one, two = client(), client()
check("the ECU answers Tester Present", ask(one, b"\x3e\x00") == b"\x7e\x00")
check("another client sees the request", (seen := receive(two, REQUEST)) is not None and bytes(seen.data[:3]) == b"\x02\x3e\x00")
check("and the answer", (seen := receive(two, RESPONSE)) is not None and bytes(seen.data[:3]) == b"\x02\x7e\x00")
check("with the time of day", seen is not None and abs(seen.timestamp - time.time()) < 60)

report = ask(one, b"\x22\xf1\xa0")
check("a data identifier of many frames is read", report[:3] == b"\x62\xf1\xa0" and len(report) > 100)
check("it is the ECU's signed report", json.loads(report[3:])["signed"]["ecu_serial"] != "")
check("what the ECU does not know it refuses", ask(one, b"\x22\x00\x00") == b"\x7f\x22\x31")

one.send(message(0x123, b"\xde\xad\xbe\xef"))
check("an injected frame reaches the other client", (seen := receive(two, 0x123)) is not None and bytes(seen.data) == b"\xde\xad\xbe\xef")
two.send(message(0x18DA00F1, b"\x01", extended=True))
check("in both directions, with 29 bits", (seen := receive(one, 0x18DA00F1)) is not None and bytes(seen.data) == b"\x01")

check("who floods the bus is dropped", dropped(opened(), b"< send 000 8 0 1 2 3 4 5 6 7 >" * 1000))
check("and the bus goes on", ask(one, b"\x3e\x00") == b"\x7e\x00")
check("who does not read is dropped", dropped(opened(), b"< echo >" * 1000))
check("and the bus goes on", ask(one, b"\x3e\x00") == b"\x7e\x00")
check("who talks nonsense is dropped", dropped(opened(), b"GET / HTTP/1.1\r\n\r\n"))
check("and the bus goes on", ask(one, b"\x3e\x00") == b"\x7e\x00")

one.shutdown()
two.shutdown()
