//! Says what to do when the font is not there yet.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=vendor");
    println!("cargo::rerun-if-changed=src");
    if !Path::new("vendor/Inter_600SemiBold.ttf").exists() {
        println!(
            "cargo::error=print/vendor/ is missing: run `make build`, or `print/vendor.sh`, which fetches the font \
             by its lock file (needs npm)"
        );
    }
}
