//! Every parser of what comes from outside, one target each.
#![allow(
    clippy::unwrap_used,
    reason = "a test says by its line what was missing"
)]

use fuzz::{Target, attack, growth, kind, outcome};
use kernel::language::Language;

fn text(input: &[u8]) -> String {
    String::from_utf8_lossy(input).into_owned()
}

fn told<T, E: std::fmt::Debug>(answer: Result<T, E>) -> u64 {
    match answer {
        Ok(_) => 1,
        Err(error) => kind(&format!("{error:?}")),
    }
}

const SECRETS: [u8; 32] = [9; 32];

fn values(input: &[u8]) -> u64 {
    let text = text(input);
    let money = Language::ALL.map(|language| kernel::money::Money::parse(&text, language).is_ok());
    outcome((
        text.parse::<kernel::period::Period>().is_ok(),
        kernel::id::parse(&text).is_ok(),
        kernel::business_id::BusinessId::parse(&text).is_ok(),
        kernel::oid::Oid::parse(&text).is_ok(),
        money,
        text.parse::<law::Rule>().is_ok(),
        web::read_day(&text).is_ok(),
        intake::domain::parse_day(&text).is_some(),
        web::receipt::ReceiptCode::parse(&text).is_some(),
        identity::tokens::Network::parse(&text).is_some(),
    ))
}

fn identity_codes(input: &[u8]) -> u64 {
    let text = text(input);
    let code = kernel::identity_code::IdentityCode::parse(&text);
    if let Ok(code) = &code {
        // What is accepted is written as it is kept, and read again as the same.
        let again = kernel::identity_code::IdentityCode::parse(code.expose());
        assert_eq!(again.as_ref(), Ok(code));
    }
    let (line, valid) = kernel::identity_code::check_line(&text);
    assert_eq!(valid, code.is_ok());
    let temporary = kernel::temporary_identifier::TemporaryIdentifier::parse(&text);
    outcome((kind(&line), told(code), temporary.is_ok()))
}

fn secrets(input: &[u8]) -> u64 {
    let secrets = web::Secrets::of_county(SECRETS, "15");
    let text = text(input);
    let now = kernel::time::from_millis(1_773_388_800_000);
    let signed = secrets.verify("fuzz", &text);
    assert!(signed.is_none(), "nothing here was signed for this purpose");
    let opened = secrets.open("fuzz", b"", input);
    assert!(opened.is_none());
    outcome(web::token::check(&secrets, now, &text, b"").is_some())
}

fn log(input: &[u8]) -> u64 {
    let heads = access::log::OutsideHeads::parse(input, "15");
    outcome((
        told(heads),
        access::log::decode_header(input).is_some(),
        access::log::decode_body(input, 7).is_some(),
    ))
}

fn passkey(input: &[u8]) -> u64 {
    let party = passkeys::Party {
        id: "noste.example",
        origin: "https://noste.example",
    };
    // Two parts of one input, so that both can be good.
    let middle = input
        .iter()
        .position(|byte| *byte == 0xff)
        .unwrap_or(input.len() / 2);
    let (first, second) = input.split_at(middle);
    let challenge = passkeys::challenge_of(first).unwrap_or_default();
    let registered = passkeys::register(
        party,
        &challenge,
        first,
        second.get(1..).unwrap_or_default(),
    );
    outcome((
        challenge.is_empty(),
        told(registered),
        told(passkeys::PublicKey::from_bytes(second)),
    ))
}

fn clients_csv(input: &[u8]) -> u64 {
    match casework::import::read(input) {
        Ok((rows, refusals)) => {
            let first = refusals
                .first()
                .map(|refusal| kind(&format!("{refusal:?}")));
            outcome((rows.len().min(3), refusals.len().min(3), first))
        }
        Err(error) => kind(&format!("{error:?}")),
    }
}

fn figures_csv(input: &[u8]) -> u64 {
    match statistics::import::read(&text(input), "fuzz", None) {
        Ok(_) => 1,
        Err(refusals) => outcome((
            refusals.len().min(3),
            refusals.first().map(|one| kind(&format!("{one:?}"))),
        )),
    }
}

fn register_csv(input: &[u8]) -> u64 {
    let key = identity::IdentityKey::new([5; 32]);
    match identity::facts::register::read(&text(input), &key) {
        Ok(entries) => outcome(entries.len().min(3)),
        Err(bad) => outcome(bad.column),
    }
}

fn sotkanet(input: &[u8]) -> u64 {
    let text = text(input);
    outcome((
        told(opendata::sotkanet::read_csv(&text)),
        told(opendata::sotkanet::read_indicators(&text)),
        told(opendata::sotkanet::read_indicator(&text, 127)),
        told(opendata::sotkanet::read_regions(&text)),
    ))
}

