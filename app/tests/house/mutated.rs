//! Mutated requests on every route of the whole house: paths, queries, headers, cookies, tokens, forms in both kinds and JSON.
//! Nothing makes a fault of ours: every answer is under 500, or tells that the house is busy. And mutated configuration files.

use std::collections::BTreeMap;

use axum::body::Body;
use kernel::chance::{Chance, SeededChance};
use web::{Route, TOKEN_FIELD};

use crate::client::encode;
use crate::county::{County, Reader};
use crate::ids::Ids;

/// What is mutated into requests: fields and values that pages of ours have.
const SEEDS: [&str; 30] = [
    "13.3.2026",
    "2026-03-13",
    "klo 10",
    "1 234,50",
    "131052-908P",
    "040 123 4567",
    "aino@example.fi",
    "fi",
    "sv,en;q=0.5",
    "018f3a2b-1c4d-7e5f-8a9b-0c1d2e3f4a5b",
    "Mäkinen",
    "Tarvitsen apua vuokran kanssa.",
    "1",
    "-1",
    "179",
    "on",
    "finish",
    "draft",
    "other",
    "home",
    "phone",
    "code",
    "self",
    "2026-01-01/2026-03-31",
    "{\"ownWords\":\"apu\",\"answerWay\":\"code\"}",
    "[]",
    "../../etc/passwd",
    "<script>",
    "ABCD-EFGH-JKMN",
    "a=b; c=\"d\"",
];

/// Names of fields as they stand in the house's templates and readers.
const NAMES: [&str; 34] = [
    "words",
    "what",
    "why",
    "when",
    "day",
    "from",
    "until",
    "client",
    "matter",
    "form",
    "act",
    "body",
    "title",
    "name",
    "phone",
    "email",
    "code",
    "kind",
    "way",
    "language",
    "municipality",
    "due-1",
    "what-1",
    "owner-1",
    "name-1",
    "q",
    "page",
    "after",
    "staff",
    "unit",
    "reason",
    "version",
    "next",
    "_draft",
];

fn routes() -> Vec<Route> {
    app::features::all(true)
        .into_iter()
        .flat_map(|feature| feature.routes)
        .collect()
}

struct Hand<'a> {
    chance: SeededChance,
    pool: Vec<Vec<u8>>,
    readers: &'a [Reader],
}

