#!/usr/bin/env python3
"""How long it takes from an event to the first page, under load: for a stack that runs on this machine.

    cargo run -- --data /tmp/load --port 0          # in one terminal
    python3 infra/performance/pages.py --data /tmp/load

Makes people with services of their own through the admin API, posts events at a steady rate, of which one in eight opens
an incident and the others join one that is open, and reads from the incidents when the door took the event and when
Twilio had the first page. With --scattered eight incidents take turns, so that a batch of messages seldom says two things
of one; else all that is said of one comes at once, as tools do. Nothing leaves the machine; it ends by itself. Needs Python's standard library alone.
"""

import argparse
import concurrent.futures
import json
import pathlib
import re
import time
import urllib.request

PER_PERSON = 3  # what comes after the third within a minute is told in bundles, later by design
JOINING = 8


class Stack:
    def __init__(self, data):
        self.running = json.loads((data / "running.json").read_text())
        self.token = json.loads((data / "secrets.json").read_text())["AdminToken"]

    def ask(self, method, url, body=None, token=None, headers=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data=data, method=method)
        request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def api(self, method, path, body=None):
        return self.ask(method, f"{self.running['webhooks']}/api/v1{path}", body, self.token)

    def person(self, name, number):
        """A person with a verified phone, a policy and a service; the service's routing key."""
        rules = {"high": [{"channel": "sms", "after_minutes": 0}], "low": []}
        self.api("POST", "/people", {"id": name, "name": name, "phones": [{"number": number}], "rules": rules})
        phone = self.api("GET", f"/people/{name}")["phones"][0]["id"]
        path = f"/people/{name}/phones/{phone}/verification"
        self.api("POST", path, {"channel": "sms"})
        texts_url = f"{self.running['twilio']}/_sim/phones/{number.replace('+', '%2B')}/texts"
        for _ in range(300):
            found = re.findall(r"\b\d{6}\b", json.dumps(self.ask("GET", texts_url)))
            if found:
                break
            time.sleep(0.2)
        self.api("POST", f"{path}/confirm", {"code": found[-1]})
        steps = [{"type": "notify", "targets": [{"type": "person", "id": name}]}]
        self.api("POST", "/escalation-policies", {"id": name, "name": name, "steps": steps})
        self.api("POST", "/services", {"id": name, "name": name, "policy": name})
        return self.api("POST", f"/services/{name}/routing-keys", {"name": "load"})["secret"]

    def event(self, key, dedup_key):
        body = {"action": "trigger", "dedup_key": dedup_key, "summary": f"{dedup_key} is down", "severity": "critical"}
        self.ask("POST", f"{self.running['webhooks']}/events", body, key)


def instant(text):
    whole, _, part = text.rstrip("Z").partition(".")
    seconds = time.mktime(time.strptime(whole, "%Y-%m-%dT%H:%M:%S"))
    return seconds + float(f"0.{part or 0}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=pathlib.Path, required=True, help="the stack's data directory")
    arguments.add_argument("--rate", type=int, default=50, help="events a second")
    arguments.add_argument("--seconds", type=int, default=20)
    arguments.add_argument("--scattered", action="store_true", help="eight incidents take turns")
    arguments.add_argument("--within", type=float, help="fail unless all are paged, 99 of 100 within so many seconds")
    options = arguments.parse_args()
    stack = Stack(options.data)
    count = options.rate * options.seconds
    incidents = count // JOINING
    run = f"load{int(time.time())}"
    names = [f"{run}-{number}" for number in range(-(-incidents // PER_PERSON))]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        numbers = [f"+4793{int(time.time()) % 1000:03}{number:03}" for number in range(len(names))]
        keys = list(pool.map(stack.person, names, numbers))
    print(f"{len(names)} people, {count} events at {options.rate}/s, {incidents} incidents")
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        sent = []
        for number in range(count):
            time.sleep(max(0.0, began + number / options.rate - time.monotonic()))
            incident = number // JOINING
            if options.scattered:
                incident = min(incidents - 1, number // JOINING**2 * JOINING + number % JOINING)
            sent.append(pool.submit(stack.event, keys[incident % len(keys)], f"host {incident}"))
        for event in sent:
            event.result()
    print(f"posted in {time.monotonic() - began:.1f} s")
    time.sleep(10)
    took = []
    for name in names:
        for item in stack.api("GET", f"/incidents?service={name}")["items"]:
            details = stack.api("GET", f"/incidents/{item['id']}")["details"]
            pages = [entry["at"] for entry in details["log"] if entry["what"] == "sent"]
            if pages:
                took.append(instant(pages[0]) - instant(details["recent_events"][0]["at"]))
    took.sort()
    if not took:
        raise SystemExit("nobody was paged")
    at = lambda share: took[min(len(took) - 1, int(share * len(took)))] * 1000
    print(f"{len(took)} of {incidents} incidents paged; from event to Twilio having the first page: "
          f"p50 {at(0.5):.0f} ms, p99 {at(0.99):.0f} ms, most {took[-1] * 1000:.0f} ms")
    if options.within and (len(took) < incidents or at(0.99) > options.within * 1000):
        raise SystemExit("too few, or too late")


if __name__ == "__main__":
    main()
