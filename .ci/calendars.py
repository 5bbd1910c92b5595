"""Reads a calendar feed with PyPI's icalendar, and says what a strict reader would complain of."""

import sys
from datetime import timedelta, timezone
from pathlib import Path

from icalendar import Calendar

SUMMARIES = {"ada, Grace, «Amazing»; 日本 Hopper\\Murray 🙂 of the Navy, who is on call as well as anybody else", "bo"}


def main() -> int:
    raw = Path(sys.argv[1]).read_bytes()
    wrong = [*lines(raw), *calendar(raw)]
    print("\n".join(wrong) if wrong else "the calendar is read as it was meant")
    return 1 if wrong else 0


def lines(raw: bytes):
    if not raw.endswith(b"\r\n"):
        yield "the last line has no end"
    if raw.replace(b"\r\n", b"").count(b"\n"):
        yield "a line ends without a carriage return"
    folded = 0
    for line in raw.split(b"\r\n"):
        line.decode()
        folded += line.startswith(b" ")
        if len(line) > 75:
            yield f"{len(line)} bytes in one line: {line!r}"
    if not folded:
        yield "no line is folded: the fixture does not show that"


def calendar(raw: bytes):
    calendars = Calendar.from_ical(raw, multiple=True)
    if len(calendars) != 1:
        yield f"{len(calendars)} calendars"
    found = calendars[0]
    for component in found.walk():
        yield from (f"{component.name}: {error}" for error in component.errors)
    # the parser leaves the text of properties as it is that RFC 5545 does not know
    names = ("VERSION", "CALSCALE", "NAME", "X-WR-CALNAME")
    texts = {name: str(found.get(name, "")).replace("\\;", ";").replace("\\,", ",") for name in names}
    if list(texts.values()) != ["2.0", "GREGORIAN", *["On call: Weeks; day, night"] * 2]:
        yield f"the calendar has {texts}"
    if found["REFRESH-INTERVAL"].dt != timedelta(hours=1):
        yield f"REFRESH-INTERVAL is {found['REFRESH-INTERVAL'].dt!r}"
    if not found.get("PRODID"):
        yield "no PRODID"
    events = found.walk("VEVENT")
    if len({str(event["UID"]) for event in events}) != len(events) or len(events) < 4:
        yield f"the UIDs of {len(events)} events"
    if {str(event["SUMMARY"]) for event in events} != SUMMARIES:
        yield f"summaries: {[str(event['SUMMARY']) for event in events]}"
    ends = None
    for event in events:
        start, end, stamp = (event[name].dt for name in ("DTSTART", "DTEND", "DTSTAMP"))
        if not all(at.tzinfo is not None and at.utcoffset() == timedelta(0) for at in (start, end, stamp)):
            yield f"{event['UID']} is not in UTC"
        if not start < end:
            yield f"{event['UID']} ends before it begins"
        if ends is not None and start.astimezone(timezone.utc) != ends:
            yield f"{event['UID']} does not begin when the one before ends"
        ends = end
    if Calendar.from_ical(found.to_ical()) != found:
        yield "written again, it is another calendar"


if __name__ == "__main__":
    sys.exit(main())
