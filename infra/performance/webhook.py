"""One signed webhook, as API Gateway's HTTP API hands it to a function (payload format 2.0)."""

import base64
import hashlib
import hmac
import json
from urllib.parse import urlencode

ACCOUNT = "AC" + "0" * 32
TOKEN = "0" * 32
HOST = "abc123.execute-api.eu-north-1.amazonaws.com"
BASE_URL = f"https://{HOST}"


def form(to: str) -> dict[str, str]:
    """What Twilio sends when a call comes in (docs: Voice webhooks, "Twilio's Request to Your Application")."""
    places = {f"{who}{what}": "" for who in ("Called", "To", "Caller", "From") for what in ("City", "State", "Zip")}
    return places | {
        "AccountSid": ACCOUNT, "ApiVersion": "2010-04-01", "CallSid": "CA" + "1" * 32, "CallStatus": "ringing",
        "Called": to, "CalledCountry": "NO", "Caller": "+14155550100", "CallerCountry": "US", "Direction": "inbound",
        "From": "+14155550100", "FromCountry": "US", "To": to, "ToCountry": "NO",
    }


def signature(url: str, fields: dict[str, str], token: str) -> str:
    """X-Twilio-Signature: HMAC-SHA1 over the URL and the sorted fields."""
    text = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def event(to: str, path: str = "/voice/incoming") -> bytes:
    """The event of a call to a line."""
    fields = form(to)
    body = urlencode(fields)
    return json.dumps({
        "version": "2.0", "routeKey": f"POST {path}", "rawPath": path, "rawQueryString": "",
        "headers": {
            "accept": "*/*", "content-length": str(len(body)), "host": HOST, "user-agent": "TwilioProxy/1.1",
            "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
            "i-twilio-idempotency-token": "0d4c1a52-9d32-4a3c-b0e6-0c3a2b1d9f11",
            "x-amzn-trace-id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700", "x-forwarded-for": "192.0.2.1",
            "x-forwarded-port": "443", "x-forwarded-proto": "https",
            "x-twilio-signature": signature(BASE_URL + path, fields, TOKEN),
        },
        "requestContext": {
            "accountId": "123456789012", "apiId": "abc123", "domainName": HOST, "domainPrefix": "abc123",
            "http": {"method": "POST", "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1",
                     "userAgent": "TwilioProxy/1.1"},
            "requestId": "JKJaXmPLvHcESHA=", "routeKey": f"POST {path}", "stage": "$default",
            "time": "22/Nov/2026:04:39:25 +0000", "timeEpoch": 1795322365000,
        },
        "body": base64.b64encode(body.encode()).decode(), "isBase64Encoded": True,
    }).encode()