fn jsonstat(input: &[u8]) -> u64 {
    told(opendata::jsonstat::Dataset::read(&text(input)))
}

fn thl(input: &[u8]) -> u64 {
    told(opendata::thl::read_dimensions(&text(input)))
}

fn plain(input: &[u8]) -> u64 {
    let text = text(input);
    let plain = opendata::plain(&text);
    assert!(
        plain.chars().count() <= text.chars().count() * 2 + 8,
        "a text does not swell"
    );
    outcome((told(opendata::Figure::read(&text)), plain.len().min(40)))
}

fn borders(input: &[u8]) -> u64 {
    told(charts::borders::Borders::read(input))
}

fn disclosure_json(input: &[u8]) -> u64 {
    told(disclosure::Table::read(&text(input)))
}

fn sealed_release(input: &[u8]) -> u64 {
    told(disclosure::Released::open(&text(input), &SECRETS))
}

fn questions_toml(input: &[u8]) -> u64 {
    told(statistics::ask::Questions::read(&text(input)))
}

fn free_text(input: &[u8]) -> u64 {
    let typed = text(input);
    let found = text::personal_data::find(&typed);
    let masked = text::personal_data::mask(&typed);
    if !found.is_empty() {
        assert_ne!(masked, typed);
    }
    let words = text::tokens::words(&typed);
    // Ranges are of the text, in order and on letters' borders.
    for word in &words {
        assert!(typed.get(word.clone()).is_some());
    }
    outcome((
        found.len().min(4),
        words.len().min(30),
        text::names::fold(&typed).len().min(5),
        text::names::question(&typed).len().min(5),
        text::sort::sort_key(&typed).len().min(30),
        text::title::title(&typed).is_some(),
    ))
}

fn contact(input: &[u8]) -> u64 {
    let typed = text(input);
    let mut parts = typed.split('\u{1}').map(str::to_owned);
    let told = door::checking::Told {
        words: parts.next().unwrap_or_default(),
        wish: parts.next(),
        way: parts.next(),
        phone: parts.next(),
        name: parts.next(),
        language: parts.next(),
        other_language: parts.next(),
        municipality: parts.next(),
        parties: parts.next(),
    };
    match door::checking::check(&told, "15") {
        Ok(_) => 1,
        Err(faults) => kind(&format!("{faults:?}")),
    }
}

fn attachment(input: &[u8]) -> u64 {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (name, content) = input.split_at(end);
    told(intake::domain::attachment::check(
        &text(name),
        content.get(1..).unwrap_or_default(),
    ))
}

