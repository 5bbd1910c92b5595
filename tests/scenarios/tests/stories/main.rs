//! Phone-call stories, one behaviour a file.

mod answered_at_the_first_ring;
mod mailbox_does_not_count;
mod nobody_answers_then_voicemail;
mod second_person_accepts;
