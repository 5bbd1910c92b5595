"""The official client, led to the simulator; every exchange is held against Twilio's OpenAPI descriptions."""

import json
import pathlib
import urllib.parse

import requests
from openapi_core import OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest, RequestsOpenAPIResponse
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient

# path prefix, real host, description
PRODUCTS = [
    ("/2010-04-01/", "api.twilio.com", "twilio_api_v2010.json"),
    ("/v1/PhoneNumbers/", "pricing.twilio.com", "twilio_pricing_v1.json"),
    ("/v2/RegulatoryCompliance/", "numbers.twilio.com", "twilio_numbers_v2.json"),
]

# numbers by their type, strings in Twilio's own examples and answers
STRINGS = {"latitude", "longitude", "base_price", "current_price"}


def description(path):
    document = json.loads(path.read_text(encoding="utf-8"))

    def correct(node):
        if isinstance(node, dict):
            for name, value in node.items():
                if name in STRINGS and isinstance(value, dict) and value.get("type") == "number":
                    value["type"] = "string"
                correct(value)
        elif isinstance(node, list):
            for value in node:
                correct(value)

    correct(document)
    return OpenAPI.from_dict(document)


def described(folder):
    """The products: path prefix, real host, description."""
    folder = pathlib.Path(folder)
    return [(prefix, host, description(folder / file)) for prefix, host, file in PRODUCTS]


class Loopback(TwilioHttpClient):
    """The official client's transport."""

    def __init__(self, base, descriptions):
        super().__init__()
        self.base = base
        self.products = described(descriptions)
        self.checked = []
        self.session = requests.Session()
        self.session.hooks["response"].append(self.validate)

    def request(self, method, uri, *arguments, **more):
        parts = urllib.parse.urlsplit(uri)
        here = urllib.parse.urlsplit(self.base)
        return super().request(
            method, urllib.parse.urlunsplit((here.scheme, here.netloc, *parts[2:])), *arguments, **more
        )

    def validate(self, response, *_, **__):
        asked = response.request
        path = asked.url.removeprefix(self.base)
        host, api = next((host, api) for prefix, host, api in self.products if path.startswith(prefix))
        headers = {name: value for name, value in asked.headers.items() if name.lower() != "content-length"}
        real = requests.Request(asked.method, f"https://{host}{path}", headers=headers, data=asked.body)
        request = RequestsOpenAPIRequest(real)
        if response.status_code < 400:
            api.validate_request(request)
            api.validate_response(request, RequestsOpenAPIResponse(response))
        else:
            error = response.json()
            assert {"code", "message", "more_info", "status"} <= set(error), error
            assert error["status"] == response.status_code, error
        self.checked.append((asked.method, response.status_code))


def refused(code, status, ask):
    try:
        ask()
    except TwilioRestException as error:
        assert (error.code, error.status) == (code, status), error
    except TwilioException as error:
        # of a list the library gives the answer as it came
        answer = error.args[1]
        assert (json.loads(answer.text)["code"], answer.status_code) == (code, status), error
    else:
        raise AssertionError(f"not refused with {code}")
