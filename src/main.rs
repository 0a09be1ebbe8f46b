//! The `fixpath` binary: hands the command line to the library and its exit code to the system.

use std::process::ExitCode;

fn main() -> ExitCode {
    fixpath::cli::main(std::env::args_os())
}
