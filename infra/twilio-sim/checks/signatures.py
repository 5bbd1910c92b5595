"""Every webhook of a call with all kinds of them is valid to the official library."""

import sys
import urllib.parse

from twilio.request_validator import RequestValidator

from simulator import Product, Simulator

LINE, CALLER, ANNA = "+4721000000", "+4790000009", "+4791000001"


def main(binary):
    events = "initiated ringing answered completed"
    product = Product(
        {
            "/in": '<Gather numDigits="1" action="/menu?team=a%20b&amp;c=d"><Say>Press 1</Say></Gather>',
            "/menu": '<Redirect method="GET">/got?x=1</Redirect>',
            "/got": '<Dial action="/dialled"><Number url="/screen" statusCallback="/child"'
            f' statusCallbackEvent="{events}">{ANNA}</Number></Dial>',
            "/screen": "<Say>A call</Say>",
            "/dialled": '<Record action="/recorded" recordingStatusCallback="/ready"'
            ' transcribe="true" transcribeCallback="/text"/>',
            "/recorded": "<Say>Thank you – blåbærsyltetøy</Say>",
        }
    )
    with Simulator(binary) as simulator:
        number = {"voice_url": f"{product.base}/in", "status_callback": f"{product.base}/status"}
        simulator.control("PUT", f"numbers/{LINE}", number)
        phone = [{"does": "answers", "after": 3, "talks_for": 20}]
        simulator.control("PUT", f"phones/{ANNA}", phone)
        for caller in (CALLER, "anonymous", "+15005550100"):
            press = [{"keys": "1"}]
            says = "Things are broken, æøå & more"
            simulator.call(**{"from": caller}, to=LINE, press=press, says=says)
        simulator.control("GET", "journal")
        validator = RequestValidator(simulator.about["auth_token"])
        assert simulator.control("GET", "alerts") == "[]", simulator.control("GET", "alerts")
    wrong = RequestValidator("another-token")
    paths = set()
    for method, path, headers, body in product.requests:
        headers = {name.lower(): value for name, value in headers.items()}
        form = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
        signature = headers["x-twilio-signature"]
        url = product.base + path
        assert validator.validate(url, form, signature), f"{method} {url}"
        assert not wrong.validate(url, form, signature), f"{method} {url}"
        paths.add(urllib.parse.urlsplit(path).path)
    expected = {"/in", "/menu", "/got", "/screen", "/child", "/dialled", "/recorded", "/status"}
    assert expected <= paths, expected - paths
    print(f"signatures: {len(product.requests)} webhooks valid, on {len(paths)} paths")


main(sys.argv[1])