const TARGETS: &[Target] = &[
    Target {
        name: "values",
        run: values,
        words: &[
            "2026-03-13",
            "13.3.2026",
            "klo 10",
            "/",
            "1 234,50",
            "€",
            "WD(7)",
            "CD(3)",
            "1.2.246.562.10",
            "10.0.0.0/8",
            "::1/128",
        ],
    },
    Target {
        name: "identity_codes",
        run: identity_codes,
        words: &[
            "131052-308T",
            "010199A900",
            "-",
            "+",
            "A",
            "Y",
            "900",
            "1.2.246.10",
        ],
    },
    Target {
        name: "secrets",
        run: secrets,
        words: &[".", "AAAA", "==", "_", "-"],
    },
    Target {
        name: "log",
        run: log,
        words: &["noste heads", "15", "\n", "\u{0}\u{0}\u{0}\u{0}"],
    },
    Target {
        name: "passkey",
        run: passkey,
        words: &[
            "webauthn.create",
            "webauthn.get",
            "\"challenge\":\"",
            "\"origin\":\"https://noste.example\"",
            "authData",
            "fmt",
            "none",
            "attStmt",
        ],
    },
    Target {
        name: "clients_csv",
        run: clients_csv,
        words: &[
            ",",
            ";",
            "\"",
            "\n",
            "client_id",
            "identity_code",
            "birth_date",
            "131052-908P",
            "1980-05-04",
            "4.5.1980",
        ],
    },
    Target {
        name: "figures_csv",
        run: figures_csv,
        words: &[
            ",",
            ";",
            "\"",
            "\n",
            "source",
            "indicator",
            "year",
            "gender",
            "2024",
            "total",
        ],
    },
    Target {
        name: "register_csv",
        run: register_csv,
        words: &[";", "\n", "social_worker", "2026-01-01", "131052-908P"],
    },
    Target {
        name: "sotkanet",
        run: sotkanet,
        words: &[
            ";",
            "\n",
            "indicator",
            "region",
            "year",
            "gender",
            "absolute.value",
            "primary.value",
            "{\"id\":",
            "\"title\":{\"fi\":\"",
            "total",
        ],
    },
    Target {
        name: "jsonstat",
        run: jsonstat,
        words: &[
            "\"dimension\":",
            "\"id\":[",
            "\"size\":[",
            "\"value\":[",
            "\"category\":{",
            "\"index\":{",
            "\"label\":{",
            "null",
            "1e3",
        ],
    },
    Target {
        name: "thl",
        run: thl,
        words: &[
            "thl.pivot.loadDimensions(",
            ");",
            "\"children\":[",
            "\"stage\":",
            "\"sid\":",
            "\"label\":{\"fi\":",
        ],
    },
    Target {
        name: "plain",
        run: plain,
        words: &[
            "<p>",
            "</p>",
            "&amp;",
            "&#228;",
            "&#x1F600;",
            "<br/>",
            "<!--",
            "-->",
            "<script>",
            "1 234,5",
            ".",
        ],
    },
    Target {
        name: "borders",
        run: borders,
        words: &[
            "\"type\":\"FeatureCollection\"",
            "\"features\":[",
            "\"coordinates\":[",
            "[25.1,62.2]",
            "\"MultiPolygon\"",
            "\"Polygon\"",
            "\"properties\":{",
            "\"kunta\":\"179\"",
            "1e308",
        ],
    },
    Target {
        name: "disclosure_json",
        run: disclosure_json,
        words: &[
            "\"threshold\":",
            "\"cells\":{",
            "\"equations\":[",
            "\"total\":",
            "\"parts\":[",
            "\"groups\":",
            "\"primary\":",
            "\"published\":",
        ],
    },
    Target {
        name: "sealed_release",
        run: sealed_release,
        words: &["{", "}", "\n", "\"seal\":\"", "\"body\":"],
    },
    Target {
        name: "questions_toml",
        run: questions_toml,
        words: &[
            "[[",
            "]]",
            " = ",
            "\"",
            "\n",
            "[",
            "]",
            "true",
            "2026-01-01",
        ],
    },
    Target {
        name: "free_text",
        run: free_text,
        words: &[
            "131052-908P",
            "040 123 4567",
            "Mäkinen",
            "matti@example.fi",
            "FI21 1234 5600 0007 85",
            "Kauppakatu 5 A 12",
            ". ",
            "\n",
        ],
    },
    Target {
        name: "contact",
        run: contact,
        words: &[
            "\u{1}",
            "phone",
            "code",
            "040 123 4567",
            "179",
            "fi",
            "sv",
            "131052-908P",
        ],
    },
    Target {
        name: "attachment",
        run: attachment,
        words: &[
            "a.pdf\n",
            "%PDF-1.7",
            "/JavaScript",
            "/OpenAction",
            "a.png\n",
            "\u{89}PNG\r\n",
            "a.jpg\n",
            "JFIF",
            "PK\u{3}\u{4}",
            "IHDR",
            "%%EOF",
        ],
    },
];

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
    let (mut executions, mut failed) = (0, Vec::new());
    // A panic is told once, here, with its input.
    std::panic::set_hook(Box::new(|_| {}));
    for target in TARGETS {
        let run = attack(target, runs, seed);
        println!(
            "figure: {}: {} executions, {} outcomes, {} panics",
            target.name,
            run.executions,
            run.outcomes,
            run.panics.len()
        );
        executions += run.executions;
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
        TARGETS.len(),
        failed.len()
    );
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn no_input_takes_time_that_grows_as_a_square() {
    if !long() {
        // Processor time on a machine that others use says something only when it is measured long.
        return;
    }
    let (mut measured, mut steep) = (0, Vec::new());
    for target in TARGETS {
        let all = growth(target, 15);
        measured += all.len();
        let worst = all
            .iter()
            .max_by(|one, other| one.long.cmp(&other.long))
            .unwrap();
        println!(
            "figure: {}: {} inputs of 16 and 128 kB, slowest {} ms for 128 kB of {:?}, {:.0} times the shorter",
            target.name,
            all.len(),
            worst.long / 1_000_000,
            worst.of,
            worst.ratio()
        );
        steep.extend(
            all.into_iter()
                .filter(fuzz::Growth::is_steep)
                .map(|one| format!("{}: {one:?}", target.name)),
        );
    }
    println!(
        "figure: growth measured on {measured} inputs, {} grow as a square",
        steep.len()
    );
    assert!(steep.is_empty(), "{}", steep.join("\n"));
}

#[test]
fn the_corpus_holds_a_folder_for_each_parser_and_no_other() {
    let mut names: Vec<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let mut own: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    own.sort_unstable();
    assert_eq!(names, own);
}
