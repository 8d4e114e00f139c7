//! Marks what screening finds in the lines of the standard input: `cargo run -p text --example screen < FILE`.

use std::io::BufRead;

use text::screening::{Screener, Weight};
use text::search::Analysers;

fn main() -> std::io::Result<()> {
    let screener = Screener::new(Analysers::open());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut marked = line.clone();
        for finding in screener.find(&line).iter().rev() {
            let sign = if finding.weight == Weight::Certain {
                '!'
            } else {
                '?'
            };
            marked.insert(finding.range.end, '}');
            marked.insert_str(
                finding.range.start,
                &format!("{{{}{sign}", finding.kind.word()),
            );
        }
        println!("{marked}");
    }
    Ok(())
}
