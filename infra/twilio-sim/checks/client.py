"""What a product has asked of a running simulator fits Twilio's OpenAPI descriptions, and so do the answers.

    client.py SIMULATOR DESCRIPTIONS
"""

import collections
import json
import sys
import urllib.request

import requests
from openapi_core.contrib.requests import RequestsOpenAPIRequest, RequestsOpenAPIResponse

from loopback import described

# Identifiers that somebody typed are taken more widely than Twilio writes them today, and Twilio says that it knows none.
NAMES_NOTHING = (401, 404)


def main(base, descriptions):
    with urllib.request.urlopen(f"{base}/_sim/journal", timeout=60) as answer:
        journal = [exchange for exchange in json.load(answer) if exchange["purpose"] == "rest"]
    products = described(descriptions)
    checked = collections.Counter()
    for exchange in journal:
        if exchange["status"] in NAMES_NOTHING:
            continue
        host, api = next((host, api) for prefix, host, api in products if exchange["url"].startswith(prefix))
        request = RequestsOpenAPIRequest(asked(host, exchange))
        api.validate_request(request)
        if 200 <= (exchange["status"] or 0) < 300:
            api.validate_response(request, RequestsOpenAPIResponse(answered(exchange)))
        checked[f"{exchange['method']} {resource(exchange['url'])}"] += 1
    if not checked:
        raise SystemExit("the product has asked nothing")
    print(f"client: {sum(checked.values())} requests of the product fit the OpenAPI descriptions")
    print("  " + ", ".join(f"{what} ({times})" for what, times in checked.most_common(12)))


def resource(url):
    """The last segment that is not the name of one thing."""
    segments = [segment.removesuffix(".json") for segment in url.split("?")[0].split("/")]
    return next(segment for segment in reversed(segments) if not segment[2:].isalnum() or len(segment) < 34)


def asked(host, exchange):
    form = [tuple(pair) for pair in exchange["params"]] if exchange["method"] == "POST" else None
    # the journal does not keep who asked
    return requests.Request(exchange["method"], f"https://{host}{exchange['url']}", data=form, auth=("user", "secret"))


def answered(exchange):
    response = requests.Response()
    response.status_code = exchange["status"]
    response._content = exchange["body"].encode()
    response.headers["content-type"] = "application/json"
    return response


if __name__ == "__main__":
    main(*sys.argv[1:])
