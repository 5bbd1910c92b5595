//! A strict pretend Twilio. It shares no code with the product.
