"""The official client searches, buys, configures and releases numbers."""

import json
import sys

import requests
from twilio.rest import Client

from loopback import Loopback, refused
from simulator import Product, Simulator

CALLER = "+4790000009"


def search(client):
    countries = {country.country_code: country for country in client.available_phone_numbers.list()}
    assert {"US", "NO", "GB", "DE", "SE", "AU"} <= set(countries), countries
    assert set(client.available_phone_numbers("US").fetch().subresource_uris) == {"local", "toll_free"}
    american = client.available_phone_numbers("US")
    locals_ = american.local.list(area_code=415, sms_enabled=True, contains="415555****", limit=5)
    assert len(locals_) == 5 and all(offer.phone_number.startswith("+1415555") for offer in locals_)
    assert locals_[0].capabilities == {"voice": True, "SMS": True, "MMS": True}, locals_[0].capabilities
    assert locals_[0].address_requirements == "none" and locals_[0].region == "CA"
    assert american.local.list(in_locality="Hilo", near_lat_long="19.7,-155.1", distance=10)
    refused(20404, 404, lambda: american.mobile.list())
    refused(20404, 404, lambda: client.available_phone_numbers("ZZ").fetch())
    assert client.available_phone_numbers("GB").national.list(limit=1)
    assert not client.available_phone_numbers("NO").local.list(exclude_local_address_required=True)
    priced = client.pricing.v1.phone_numbers.countries("US").fetch()
    prices = {price["number_type"]: price for price in priced.phone_number_prices}
    assert prices["toll free"]["current_price"] == "2.15", prices
    assert len(client.pricing.v1.phone_numbers.countries.list(page_size=4)) == 6
    return locals_[0].phone_number


def addresses(client):
    oslo = client.addresses.create(
        customer_name="Example AS",
        street="Karl Johans gate  1",
        city="oslo",
        region="Oslo",
        postal_code="0154",
        iso_country="NO",
        friendly_name="Office",
    )
    assert (oslo.city, oslo.street, oslo.validated) == ("Oslo", "Karl Johans gate 1", True)
    strict = {"street": "Karl Johans gate  1", "auto_correct_address": False}
    refused(21629, 400, lambda: oslo.update(**strict))
    refused(21628, 400, lambda: oslo.update(postal_code="ABC"))
    assert oslo.update(friendly_name="Head office").friendly_name == "Head office"
    assert [found.sid for found in client.addresses.list(iso_country="NO")] == [oslo.sid]
    return oslo


def purchase(client, product, number):
    bought = client.incoming_phone_numbers.create(
        phone_number=number,
        friendly_name="acme/1",
        voice_url=f"{product.base}/in",
        voice_fallback_url=f"{product.base}/fallback",
        status_callback=f"{product.base}/status",
    )
    assert (bought.status, bought.phone_number, bought.voice_method) == ("in-use", number, "POST")
    assert bought.capabilities == {"voice": True, "sms": True, "mms": True, "fax": False}
    refused(21422, 400, lambda: client.incoming_phone_numbers.create(phone_number=number))
    refused(21421, 400, lambda: client.incoming_phone_numbers.create(phone_number="12"))
    refused(21402, 400, lambda: bought.update(voice_url="nonsense"))
    assert bought.update(status_callback="").status_callback == ""
    assert [found.sid for found in client.incoming_phone_numbers.list(friendly_name="acme/1")] == [bought.sid]
    assert client.incoming_phone_numbers.local.list(phone_number=number[:8])[0].sid == bought.sid
    free = client.incoming_phone_numbers.toll_free.create(
        phone_number=client.available_phone_numbers("US").toll_free.list(limit=1)[0].phone_number
    )
    refused(21452, 400, lambda: client.incoming_phone_numbers.create(area_code="999"))
    assert client.balance.fetch().balance == "46.70", client.balance.fetch().balance
    assert len(client.incoming_phone_numbers.list(page_size=1)) == 2
    released = client.incoming_phone_numbers(free.sid)
    assert released.delete()
    refused(20404, 404, released.delete)
    return bought


