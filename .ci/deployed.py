"""The deployed stack, judged from outside: `sam deploy` onto ministack, then webhooks as Twilio sends them.

Everything listens on 127.0.0.1 and ends with this process, however it ends.
"""

import argparse
import atexit
import base64
import hashlib
import hmac
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as ElementTree
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

import boto3

MINISTACK = Path(sys.executable).parent / "ministack"
REGION = "eu-north-1"
STACK = "dutyline"


def main() -> int:
    arguments = parse()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    with tempfile.TemporaryDirectory(prefix="ministack-") as directory:
        port, front = free_port(), Front()
        environment = emulator_environment(port, Path(directory))
        start_ministack(environment, port, Path(directory))
        os.environ.update(environment)  # for boto3, sam and the commands below
        outputs = deploy(arguments.sam, front.url)
        front.forward_to(port, api_host())
        twilio = json.loads(subprocess.check_output([arguments.caller, "account"], timeout=60))
        boto3.client("secretsmanager").put_secret_value(
            SecretId=outputs["TwilioSecretArn"],
            SecretString=json.dumps({"accounts": {twilio["account"]: {"auth_tokens": [twilio["token"]]}}}))
        judge_functions()
        judge(front.url, twilio["account"], twilio["token"])
        call = [arguments.caller, "call", front.url, outputs["TableName"]]
        expect(subprocess.run(call, timeout=300).returncode == 0, "the call did not go as it should")
        judge_fallback(f"http://127.0.0.1:{port}", outputs["TableName"])
    print("deployed on ministack: an unsigned request is refused, a call connects, and its fallback can be read")
    return 0


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sam", type=Path, default=Path("sam"), help="the sam command")
    parser.add_argument("--caller", type=Path, required=True, help="tests/scenarios' example `deployed`")
    return parser.parse_args()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def emulator_environment(port: int, directory: Path) -> dict[str, str]:
    """Little of our own: functions inherit the emulator's environment, which a Lambda does not."""
    return {
        "PATH": os.environ["PATH"], "HOME": str(directory), "TMPDIR": str(directory),
        "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port),
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",  # what it gives to functions, too
        "AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "SAM_CLI_TELEMETRY": "0",
        "AUTH": "true",  # roles hold: what a function may not do fails
    }


def start_ministack(environment: dict[str, str], port: int, directory: Path) -> None:
    with (directory / "ministack.log").open("w") as log:
        process = subprocess.Popen([MINISTACK], env=environment, stdout=log, stderr=log,
                                   start_new_session=True)

    def end() -> None:
        # its session: the functions that it started are in it
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)

    atexit.register(end)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5).read()
            return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.2)
    sys.exit("ministack did not start:\n" + (directory / "ministack.log").read_text()[-2000:])


class Front:
    """The public URL. The emulator tells APIs apart by their host name, which need not resolve on this machine."""

    def __init__(self) -> None:
        front = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def forward(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
                request = urllib.request.Request(front.target + self.path, body, headers | {"Host": front.host},
                                                 method=self.command)
                try:
                    reply = urllib.request.urlopen(request, timeout=30)
                except urllib.error.HTTPError as refused:
                    reply = refused
                answer = reply.read()
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.headers.get("Content-Type", "application/octet-stream"))
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_POST = do_PUT = do_DELETE = forward

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def forward_to(self, port: int, host: str) -> None:
        self.target, self.host = f"http://127.0.0.1:{port}", host


def deploy(sam: Path, public_url: str) -> dict[str, str]:
    """`sam deploy`, as an administrator would; the stack's outputs."""
    boto3.client("s3").create_bucket(Bucket="artifacts", CreateBucketConfiguration={"LocationConstraint": REGION})
    command = [sam, "deploy", "--template-file", "template.yaml", "--stack-name", STACK, "--s3-bucket",
               "artifacts", "--capabilities", "CAPABILITY_IAM", "--no-confirm-changeset", "--no-progressbar",
               "--parameter-overrides", "Architecture=x86_64", f"PublicBaseUrl={public_url}"]
    deployed = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if deployed.returncode != 0:
        sys.exit(f"sam deploy failed:\n{deployed.stdout[-4000:]}\n{deployed.stderr[-4000:]}")
    stack = boto3.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def api_host() -> str:
    apis = boto3.client("apigatewayv2").get_apis()["Items"]
    return next(api["ApiEndpoint"].split("//")[1] for api in apis if api["Name"] == STACK)


