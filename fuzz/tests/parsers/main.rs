//! Every parser of what comes from outside, one target each.
#![allow(
    clippy::unwrap_used,
    reason = "a test says by its line what was missing"
)]

mod counted;
mod files;
mod growth;
mod sealed;
mod small;
mod tables;

use fuzz::{Target, attack, kind};
use kernel::chance::Chance;

/// Every parser.
fn targets() -> Vec<Target> {
    [
        small::TARGETS,
        files::TARGETS,
        tables::TARGETS,
        sealed::TARGETS,
    ]
    .concat()
}

fn text(input: &[u8]) -> String {
    String::from_utf8_lossy(input).into_owned()
}

fn told<T, E: std::fmt::Debug>(answer: Result<T, E>) -> u64 {
    match answer {
        Ok(_) => 1,
        Err(error) => kind(&format!("{error:?}")),
    }
}

fn pick<'a, T: ?Sized>(chance: &dyn Chance, from: &[&'a T]) -> &'a T {
    from[chance.below(from.len() as u64) as usize]
}

/// A front, a unit again and again up to so many bytes, and an end.
fn repeated(length: usize, front: &str, unit: &str, end: &str) -> Vec<u8> {
    let times = length.saturating_sub(front.len() + end.len()) / unit.len();
    format!("{front}{}{end}", unit.repeat(times)).into_bytes()
}

/// The same with units that differ by their number.
fn numbered(length: usize, front: &str, unit: impl Fn(usize) -> String, end: &str) -> Vec<u8> {
    let mut out = front.to_owned();
    let mut number = 0;
    while out.len() + end.len() < length {
        if number > 0 && !end.is_empty() {
            out.push(',');
        }
        out.push_str(&unit(number));
        number += 1;
    }
    out.push_str(end);
    out.into_bytes()
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|value| value.parse().ok())
        .unwrap_or(usual)
}

fn long() -> bool {
    std::env::var_os("NOSTE_PROOF").is_some()
}

#[test]
fn no_input_makes_a_parser_panic() {
    let runs = number("NOSTE_FUZZ_RUNS", if long() { 500_000 } else { 4_000 });
    let seed = number("NOSTE_FUZZ_SEED", 15);
    let (mut executions, mut failed, mut shallow) = (0, Vec::new(), Vec::new());
    let targets = targets();
    println!("| parser | executions | outcomes | panics |\n| --- | --- | --- | --- |");
    // A panic is told once, here, with its input.
    std::panic::set_hook(Box::new(|_| {}));
    for target in &targets {
        let run = attack(target, runs, seed);
        println!(
            "| `{}` | {} | {} | {} |",
            target.name,
            run.executions,
            run.outcomes,
            run.panics.len()
        );
        executions += run.executions;
        if run.outcomes < LEAST_OUTCOMES {
            shallow.push(format!("{}: {}", target.name, run.outcomes));
        }
        for input in run.panics.iter().take(1) {
            failed.push(format!(
                "{}: {:?}",
                target.name,
                String::from_utf8_lossy(input)
            ));
        }
    }
    drop(std::panic::take_hook());
    println!(
        "figure: {} parsers, {executions} executions (seed {seed}), {} parsers panicked",
        targets.len(),
        failed.len()
    );
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(
        shallow.is_empty(),
        "refused at the first check whatever comes: {}",
        shallow.join(", ")
    );
}

/// A parser of which fewer outcomes are seen was not reached behind its first check.
const LEAST_OUTCOMES: usize = 6;

#[test]
fn the_corpus_holds_a_folder_for_each_parser_and_no_other() {
    let mut names: Vec<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let targets = targets();
    // The configuration of the program is read by a test of `app`, which no room may use.
    let mut own: Vec<&str> = targets.iter().map(|target| target.name).collect();
    own.push("config_toml");
    own.sort_unstable();
    assert_eq!(names, own);
}
