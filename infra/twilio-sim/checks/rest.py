"""Every REST answer about calls fits Twilio's own OpenAPI description, and the official client can use it."""

import sys

from twilio.rest import Client

from loopback import Loopback, refused
from simulator import Product, Simulator

LINE, CALLER, ANNA = "+4721000000", "+4790000009", "+4791000001"


def main(binary, descriptions):
    product = Product(
        {
            "/in": '<Record action="/recorded"/>',
            "/recorded": "<Say>Thank you</Say>",
            "/page": '<Say>Alert 12</Say><Pause length="600"/>',
        }
    )
    with Simulator(binary) as simulator:
        about = simulator.about
        transport = Loopback(simulator.base, descriptions)
        client = Client(about["account_sid"], about["auth_token"], http_client=transport)
        simulator.control("PUT", f"numbers/{LINE}", {"voice_url": f"{product.base}/old"})

        assert client.api.accounts(about["account_sid"]).fetch().status == "active"
        numbers = client.incoming_phone_numbers.list(phone_number=LINE)
        assert [number.phone_number for number in numbers] == [LINE]
        number = numbers[0].update(voice_url=f"{product.base}/in", friendly_name="Ops")
        assert number.fetch().friendly_name == "Ops"
        refused(21402, 400, lambda: number.update(voice_url="nonsense"))

        for _ in range(3):
            simulator.call(**{"from": CALLER}, to=LINE, says="The database is on fire")
        assert len(client.calls.list(page_size=2)) == 3
        assert len(client.calls.list(from_=CALLER, status="completed")) == 3
        recordings = client.recordings.list()
        assert len(recordings) == 3 and recordings[0].fetch().duration is not None
        assert recordings[0].delete()
        refused(20404, 404, recordings[0].fetch)

        call = client.calls.create(
            to=ANNA,
            from_=LINE,
            url=f"{product.base}/page",
            status_callback=f"{product.base}/status",
            status_callback_event=["initiated", "ringing", "answered", "completed"],
            timeout=20,
        )
        assert call.direction == "outbound-api" and call.fetch().sid == call.sid
        refused(21201, 400, lambda: client.calls.create(to="", from_=LINE, twiml="<Response/>"))
        refused(21210, 400, lambda: client.calls.create(to=ANNA, from_=CALLER, twiml="<Response/>"))
        refused(20404, 404, client.calls("CA" + "0" * 32).fetch)
        stranger = Client(about["account_sid"], "wrong", http_client=transport)
        refused(20003, 401, stranger.calls(call.sid).fetch)
        by_key = Client(
            about["api_key"], about["api_key_secret"], about["account_sid"], http_client=transport
        )
        assert by_key.calls.list(limit=1)
        alerts = simulator.control("GET", "alerts")
        assert alerts == "[]", alerts
    print(f"rest: {len(transport.checked)} exchanges fit the OpenAPI description")


main(sys.argv[1], sys.argv[2])
