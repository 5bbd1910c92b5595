//! Phone-call stories, one behaviour a file.

mod answered_at_the_first_ring;
mod caller_hangs_up_while_the_responder_listens;
mod configuration_changed_mid_call;
mod dst_night;
mod duplicated_callbacks;
mod mailbox_does_not_count;
mod nobody_answers_then_voicemail;
mod one_round_trip_a_webhook;
mod override_starts_while_the_phone_rings;
mod reordered_callbacks;
mod responder_hangs_up_during_the_whisper;
mod second_person_accepts;
mod secret_rotated_mid_call;
mod shift_hands_over_between_two_attempts;
mod table_down;
mod table_slow;
mod two_accept_at_once;
mod two_calls_at_once_to_one_person;
mod unsigned_and_forged_requests;
