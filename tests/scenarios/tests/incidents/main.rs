//! Incidents as stories, one behaviour a file.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a story that cannot be told fails")]

mod a_malformed_message_fails_alone;
mod accepted_call_pages_nobody;
mod acknowledged_while_the_phone_is_at_the_ear;
mod answer_lost_after_it_was_sent;
mod as_many_as_a_phone_may_have;
mod calls_leave_one_a_second;
mod clock_is_set_back_during_a_wait;
mod country_is_not_allowed;
mod daily_cap_is_reached;
mod debug_pages_nobody;
mod delayed_messages_are_lost;
mod enough_events_page;
mod events_of_one_key_are_one_incident;
mod given_to_somebody_else;
mod maintenance_pages_nobody;
mod missed_call_pages_the_team;
mod over_before_it_began;
mod person_without_a_phone;
mod policy_repeats;
mod policy_resolves;
mod receipt_lost;
mod resolved_while_the_phone_rings;
mod restarted_during_a_wait;
mod severity_decides_by_which_rules;
mod silence_returns;
mod storm;
mod table_away_when_the_alert_comes;
mod the_same_message_twice;
mod twilio_broken_for_a_moment;
mod twilio_is_asked_too_much;
