//! Who answers now, and why: schedules, escalation policies, lines and the hunt for a human. No I/O, no async, no clock.
