"""Lambda's Runtime API for one function process: starts it, feeds it one event again and again, and measures it."""

import os
import selectors
import shlex
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from share import Share

IDLE = 0.1  # seconds between two events: a share of a core is whole again


@dataclass
class Run:
    """One process from its start to its last answer. CPU is the process's own, by the kernel's clock for it."""

    init_ms: float  # until it asked for its first event
    init_cpu_ms: float
    first_ms: float  # the first event sent until its answer read, at the share of a core
    first_cpu_ms: float
    cold_cpu_ms: float  # from the start until the first answer
    warm_ms: float  # median of the later answers
    warm_cpu_ms: float
    peak_rss_kb: float
    page_faults: float  # without reading from disk; cached beforehand
    answer: str


class Failed(Exception):
    """The function did not answer every event."""


def run(command: str, environment: dict[str, str], event: bytes, events: int, share: Share, cpu: int) -> Run:
    """Runs a shell command as a function, on one CPU, within a share of it from its first event on."""
    listener = socket.create_server(("127.0.0.1", 0))
    environment = environment | {"AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{listener.getsockname()[1]}"}
    own = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {cpu})  # inherited
    started = time.perf_counter()
    process = subprocess.Popen(shlex.split(command), env=environment, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True)
    os.sched_setaffinity(0, own)
    try:
        return _Server(listener, process.pid, started, share).feed(event, events)
    finally:
        process.kill()
        process.wait()
        listener.close()


class _Server:
    def __init__(self, listener: socket.socket, pid: int, started: float, share: Share):
        self.listener, self.pid, self.started, self.share = listener, pid, started, share
        self.selector = selectors.DefaultSelector()
        self.selector.register(listener, selectors.EVENT_READ)

    def feed(self, event: bytes, events: int) -> Run:
        next_reply = _reply("200 OK", event, {
            "Lambda-Runtime-Aws-Request-Id": "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
            "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-north-1:123456789012:function:voice",
            "Lambda-Runtime-Trace-Id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0",
            "Lambda-Runtime-Deadline-Ms": str(int(time.time() * 1000) + 15_000)})
        walls, cpus, answer, cold_cpu = [], [], b"", 0.0
        init = sent = sent_cpu = None
        while True:
            connection, head, body = self._request()
            at, cpu = time.perf_counter(), self._cpu()
            if b"/invocation/next" in head:
                if init is None:
                    init = (at - self.started, cpu)
                    self.share.take(self.pid)
                if len(walls) == events:
                    break
                time.sleep(IDLE)
                sent_cpu, sent = self._cpu(), time.perf_counter()
                connection.sendall(next_reply)
            elif head.split(b" ")[1].endswith(b"/response"):
                walls.append(at - sent)
                cpus.append(cpu - sent_cpu)
                answer, cold_cpu = (body, cpu) if len(walls) == 1 else (answer, cold_cpu)
                connection.sendall(_reply("202 Accepted", b"{}", {}))
            else:
                raise Failed(f"{head.split(b' ')[1].decode()}: {body[:500].decode(errors='replace')}")
        return Run(init[0] * 1e3, init[1] * 1e3, walls[0] * 1e3, cpus[0] * 1e3, cold_cpu * 1e3,
                   median(walls[3:]) * 1e3, median(cpus[3:]) * 1e3, self._status("VmHWM"), self._faults(),
                   answer.decode())

    def _request(self) -> tuple[socket.socket, bytes, bytes]:
        while True:
            ready = self.selector.select(timeout=20)
            if not ready:
                raise Failed("20 s without a request")
            connection = ready[0][0].fileobj
            if connection is self.listener:
                connection, _ = self.listener.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.selector.register(connection, selectors.EVENT_READ)
                continue
            if request := _read(connection):
                return connection, *request
            self.selector.unregister(connection)
            connection.close()

    def _cpu(self) -> float:
        """The process's CPU clock (Linux: the complement of its id, shifted, and the kind of clock)."""
        return time.clock_gettime((~self.pid << 3) | 2)

    def _status(self, name: str) -> int:
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(name))

    def _faults(self) -> int:
        return int(Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()[7])


def _read(connection: socket.socket) -> tuple[bytes, bytes] | None:
    """One request, by length or in chunks; nothing when the other side has closed."""
    data = b""

    def more() -> bool:
        nonlocal data
        piece = connection.recv(1 << 16)
        data += piece
        return bool(piece)

    while b"\r\n\r\n" not in data:
        if not more():
            return None
    head, _, data = data.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:])
    if b"chunked" in fields.get(b"transfer-encoding", b""):
        body = b""
        while True:
            while b"\r\n" not in data and more():
                pass
            size, _, data = data.partition(b"\r\n")
            while len(data) < int(size, 16) + 2 and more():
                pass
            body, data = body + data[:int(size, 16)], data[int(size, 16) + 2:]
            if int(size, 16) == 0:
                return head, body
    while len(data) < int(fields.get(b"content-length", b"0")) and more():
        pass
    return head, data


def _reply(status: str, body: bytes, fields: dict[str, str]) -> bytes:
    fields = {"Content-Type": "application/json", "Content-Length": str(len(body))} | fields
    return f"HTTP/1.1 {status}\r\n{''.join(f'{k}: {v}' + chr(13) + chr(10) for k, v in fields.items())}\r\n".encode() + body
