//! Says what to do when the packages of the pages are not there yet.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=vendor");
    println!("cargo::rerun-if-changed=assets");
    println!("cargo::rerun-if-changed=templates");
    if !Path::new("vendor/base.css").exists() {
        println!(
            "cargo::error=foundation/web/vendor/ is missing: run `make build`, or `foundation/web/vendor.sh`, \
             which fetches the style sheets and fonts by their lock file (needs npm)"
        );
    }
}