def judge_functions() -> None:
    """What the template gives to every function."""
    functions = boto3.client("lambda").list_functions()["Functions"]
    expect(len(functions) > 0, "no function was deployed")
    for function in functions:
        given = function.get("Environment", {}).get("Variables", {})
        expect("RES_OPTIONS" in given, f"{function['FunctionName']} is not told how long to wait for a name server")


def judge(url: str, account: str, token: str) -> None:
    """What must hold of the deployed routes."""
    path, line = "/voice/incoming", "+14155550142"  # no line has this number
    fields = {"AccountSid": account, "ApiVersion": "2010-04-01", "CallSid": "CA" + "1" * 32, "CallStatus": "ringing",
              "Called": line, "Caller": "+14155550100", "Direction": "inbound", "From": "+14155550100", "To": line}
    good = signature(url + path, fields, token)
    status, _ = post(url + path, fields, None)
    expect(status == 403, f"an unsigned request got {status}")
    status, _ = post(url + path, fields | {"To": "+14155550199"}, good)
    expect(status == 403, f"a request changed after signing got {status}")
    status, _ = post(url + path, fields, signature(url + path, fields, "0" * 32))
    expect(status == 403, f"a request signed with another token got {status}")
    status, answer = post(url + path, fields, good)
    expect(status == 200, f"a signed request got {status}: {answer[:500]}")
    expect(ElementTree.fromstring(answer).tag == "Response", f"not TwiML: {answer[:500]}")
    status, _ = post(url + "/voice/nowhere", fields, good)
    expect(status == 404, f"a route that is not in the template got {status}")


def judge_fallback(s3: str, table: str) -> None:
    """What must hold of the documents for when the voice function is gone. The line was saved for the call."""
    def physical(name: str) -> str:
        stack = boto3.client("cloudformation").describe_stack_resource(StackName=STACK, LogicalResourceId=name)
        return stack["StackResourceDetail"]["PhysicalResourceId"]

    run = boto3.client("lambda").invoke(FunctionName=physical("FallbackFunction"), Payload=b"{}")
    expect("FunctionError" not in run, f"the fallback function failed: {run['Payload'].read()[:500]}", "fallback")
    lines = boto3.client("dynamodb").query(
        TableName=table, KeyConditionExpression="pk = :lines", ExpressionAttributeValues={":lines": {"S": "lines"}})
    document = f"{s3}/{physical('FallbackDocuments')}/{lines['Items'][0]['fallback']['S']}/call.xml"
    # as Twilio asks for it: without a credential
    with urllib.request.urlopen(f"{document}?CallSid=CA1&ErrorCode=11200", timeout=30) as reply:
        kind, call = reply.headers["Content-Type"], reply.read().decode()
    expect(kind == "text/xml; charset=utf-8", f"the fallback is {kind}", "fallback")
    dialled = [number.text for number in ElementTree.fromstring(call).iter("Number")]
    expect(len(dialled) > 0, f"the fallback rings nobody: {call[:500]}", "fallback")


def signature(url: str, fields: dict[str, str], token: str) -> str:
    text = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def post(url: str, fields: dict[str, str], signed: str | None) -> tuple[int, str]:
    headers = {"X-Twilio-Signature": signed} if signed else {}
    request = urllib.request.Request(url, urlencode(fields).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def expect(holds: bool, otherwise: str, function: str = "voice") -> None:
    if not holds:
        functions = boto3.client("logs").filter_log_events(logGroupName=f"/dutyline/{STACK}/{function}")["events"]
        sys.exit("\n".join([otherwise, *(event["message"] for event in functions[-20:])]))


if __name__ == "__main__":
    sys.exit(main())