def unknown_outcome(client, simulator):
    """The connection breaks after the purchase: the number is found by the name that it was to have."""
    number = client.available_phone_numbers("GB").toll_free.list(limit=1)[0].phone_number
    fault = {"endpoint": "POST /IncomingPhoneNumbers.json", "does": "reset-after"}
    simulator.control("POST", "faults", fault)
    try:
        client.incoming_phone_numbers.create(phone_number=number, friendly_name="acme/2")
    except requests.exceptions.ConnectionError as error:
        assert "reset" in str(error), error
    else:
        raise AssertionError("the connection did not break")
    assert [found.phone_number for found in client.incoming_phone_numbers.list(friendly_name="acme/2")] == [number]
    ledger = json.loads(simulator.control("GET", "ledger"))
    assert [entry["number"] for entry in ledger if entry["name"] == "acme/2"] == [number]


def papers(client, simulator, oslo):
    norwegian = client.available_phone_numbers("NO").local.list(limit=1)[0].phone_number
    create = client.incoming_phone_numbers.create
    refused(21631, 400, lambda: create(phone_number=norwegian))
    dependent = create(phone_number=norwegian, address_sid=oslo.sid)
    assert [number.sid for number in oslo.dependent_phone_numbers.list()] == [dependent.sid]
    refused(20409, 409, oslo.delete)
    german = client.available_phone_numbers("DE").local.list(limit=1)[0].phone_number
    refused(21649, 400, lambda: create(phone_number=german))
    compliance = client.numbers.v2.regulatory_compliance
    regulation = compliance.regulations.list(iso_country="DE", number_type="local", end_user_type="business")[0]
    bundle = compliance.bundles.create(friendly_name="Ops", email="ops@example.org", regulation_sid=regulation.sid)
    assert bundle.update(status="pending-review").status == "pending-review"
    simulator.control("PUT", f"bundles/{bundle.sid}", {"status": "twilio-approved"})
    assert [found.sid for found in compliance.bundles.list(status="twilio-approved")] == [bundle.sid]
    assert bundle.fetch().status == "twilio-approved"
    refused(21615, 400, lambda: create(phone_number=german, bundle_sid=bundle.sid, address_sid=oslo.sid))
    home = client.addresses.create(
        customer_name="Example GmbH",
        street="Unter den Linden 1",
        city="Berlin",
        region="BE",
        postal_code="10117",
        iso_country="DE",
    )
    assert create(phone_number=german, bundle_sid=bundle.sid, address_sid=home.sid).bundle_sid == bundle.sid
    spare = client.addresses.create(
        customer_name="Example", street="1 Main St", city="Oakland", region="CA", postal_code="94607", iso_country="US"
    )
    assert spare.delete()


def accounts(simulator, transport, about):
    other = json.loads(simulator.control("POST", "accounts", {"kind": "trial", "balance": "12.50"}))
    by_key = Client(other["api_key"], other["api_key_secret"], other["account_sid"], http_client=transport)
    assert (by_key.balance.fetch().balance, by_key.balance.fetch().currency) == ("12.50", "USD")
    assert not by_key.incoming_phone_numbers.list()
    refused(20003, 401, by_key.api.accounts(other["account_sid"]).fetch)
    refused(20003, 401, by_key.keys.list)
    by_token = Client(other["account_sid"], other["auth_token"], http_client=transport)
    assert [key.sid for key in by_token.keys.list()] == [other["api_key"]]
    assert [account.type for account in by_token.api.accounts.list()] == ["Trial"]
    refused(20404, 404, by_token.api.accounts(about["account_sid"]).fetch)


def main(binary, descriptions):
    product = Product({"/in": "<Say>Hello</Say>"})
    with Simulator(binary) as simulator:
        about = simulator.about
        transport = Loopback(simulator.base, descriptions)
        client = Client(about["account_sid"], about["auth_token"], http_client=transport)
        number = search(client)
        bought = purchase(client, product, number)
        _, lines = simulator.call(**{"from": CALLER}, to=number)
        assert any("Hello" in line["text"] for line in lines), lines
        simulator.control("PATCH", f"numbers/{number}", {"VoiceUrl": "https://elsewhere.example.org/"})
        assert bought.fetch().voice_url == "https://elsewhere.example.org/"
        unknown_outcome(client, simulator)
        papers(client, simulator, addresses(client))
        accounts(simulator, transport, about)
        alerts = simulator.control("GET", "alerts")
        assert alerts == "[]", alerts
    print(f"estate: {len(transport.checked)} exchanges fit the OpenAPI descriptions")


main(sys.argv[1], sys.argv[2])
