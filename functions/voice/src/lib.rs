//! Twilio's voice webhooks: the caller's call and the responder's whisper.
