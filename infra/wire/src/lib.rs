//! A wire to a service on loopback.
