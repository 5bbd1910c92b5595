//! The door of every function: configuration, tracing, secrets, clock, signature gate, errors to replies.
