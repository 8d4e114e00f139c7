//! No parser's work grows as a square of its input.

use fuzz::{Growth, Input, SIZES, Target, growth, inputs};

use crate::counted::asked;
use crate::{long, targets};

/// Processor time under this says nothing, nanoseconds.
const TELLING: u64 = 8_000_000;
/// Bytes asked for under this are somebody's fixed tables.
const TELLING_BYTES: u64 = 4_000_000;
/// Lengths at which memory is counted, of [`SIZES`].
const SHORT: usize = 2;

/// By bytes asked for, which are the same on every machine: a copy of what was read so far at every step is a square of them.
/// Loops that ask for nothing are seen by the time alone.
#[test]
fn no_input_is_copied_again_and_again() {
    let mut steep = Vec::new();
    for target in targets() {
        for input in inputs(&target, 15) {
            let count = |size: usize| {
                let bytes = input.of_length(size);
                asked(|| {
                    (target.run)(&bytes);
                })
            };
            let (short, longer) = (count(SIZES[0]), count(SIZES[SHORT]));
            let times = SIZES[SHORT] / SIZES[0];
            if longer > TELLING_BYTES && longer > short * (times * times) as u64 * 2 / 3 {
                steep.push(format!(
                    "{}: {}: {short} and {longer} bytes",
                    target.name,
                    input.told()
                ));
            }
        }
    }
    assert!(steep.is_empty(), "{}", steep.join("\n"));
}

#[test]
fn a_square_is_found_and_proportion_is_none() {
    let of = |work: fn(&[u8]) -> u64| {
        let input = Input::Repeated(Vec::new(), b"a".to_vec());
        Growth::of(&input, work).is_steep(0)
    };
    assert!(of(|bytes| (bytes.len() * bytes.len()) as u64));
    assert!(of(|bytes| 1_000_000 + (bytes.len() * bytes.len()) as u64));
    assert!(!of(|bytes| 10 * bytes.len() as u64));
    assert!(!of(
        |bytes| 5 + (bytes.len() * bytes.len().ilog2() as usize) as u64
    ));
}

fn row(target: &Target, all: &[Growth]) -> String {
    let worst = all
        .iter()
        .max_by_key(|one| one.work[SIZES.len() - 1])
        .expect("something was measured");
    let times: Vec<String> = worst
        .work
        .iter()
        .map(|nanos| format!("{:.1}", *nanos as f64 / 1e6))
        .collect();
    format!(
        "| `{}` | {} | {} | {} | {:.2} |",
        target.name,
        all.len(),
        worst.of.replace('|', "/"),
        times.join(" | "),
        worst.power()
    )
}

#[test]
fn no_input_takes_time_that_grows_as_a_square() {
    if !long() {
        // Processor time on a machine that others use says something only when it is measured long.
        return;
    }
    let sizes = SIZES
        .map(|size| format!("{} kB, ms", size >> 10))
        .join(" | ");
    println!("| parser | inputs | slowest | {sizes} | power |");
    println!("| --- | --- | --- |{} --- |", " --- |".repeat(SIZES.len()));
    let (mut measured, mut steep) = (0, Vec::new());
    for target in targets() {
        let all = growth(&target, 15, TELLING);
        measured += all.len();
        println!("{}", row(&target, &all));
        steep.extend(
            all.into_iter()
                .filter(|one| one.is_steep(TELLING))
                .map(|one| format!("{}: {one:?}", target.name)),
        );
    }
    println!(
        "figure: growth measured on {measured} inputs, {} grow as a square",
        steep.len()
    );
    assert!(steep.is_empty(), "{}", steep.join("\n"));
}
