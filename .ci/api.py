"""Starts a local stack on a data directory of its own and lets schemathesis ask its admin API; then looks at what the
API has asked of Twilio.

    api.py DUTYLINE SCHEMATHESIS PYTHON DESCRIPTIONS
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

# Without negative_data_rejection: requests and answers share their schemas, and two things are taken in a request that an
# answer never has in that form. What the server adds to an object (version, warnings, rebuilding) is ignored, so that what
# was read can be sent back; and a member that may be left out may be null, too. That an object is none but an object, and
# that texts end where the document says, is tested in functions/provision/tests/api (bodies, limits).
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
    "ignored_auth",
]


def main() -> int:
    dutyline, schemathesis, python, descriptions = (str(Path(argument).absolute()) for argument in sys.argv[1:])
    with tempfile.TemporaryDirectory() as directory:
        stack = subprocess.Popen([dutyline, "--port", "0", "--data", directory], stdout=subprocess.PIPE, text=True)
        try:
            while "Call one:" not in (line := stack.stdout.readline()):
                if not line:
                    print("the stack did not start", file=sys.stderr)
                    return 1
            running = json.loads((Path(directory) / "running.json").read_text())
            token = json.loads((Path(directory) / "secrets.json").read_text())["AdminToken"]
            status = ask(schemathesis, running["webhooks"], token, directory)
            client = Path(__file__).parent.parent / "infra/twilio-sim/checks/client.py"
            return subprocess.run([python, client, running["twilio"], descriptions]).returncode or status
        finally:
            stack.terminate()
            stack.wait()


def ask(schemathesis: str, url: str, token: str, directory: str) -> int:
    command = [schemathesis, "run", f"{url}/api/v1/openapi.json", "--url", url]
    command += ["--header", f"Authorization: Bearer {token}", "--checks", ",".join(CHECKS)]
    # the same requests each time; what is random belongs into a search, not into a gate
    command += ["--phases", "examples,coverage,fuzzing", "--max-examples", "15", "--seed", "20261122"]
    command += ["--generation-deterministic", "--workers", "1", "--no-color"]
    return subprocess.run(command, cwd=directory).returncode


if __name__ == "__main__":
    sys.exit(main())
