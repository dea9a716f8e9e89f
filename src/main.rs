//! Arguments in, exit status out, nothing else.

use std::process::ExitCode;

/// A build allocates from all cores at once; this allocator takes about a tenth off it (`benches/compare`). Without huge
/// pages (`no_thp`): with them a build held half as much memory again, all of which the system had to clear first.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    threadmark::cli::run()
}
