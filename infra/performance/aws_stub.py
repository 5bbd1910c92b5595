"""DynamoDB, Secrets Manager and SQS over TLS, as far as one call needs them: canned replies, at once.

A process of its own, on a CPU of its own, so that its work is not counted as the function's.
Replies to reads come from a file, or are fetched once from a DynamoDB on this machine and then repeated.
"""

import hashlib
import json
import os
import socket
import ssl
import threading
import urllib.request
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import Process

import webhook
from certificates import Chain

SECRET = json.dumps({"accounts": {webhook.ACCOUNT: {"auth_tokens": [webhook.TOKEN]}}})
ALWAYS = {
    "secretsmanager.GetSecretValue": {"ARN": "arn:aws:secretsmanager:eu-north-1:123456789012:secret:twilio-AbCdEf",
                                      "Name": "twilio", "SecretString": SECRET},
    "AmazonSQS.SendMessage": {"MessageId": "5fea7756-0ea4-451a-a703-a558b933e274"},
    "DynamoDB_20120810.PutItem": {},
    "DynamoDB_20120810.UpdateItem": {},
}


class Replies:
    """What is answered to a target (X-Amz-Target) and a body."""

    def __init__(self, canned: dict[str, object], upstream: str | None):
        self.canned = {target: json.dumps(reply).encode() for target, reply in (ALWAYS | canned).items()}
        self.upstream, self.fetched = upstream, {}

    def find(self, target: str, headers: dict[str, str], body: bytes) -> bytes | None:
        if target in self.canned:
            return self.canned[target]
        if self.upstream is None:
            return None
        key = (target, hashlib.sha256(body).digest())
        if key not in self.fetched:
            request = urllib.request.Request(self.upstream, body, headers)
            self.fetched[key] = urllib.request.urlopen(request, timeout=5).read()
        return self.fetched[key]


def start(chain: Chain, canned: dict[str, object], upstream: str | None, cpu: int) -> tuple[Process, str]:
    """The running stub and its URL. It ends with the process that started it."""
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"https://localhost:{listener.getsockname()[1]}"
    process = Process(target=_serve, args=(listener, chain, Replies(canned, upstream), cpu), daemon=True)
    process.start()
    listener.close()
    return process, url


def _serve(listener: socket.socket, chain: Chain, replies: Replies, cpu: int) -> None:
    os.sched_setaffinity(0, {cpu})
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain.served, chain.key)
    context.set_alpn_protocols(["http/1.1"])

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body leave together

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            target = self.headers["X-Amz-Target"]
            passed = {name: self.headers[name] for name in ("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date")
                      if name in self.headers}
            reply = replies.find(target, passed, body)
            status, reply = (200, reply) if reply is not None else (400, b'{"__type":"UnknownOperationException"}')
            if status == 400:
                print(f"the stub has no reply to {target}", flush=True)
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.0")
            self.send_header("Content-Length", str(len(reply)))
            self.send_header("x-amz-crc32", str(zlib.crc32(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def process_request(self, request: socket.socket, address: object) -> None:
            request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._shake_hands, args=(request, address), daemon=True).start()

        def _shake_hands(self, request: socket.socket, address: object) -> None:
            try:
                self.process_request_thread(context.wrap_socket(request, server_side=True), address)
            except OSError:
                request.close()  # the function was ended

    server = Server(("127.0.0.1", 0), Handler, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    server.serve_forever()