impl Hand<'_> {
    fn pick<'t, T>(&self, from: &'t [T]) -> &'t T {
        &from[self.chance.below(from.len() as u64) as usize]
    }

    fn bytes(&self) -> Vec<u8> {
        match self.chance.below(3) {
            0 => self.pick(&self.pool).clone(),
            _ => fuzz::mutated(&self.pool, &NAMES, &self.chance),
        }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes()).into_owned()
    }

    /// As much of a text as an address or a header may have.
    fn visible(&self) -> String {
        let text = self.text();
        text.chars()
            .filter(|letter| letter.is_ascii_graphic())
            .take(200)
            .collect()
    }

    fn fields(&self) -> Vec<(String, String)> {
        (0..self.chance.below(7))
            .map(|_| {
                let name = match self.chance.below(8) {
                    0 => self.text(),
                    _ => (*self.pick(&NAMES)).to_owned(),
                };
                (name, self.text())
            })
            .collect()
    }

    /// A form's body and kind, in either kind of form.
    fn form(&self, token: &str) -> (String, Vec<u8>) {
        let mut fields = self.fields();
        if self.chance.below(8) > 0 {
            fields.insert(0, (TOKEN_FIELD.to_owned(), token.to_owned()));
        }
        if self.chance.below(4) > 0 {
            let all: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            return (
                "application/x-www-form-urlencoded".to_owned(),
                encode(&all).into_bytes(),
            );
        }
        let mut body = Vec::new();
        for (name, value) in &fields {
            let name = name.replace(['"', '\r', '\n'], " ");
            body.extend(
                format!(
                    "--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                )
                .bytes(),
            );
        }
        body.extend(b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n");
        body.extend(self.bytes());
        body.extend(b"\r\n--b--\r\n");
        if self.chance.below(6) == 0 {
            body.truncate(self.chance.below(body.len() as u64) as usize);
        }
        ("multipart/form-data; boundary=b".to_owned(), body)
    }
}

fn runs() -> u64 {
    let usual = if std::env::var_os("NOSTE_PROOF").is_some() {
        100_000
    } else {
        1_000
    };
    let told = std::env::var("NOSTE_FUZZ_REQUESTS").ok();
    told.and_then(|told| told.parse().ok()).unwrap_or(usual)
}

#[test]
fn no_request_makes_a_fault_of_ours() {
    let county = County::of(10);
    let ids = Ids::of(&county, county.ids("select id from client"));
    let routes = routes();
    let hand = Hand {
        chance: SeededChance::new(15),
        pool: SEEDS.iter().map(|seed| seed.as_bytes().to_vec()).collect(),
        readers: &county.readers,
    };
    let mut answers: BTreeMap<u16, u64> = BTreeMap::new();
    for _ in 0..runs() {
        let route = hand.pick(&routes);
        let reader = hand.pick(hand.readers);
        let addresses = ids.addresses(route);
        let mut path = match addresses.is_empty() || hand.chance.below(5) == 0 {
            true => route.path.replace(['{', '}'], ""),
            false => hand.pick(&addresses).clone(),
        };
        if hand.chance.below(3) == 0 {
            let query: String = encode(&[(*hand.pick(&NAMES), &hand.text())]);
            path = format!("{path}?{query}");
        }
        if hand.chance.below(12) == 0 {
            path = format!(
                "{path}/{}",
                encode(&[("", &hand.text())]).trim_start_matches('=')
            );
        }
        let token = county.token(reader);
        let (kind, body) = match (route.method.as_str(), reader.is_program()) {
            ("GET", _) => (String::new(), Vec::new()),
            (_, true) => ("application/json".to_owned(), hand.bytes()),
            _ => hand.form(&token),
        };
        let (language, cookie, address) = (hand.visible(), hand.visible(), hand.visible());
        let mut headers = vec![
            ("content-type", kind.as_str()),
            ("accept-language", language.as_str()),
            ("sec-fetch-site", "same-origin"),
        ];
        if hand.chance.below(6) == 0 {
            headers.extend([
                ("cookie", cookie.as_str()),
                ("if-none-match", address.as_str()),
                ("idempotency-key", address.as_str()),
            ]);
        }
        // An address that no client can send is no request.
        if path.parse::<axum::http::Uri>().is_err() {
            continue;
        }
        let got = county.ask_as(
            reader,
            route.method.as_str(),
            &path,
            &headers,
            Body::from(body.clone()),
        );
        *answers.entry(got.status.as_u16()).or_default() += 1;
        assert!(
            got.status.as_u16() < 500 || got.status == 503,
            "{} {path} as {}: {} {}",
            route.method,
            reader.who,
            got.status,
            String::from_utf8_lossy(&body)
        );
    }
    println!(
        "figure: requests mutated on {} routes, by status: {answers:?}",
        routes.len()
    );
    assert!(
        answers
            .keys()
            .any(|status| *status == 200 || *status == 303),
        "{answers:?}"
    );
}

const WORDS_OF_CONFIG: &[&str] = &[
    "[[county]]",
    "code = ",
    "\"",
    "= [",
    "]",
    "{",
    "}",
    "true",
    "hosts",
    "database = \"postgres://",
    "intake.",
    "\n",
    "[county.directory]",
    "listen = ",
    "99999999999999999999",
];

/// The file of the program's settings: a mistake in it is told, whatever it is.
#[test]
fn no_configuration_file_makes_a_panic() {
    fn read(input: &[u8]) -> u64 {
        let text = String::from_utf8_lossy(input);
        match app::config::Config::read(&text, std::path::Path::new("noste.toml")) {
            Ok(config) => fuzz::outcome((config.county.len(), config.https)),
            Err(error) => fuzz::kind(&error.to_string()),
        }
    }
    let target = fuzz::Target::new("config_toml", read, WORDS_OF_CONFIG);
    let runs = if std::env::var_os("NOSTE_PROOF").is_some() {
        500_000
    } else {
        2_000
    };
    let run = fuzz::attack(&target, runs, 15);
    println!(
        "figure: config_toml: {} executions, {} outcomes",
        run.executions, run.outcomes
    );
    let panicked: Vec<_> = run
        .panics
        .iter()
        .map(|input| String::from_utf8_lossy(input))
        .collect();
    assert!(panicked.is_empty(), "{panicked:?}");
    assert!(run.outcomes > 20, "{} outcomes", run.outcomes);
}
