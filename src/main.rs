//! Arguments in, exit status out, nothing else.

use std::process::ExitCode;

/// A build allocates from all cores at once; this allocator takes about a tenth off it (`benches/compare`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    threadmark::cli::run()
}
