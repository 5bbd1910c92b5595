"""Starts the simulator's binary and a product of a few lines beside it."""

import http.server
import json
import subprocess
import threading
import urllib.parse
import urllib.request


class Product:
    """Answers TwiML by path and keeps every request."""

    def __init__(self, pages):
        self.requests = []
        product = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers.get("content-length", 0))
                product.answer(self, self.rfile.read(length).decode())

            def do_GET(self):
                product.answer(self, "")

            def log_message(self, *_):
                pass

        self.pages = pages
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, handler, body):
        self.requests.append((handler.command, handler.path, dict(handler.headers), body))
        page = self.pages.get(urllib.parse.urlsplit(handler.path).path)
        handler.send_response(200 if page is not None else 204)
        handler.send_header("content-type", "text/xml")
        text = f"<Response>{page}</Response>".encode() if page is not None else b""
        handler.send_header("content-length", str(len(text)))
        handler.end_headers()
        handler.wfile.write(text)


class Simulator:
    """The binary, as fast as the product answers."""

    def __init__(self, binary, *arguments):
        command = [binary, "--fast", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.about = json.loads(self.process.stdout.readline())
        self.base = self.about["base_url"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)

    def control(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/_sim/{path}", data, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read().decode()

    def call(self, **call):
        """Places a call and waits until it is over: its identifier and its lines."""
        sid = json.loads(self.control("POST", "calls", call))["call"]
        lines = self.control("GET", f"calls/{sid}/transcript").splitlines()
        return sid, [json.loads(line) for line in lines]
