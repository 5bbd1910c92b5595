//! The functions of the Itanium C++ ABI (level I) that Rust's standard library asks for, over a stack without frames.

use core::ffi::{c_int, c_void};
use std::process::abort;

/// `_URC_END_OF_STACK`
const END_OF_STACK: c_int = 5;

/// What the callers of the ABI pass around; nothing here looks into it.
type Opaque = *const c_void;

#[unsafe(no_mangle)]
extern "C" fn _Unwind_Backtrace(_at_each_frame: Opaque, _passed_on: Opaque) -> c_int {
    END_OF_STACK
}

#[unsafe(no_mangle)]
extern "C" fn _Unwind_Resume(_exception: Opaque) -> ! {
    abort()
}

// the rest is asked about a frame, of which there is none

#[unsafe(no_mangle)]
extern "C" fn _Unwind_GetIP(_frame: Opaque) -> usize {
    0
}

#[unsafe(no_mangle)]
extern "C" fn _Unwind_GetIPInfo(_frame: Opaque, _before_instruction: Opaque) -> usize {
    0
}

#[unsafe(no_mangle)]
extern "C" fn _Unwind_GetLanguageSpecificData(_frame: Opaque) -> usize {
    0
}

#[unsafe(no_mangle)]
extern "C" fn _Unwind_GetRegionStart(_frame: Opaque) -> usize {
    0
}

#[unsafe(no_mangle)]
extern "C" fn _Unwind_GetTextRelBase(_frame: Opaque) -> usize {
    0
}

#[unsafe(no_mangle)]
extern "C" fn _Unwind_GetDataRelBase(_frame: Opaque) -> usize {
    0
}

#[unsafe(no_mangle)]
extern "C" fn _Unwind_SetGR(_frame: Opaque, _register: c_int, _value: usize) {}

#[unsafe(no_mangle)]
extern "C" fn _Unwind_SetIP(_frame: Opaque, _value: usize) {}
