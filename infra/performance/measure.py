#!/usr/bin/env python3
"""Measures a function's cold start: from nothing to the first answer at the CPU share of a 128 MB Lambda.

    python3 infra/performance/measure.py                          # target/release/voice; needs --dynamodb or --replies
    python3 infra/performance/measure.py --peer 'node=node ...'   # another implementation in the same rounds

Everything is on 127.0.0.1 and ends with this process. docs/performance.md says what the figures mean.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import zipfile
from dataclasses import asdict
from pathlib import Path

import aws_stub
import certificates
import runtime_api
import webhook
from share import Share

FIGURES = ["init_ms", "init_cpu_ms", "first_ms", "first_cpu_ms", "cold_cpu_ms", "warm_ms", "warm_cpu_ms",
           "peak_rss_kb", "page_faults"]
TABLE = "Table"  # what the laptop calls it


def main() -> int:
    arguments = parse()
    functions = dict(peer.split("=", 1) for peer in arguments.peer)
    if arguments.bootstrap.exists():
        functions = {"voice": str(arguments.bootstrap.resolve())} | functions
    canned = json.loads(arguments.replies.read_text()) if arguments.replies else {}
    with tempfile.TemporaryDirectory() as directory:
        chain = certificates.make(Path(directory))
        stub, url = aws_stub.start(chain, canned, arguments.dynamodb, cpu=1)
        try:
            rows = rounds(functions, environment(url, chain, arguments), arguments)
        finally:
            stub.terminate()
    sizes = size(arguments.bootstrap) if "voice" in functions else {}
    medians = {name: {f: statistics.median(getattr(r, f) for r in runs) for f in FIGURES} for name, runs in rows.items()}
    report(medians, sizes, arguments)
    return check(medians.get("voice", {}) | sizes, arguments.require)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bootstrap", type=Path, default=Path("target/release/voice"), help="the function's binary")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=COMMAND", help="measured along with it")
    parser.add_argument("--replies", type=Path, help="canned replies: a JSON object from X-Amz-Target to reply")
    parser.add_argument("--dynamodb", metavar="URL", help="ask this DynamoDB once for what has no canned reply")
    parser.add_argument("--table", default=TABLE, help=f"the table's name (default {TABLE})")
    parser.add_argument("--line", default="+4721000000", help="the number that is called")
    parser.add_argument("--rounds", type=int, default=9, help="processes started per function")
    parser.add_argument("--events", type=int, default=20, help="events per process")
    parser.add_argument("--json", type=Path, help="write every run here")
    parser.add_argument("--require", action="append", default=[], metavar="FIGURE=MOST",
                        help="fail if a figure of voice is above this")
    return parser.parse_args()


def environment(url: str, chain: certificates.Chain, arguments: argparse.Namespace) -> dict[str, str]:
    """What Lambda and template.yaml set, and where the stub is."""
    return {
        "PATH": os.environ["PATH"], "HOME": "/tmp", "LAMBDA_TASK_ROOT": "/var/task", "_HANDLER": "index.handler",
        "AWS_LAMBDA_FUNCTION_NAME": "voice", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST", "AWS_LAMBDA_LOG_GROUP_NAME": "g", "AWS_LAMBDA_LOG_STREAM_NAME": "s",
        "AWS_REGION": "eu-north-1", "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "AWS_SESSION_TOKEN": "token" * 60,
        "AWS_ENDPOINT_URL": url, "AWS_CA_BUNDLE": str(chain.root), "NODE_EXTRA_CA_CERTS": str(chain.root),
        "TABLE_NAME": arguments.table, "TWILIO_SECRET_ID": "twilio", "PUBLIC_BASE_URL": webhook.BASE_URL,
        "INCIDENT_QUEUE_URL": f"{url}/123456789012/incident-events", "LOG_LEVEL": "INFO", "CALL_LOG_DAYS": "400",
    }


def rounds(functions: dict[str, str], variables: dict[str, str], arguments: argparse.Namespace) -> dict:
    """Interleaved, so that a busy moment of this machine is everybody's; the first round only fills caches."""
    event = webhook.event(arguments.line)
    rows: dict[str, list[runtime_api.Run]] = {name: [] for name in functions}
    for number in range(arguments.rounds + 1):
        for name, command in functions.items():
            share = Share(number)
            try:
                run = runtime_api.run(command, variables, event, arguments.events, share, cpu=0)
            finally:
                share.end()
            answer = json.loads(run.answer)
            if answer.get("statusCode") != 200 or "<Response>" not in answer.get("body", ""):
                raise runtime_api.Failed(f"{name} answered {run.answer[:500]}")
            if number > 0:
                rows[name].append(run)
            elif not share.held:
                print("no CPU controller can be used here: first_ms is that of a whole core", file=sys.stderr)
            if number == 0:
                print(f"{name}: {answer['body'][:2000]}", file=sys.stderr)
    if arguments.json:
        arguments.json.write_text(json.dumps({name: [asdict(run) for run in runs] for name, runs in rows.items()}))
    return rows


def size(bootstrap: Path) -> dict[str, float]:
    """Bytes of the binary and of the archive that Lambda is given."""
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            archive.write(bootstrap, "bootstrap")
        return {"binary_bytes": bootstrap.stat().st_size, "zip_bytes": os.path.getsize(file.name)}


def report(medians: dict[str, dict[str, float]], sizes: dict[str, float], arguments: argparse.Namespace) -> None:
    print(f"medians of {arguments.rounds} processes, {arguments.events} events each")
    print("".ljust(16), *(figure.rjust(13) for figure in FIGURES))
    for name, figures in medians.items():
        print(name.ljust(16), *(f"{figures[figure]:13.2f}" for figure in FIGURES))
    for name, value in sizes.items():
        print(f"{name}: {value:,.0f}")


def check(figures: dict[str, float], required: list[str]) -> int:
    worse = [(name, figures[name], most) for name, most in (text.split("=") for text in required)
             if figures[name] > float(most)]
    for name, value, most in worse:
        print(f"{name} is {value:.2f}, more than {most}", file=sys.stderr)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
