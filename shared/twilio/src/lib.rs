//! Twilio's wire: TwiML, signatures, typed webhooks. Nothing on-call-shaped.
