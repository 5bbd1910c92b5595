//! What the linker leaves out (docs/performance.md): relocations, 14,000 fewer to store and to apply at a cold start,
//! the index by which a panic would be unwound, since a panic aborts, and a library to be looked for and loaded.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=RUSTC_LINKER");
    let target = |part: &str| env::var(format!("CARGO_CFG_TARGET_{part}")).unwrap_or_default();
    let known = ["x86_64", "aarch64"].contains(&target("ARCH").as_str());
    if known && target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
        if env::var("PROFILE").as_deref() == Ok("release") {
            println!("cargo::rustc-link-arg-bins=-Wl,--no-eh-frame-hdr");
            if env::var_os("RUSTC_LINKER").is_none() {
                unwinder_within()?;
            }
        }
    }
    Ok(())
}

/// Rust's standard library asks for `libgcc_s.so`; the linker is shown one that means the static library of the same
/// compiler. A linker that was chosen by name (as cargo-lambda chooses its own) brings what it needs.
fn unwinder_within() -> io::Result<()> {
    let directory = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&directory).join("libgcc_s.so"), "GROUP ( libgcc_eh.a libgcc.a )\n")?;
    println!("cargo::rustc-link-search=native={directory}");
    Ok(())
}
