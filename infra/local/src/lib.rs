//! Dutyline on a laptop: everything in one process on loopback.
