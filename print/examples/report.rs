//! A report with one of everything and made-up figures: `cargo run -p print --example report > report.pdf`. The first
//! argument is a language (`fi`, `sv`, `en`, `easy`) or `hostile`, whose text would be markup if anything were.

#[path = "report/made.rs"]
mod made;

use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let kind = std::env::args().nth(1).unwrap_or_else(|| "fi".to_owned());
    let bytes = print::pdf(&made::report(&kind)?)?;
    std::io::stdout().write_all(&bytes)?;
    Ok(())
}
