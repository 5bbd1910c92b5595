//! What an executable asks of C's libraries and does not need, in Rust: it then starts without loading them. For a
//! function, `use bare as _` in its `main.rs` is all. A library that is not looked for, mapped and bound is worth a quarter of a
//! millisecond each time a function starts (docs/performance.md).
//!
//! - **`libgcc_s`**, which unwinds the stack of a panic. A release build aborts instead and has no index to unwind by, so
//!   that there is nothing to be found: here is an unwinder that says so. A panic is reported as ever, without a backtrace.
//!   The code that would have given names to a backtrace's addresses is not linked any more.
//! - **`libm`**, of which the AWS SDK needs `pow`, for a kind of retries that nobody has asked for.
//! - Of `libc`, **`pthread_getattr_np`** alone, of which Rust learns at the start where its stack ends, so as to say "stack
//!   overflow" should a fault ever be one. The C library reads a list of all the process has mapped for that, which is worth
//!   another quarter. Here it does not know: an overflow ends the process by the signal that any other fault ends it by.
//!
//! Where a panic unwinds, as in tests and on the laptop, this crate is empty.
#![cfg(panic = "abort")]
#![allow(unsafe_code, reason = "a symbol that is exported under its own name takes the place of another library's")]

mod math;
mod stack;
mod unwinder;
