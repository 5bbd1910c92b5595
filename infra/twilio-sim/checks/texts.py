"""The official client sends texts; their receipts are signed, and so are texts that come in."""

import json
import sys
import time
import urllib.parse

from twilio.request_validator import RequestValidator
from twilio.rest import Client
from twilio.twiml.messaging_response import MessagingResponse

from loopback import Loopback, refused
from simulator import Product, Simulator

LINE, ANNA, BERIT, CARL = "+4721000000", "+4791000001", "+4791000002", "+4791000003"


def settled(message):
    """The message once nothing more happens to it."""
    for _ in range(200):
        message = message.fetch()
        if message.status in {"delivered", "undelivered", "failed"}:
            return message
        time.sleep(0.02)
    raise AssertionError(message.status)


def reads(simulator, phone, wanted):
    """A text that says what is wanted, once it has come."""
    for _ in range(200):
        texts = [text["body"] for text in json.loads(simulator.control("GET", f"phones/{phone}/texts"))]
        if any(wanted in text for text in texts):
            return
        time.sleep(0.02)
    raise AssertionError(texts)


def asks_and_is_answered(simulator, product, validator, client):
    """Phones text the line: the official library writes the answer, checks the webhook and lists both texts."""
    answer = MessagingResponse()
    answer.message("Yours.", to=CARL)
    product.pages["/sms"] = str(answer).split("<Response>")[1].removesuffix("</Response>")
    simulator.control("PUT", f"numbers/{LINE}", {"voice_url": f"{product.base}/in", "sms_url": f"{product.base}/sms"})
    simulator.control("POST", "texts", {"from": CARL, "to": LINE, "body": "12a æ"})
    reads(simulator, CARL, "Yours.")
    simulator.control("POST", "texts", {"from": CARL, "to": LINE, "body": "help"})
    reads(simulator, CARL, "Reply STOP")
    said = []
    for _, path, headers, body in [request for request in product.requests if request[1] == "/sms"]:
        headers = {name.lower(): value for name, value in headers.items()}
        form = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
        assert validator.validate(product.base + path, form, headers["x-twilio-signature"]), form
        said.append((form["Body"], form.get("OptOutType")))
    assert said == [("12a æ", None), ("help", "HELP")], said
    directions = {text.direction for text in client.messages.list(to=CARL)}
    assert directions == {"outbound-reply"}, directions
    assert client.messages.list(from_=CARL)[0].fetch().direction == "inbound"


def main(binary, descriptions):
    product = Product({})
    with Simulator(binary) as simulator:
        about = simulator.about
        transport = Loopback(simulator.base, descriptions)
        client = Client(about["account_sid"], about["auth_token"], http_client=transport)
        simulator.control("PUT", f"numbers/{LINE}", {"voice_url": f"{product.base}/in"})
        receipt = f"{product.base}/receipt?page=1"

        def send(to, body="Your code is 123456"):
            return client.messages.create(to=to, from_=LINE, body=body, status_callback=receipt)

        message = send(ANNA)
        assert (message.status, message.num_segments, message.price) == ("queued", "1", None)
        message = settled(message)
        assert message.status == "delivered" and message.price == "-0.068", message.price
        texts = json.loads(simulator.control("GET", f"phones/{ANNA}/texts"))
        assert [text["body"] for text in texts] == ["Your code is 123456"]

        simulator.control("PUT", f"phones/{BERIT}/texting", {"does": "undelivered", "code": 30003})
        message = settled(send(BERIT, "Ålesund is down 🔥"))
        assert (message.status, message.error_code) == ("undelivered", 30003)
        simulator.control("PUT", f"phones/{ANNA}/opt-outs/{LINE}")
        refused(21610, 400, lambda: send(ANNA))
        refused(21211, 400, lambda: send("12"))
        refused(21606, 400, lambda: client.messages.create(to=ANNA, from_=BERIT, body="Hi"))
        refused(21602, 400, lambda: send(BERIT, ""))
        refused(20404, 404, client.messages("SM" + "0" * 32).fetch)
        assert len(client.messages.list(page_size=1)) == 2
        assert [found.to for found in client.messages.list(to=BERIT)] == [BERIT]
        for _ in range(200):
            if len(product.requests) == 4:
                break
            time.sleep(0.02)
        validator = RequestValidator(about["auth_token"])
        statuses = []
        for _, path, headers, body in product.requests:
            headers = {name.lower(): value for name, value in headers.items()}
            form = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
            assert validator.validate(product.base + path, form, headers["x-twilio-signature"]), form
            statuses.append(form["MessageStatus"])
        assert sorted(statuses) == ["delivered", "sent", "sent", "undelivered"], statuses
        asks_and_is_answered(simulator, product, validator, client)
        alerts = simulator.control("GET", "alerts")
        assert alerts == "[]", alerts
    print(f"texts: {len(transport.checked)} exchanges fit the OpenAPI descriptions, {len(statuses)} receipts are valid")


main(sys.argv[1], sys.argv[2])
