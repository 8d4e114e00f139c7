//! The data dictionary as a document: docs/figures.md.

use super::{ELSEWHERE, NOT_RECORDED, QUESTIONS, definitions};
use crate::definition::{Definition, Measure, Span};

const HEAD: &str = "# Own figures: the data dictionary

Written by `features/figures` from its definitions (`NOSTE_UPDATE=1` when a definition has changed); a test compares. The questions are those a management
dashboard must answer.

How every figure is made:

- Counted in sets from ordinary records, by the municipality where the client lived on the last day of the month, age at the end of the year, and month. Never about a
  named worker, never a row of a client. Clients under non-disclosure and their households are counted for the whole county only: where municipalities are told, they stand with those
  whose municipality is not known.
- Counted after a period has closed: by quarter for the county, by year for the municipalities (in the first year of a house by quarter, while there is nothing else).
- Every table has passed disclosure control before anybody sees it, inside the house too. Usual threshold 5, sensitive figures 10 (setting `figures`). A municipality with
  fewer than ten, or than the threshold, is told with the others, and months with few become quarters. When no pattern of hidden cells protects a table, or more of its cells than a
  figure allows would be hidden, it is made coarser step by step, as the figure tells: parts with few together and half-years first, then what is finest is left out.
- Where the steps would leave nothing but the total, or not even that, every count is rounded to a multiple of twice the threshold, up or down by a secret key, so that the sums go on
  holding where the table is small enough. The page, the file and every publication say that it is rounded and by what; no count can be taken back, which the judge of disclosure control
  tells of all rounded numbers together and of earlier and later releases. No rate or share is told of rounded counts. A total under the base is not rounded but hidden.
- What was released once stands in the next run as printed already, also of figures that count the same people divided otherwise (linked with). A correction of fewer than the threshold is not told.
- Rates are worked out of released counts only. Intervals are of 95 %: exact Poisson under ten, Byar's from ten on (E. D. Rothman, K. J. Boice 1979), Wilson's for shares, Dobson's for age-standardised rates
  (A. J. Dobson et al. 1991).
- Standard population: European Standard Population 2013, adults in four bands (18-29: 14,200; 30-44: 20,500; 45-64: 26,500; 65-: 19,500). The population of the same year; when it is
  not known, of the newest year before, which the page tells.

Age-standardised rates are directly standardised, of adults whose age is known: for each band the counted for its inhabitants, weighed by the standard population. They stand beside the crude ones.
Ages of the population are not among the files of this house. A county fetches them from Statistics Finland (CC BY 4.0) with

    noste statistics fetch --source statfin --ask docs/population-by-age.toml --contact https://county.example.fi --config noste.toml

or without a network with `noste statistics import FILE`, as an answer of StatFin that somebody saved (docs/statistics.md) or as

    source;indicator;title;category;code;year;value;producer;licence
    file;population-18-29;Väestö 18-29;KUNTA;179;2025;30211;Tilastokeskus;CC BY 4.0

with the indicators `population-18-29`, `population-30-44`, `population-45-64` and `population-65-`. Until then there is no age-standardised figure, and the page says so and names the command.
";

/// The whole document.
pub fn markdown() -> String {
    let mut out = String::from(HEAD);
    out.push_str("\n## Figures\n");
    for one in definitions() {
        out.push('\n');
        out.push_str(&entry(one));
    }
    out.push_str("\n## Not recorded yet\n\n| question | code | what | because |\n| --- | --- | --- | --- |\n");
    for one in NOT_RECORDED {
        out.push_str(&format!(
            "| {} | `{}` | {} | {} |\n",
            one.question, one.code, one.title.en, one.because.en
        ));
    }
    out.push_str("\n## By question\n\n| question | answered by |\n| --- | --- |\n");
    for question in 1..=QUESTIONS {
        let counted = definitions().filter(|one| one.questions.contains(&question));
        let mut by: Vec<String> = counted.map(|one| format!("`{}`", one.code)).collect();
        let elsewhere = ELSEWHERE.iter().filter(|one| one.question == question);
        by.extend(elsewhere.map(|one| format!("the page `{}`", one.href)));
        let not_yet = NOT_RECORDED.iter().filter(|one| one.question == question);
        by.extend(not_yet.map(|one| format!("not recorded: `{}`", one.code)));
        out.push_str(&format!("| {question} | {} |\n", by.join(", ")));
    }
    out
}

fn entry(one: &Definition) -> String {
    let list = |all: &[&str]| {
        let all: Vec<String> = all.iter().map(|one| format!("`{one}`")).collect();
        if all.is_empty() {
            "none".to_owned()
        } else {
            all.join(", ")
        }
    };
    let questions: Vec<String> = one.questions.iter().map(u8::to_string).collect();
    let measure = match one.measure {
        Measure::PerHead => {
            "count, count for 1,000 inhabitants, the same age-standardised".to_owned()
        }
        Measure::Share(of) => format!("share of {} among all", list(of)),
        Measure::Count => "count".to_owned(),
    };
    let span = match one.span {
        Span::Flow => "events by month",
        Span::Stock => "how things stand at the end of each month",
        Span::Now => "how things stand at the end of the period",
    };
    let by = match (one.areas, one.ages && one.per_head()) {
        (true, true) => "municipality, age",
        (true, false) => "municipality",
        (false, _) => "county only",
    };
    let linked: Vec<&str> = definitions()
        .filter(|other| other.code != one.code && one.is_linked(other))
        .map(|other| other.code)
        .collect();
    let steps: Vec<&str> = one.coarser.merges.iter().map(|step| step.words()).collect();
    let coarser = format!(
        "while over {} % would be hidden: {}{}",
        one.coarser.most_hidden,
        steps.join(", "),
        if one.coarser.rounded {
            "; then rounding"
        } else {
            ""
        }
    );
    format!(
        "### `{}`\n\n| | |\n| --- | --- |\n| title | {} / {} / {} |\n| question | {} |\n| version | {} |\n| counts | {} |\n| leaves out | {} |\n\
         | unit | {} |\n| time | {span}; counted {} days after the period |\n| measure | {measure} |\n| parts | {} |\n| by | {by} |\n| tables | {} |\n| threshold | {} |\n| coarser | {coarser} |\n| linked with | {} |\n",
        one.code,
        one.title.fi,
        one.title.sv,
        one.title.en,
        questions.join(", "),
        one.version,
        one.counts.en,
        one.omits.en,
        one.unit.code(),
        one.lag,
        list(one.parts),
        list(one.tables),
        if one.sensitive { "sensitive" } else { "usual" },
        list(&linked),
    )
}
