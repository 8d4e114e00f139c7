//! What the house itself has signed, sealed or written: refused at the first check when it was not, so the inputs are made with
//! the key that the parser has.

use std::borrow::Cow;

use access::log::{Actor, Head, LogEntry, OutsideHeads, SealedHead};
use disclosure::Released;
use fuzz::{Target, kind, outcome};
use hmac::{Hmac, KeyInit, Mac};
use kernel::chance::Chance;
use kernel::time::{SignedDuration, Timestamp, from_millis};
use sha2::Sha256;

use crate::{numbered, pick, text, told};

const KEY: [u8; 32] = [9; 32];
const PURPOSE: &str = "fuzz";
/// As `disclosure` writes it: a made input that is refused for another one would show as a shallow parser.
const RELEASE: &[u8] = b"noste released table 1\n";

fn own() -> web::Secrets {
    web::Secrets::of_county(KEY, "15")
}

fn now() -> Timestamp {
    from_millis(1_773_388_800_000)
}

fn bytes(chance: &dyn Chance, most: u64) -> Vec<u8> {
    let mut bytes = vec![0; chance.below(most + 1) as usize];
    chance.fill(&mut bytes);
    bytes
}

fn array<const N: usize>(chance: &dyn Chance) -> [u8; N] {
    let mut bytes = [0; N];
    chance.fill(&mut bytes);
    bytes
}

fn secrets(input: &[u8]) -> u64 {
    let (secrets, text) = (own(), text(input));
    let signed = secrets.verify(PURPOSE, &text);
    if let Some(data) = &signed {
        // Nobody can write the same in another way.
        assert_eq!(secrets.sign(PURPOSE, data), text);
    }
    assert_eq!(secrets.verify("another purpose", &text), None);
    let opened = secrets.open(PURPOSE, b"", input);
    assert_eq!(secrets.open(PURPOSE, b"somebody else's", input), None);
    let issued = web::token::check(&secrets, now(), &text, b"");
    assert_eq!(
        web::token::check(&secrets, now(), &text, b"another session"),
        None
    );
    let mark = web::token::mark(&secrets, now(), &text);
    outcome((
        signed.map(|data| data.len().min(20)),
        opened.map(|data| data.len().min(20)),
        issued,
        mark.is_some(),
    ))
}

fn made_secret(chance: &dyn Chance) -> Vec<u8> {
    let secrets = own();
    let began = now() - SignedDuration::from_hours(chance.below(30) as i64);
    match chance.below(4) {
        0 => secrets.sign(PURPOSE, &bytes(chance, 40)).into_bytes(),
        1 => secrets.seal(PURPOSE, chance, b"", &bytes(chance, 40)),
        2 => web::token::issue(&secrets, chance, began, b"").into_bytes(),
        _ => web::token::issue_for(&secrets, chance, began, b"", array(chance)).into_bytes(),
    }
}

fn log(input: &[u8]) -> u64 {
    let heads = OutsideHeads::parse(input, "15");
    if let Ok(heads) = &heads {
        assert_eq!(heads.encode("15"), input, "one form only for each content");
    }
    let header = access::log::decode_header(input);
    let body = access::log::decode_body(input, 7);
    outcome((
        heads
            .map(|heads| heads.writers.len())
            .map_err(|error| kind(&format!("{error:?}"))),
        header.map(|header| (header.event.len().min(20), header.actor == Actor::System)),
        body.map(|body| kind(&format!("{body:?}"))),
    ))
}

fn entry(chance: &dyn Chance) -> LogEntry {
    LogEntry {
        at: from_millis(1_773_388_800_000 + chance.below(1 << 40) as i64),
        actor: match chance.below(4) {
            0 => Actor::Staff(array(chance)),
            1 => Actor::Sender,
            2 => Actor::System,
            _ => Actor::Token(array(chance)),
        },
        event: ["contact.read", "", "a"][chance.below(3) as usize],
        right: Cow::Borrowed(pick(chance, &["N-122", "public", ""])),
        purpose: "P01",
        subjects: (0..chance.below(5)).map(|_| array(chance)).collect(),
        detail: "ä".repeat(chance.below(200) as usize),
        digest: (chance.below(2) == 0).then(|| array(chance)),
    }
}

fn made_log(chance: &dyn Chance) -> Vec<u8> {
    let mut out = Vec::new();
    match chance.below(3) {
        0 => access::log::encode_header(&entry(chance), &mut out),
        1 => access::log::encode_body(&entry(chance), 7, &mut out, |_| chance.below(7)),
        _ => {
            let sealed = |writer: u64| {
                let head = Head {
                    writer: writer as u32,
                    count: chance.below(1 << 20),
                    link: array(chance),
                };
                (chance.below(4) > 0).then(|| SealedHead::seal(head, &KEY, "15"))
            };
            let writers = (0..chance.below(4)).map(sealed).collect();
            out = OutsideHeads { writers }.encode("15");
        }
    }
    out
}

/// A body of a log entry about so many subjects.
fn log_of_many(length: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let subjects = (0..length as u128 / 17)
        .map(|number| number.to_be_bytes())
        .collect();
    let entry = LogEntry {
        at: now(),
        actor: Actor::System,
        event: "client.list",
        right: Cow::Borrowed("job"),
        purpose: "P01",
        subjects,
        detail: String::new(),
        digest: None,
    };
    access::log::encode_body(&entry, 7, &mut out, |_| 0);
    out
}

fn heads_of_many(length: usize) -> Vec<u8> {
    let writers = (0..length / access::log::LINE_BYTES)
        .map(|writer| {
            let head = Head {
                writer: writer as u32,
                count: 1,
                link: [7; 32],
            };
            Some(SealedHead::seal(head, &KEY, "15"))
        })
        .collect();
    OutsideHeads { writers }.encode("15")
}

/// A body with the seal of the house.
fn sealed(body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(&KEY).unwrap();
    mac.update(RELEASE);
    mac.update(body.as_bytes());
    let seal: String = mac
        .finalize()
        .into_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{seal}\n{body}")
}

/// The input as it is, and as a body that the house has sealed.
fn sealed_release(input: &[u8]) -> u64 {
    let text = text(input);
    let opened = Released::open(&sealed(&text), &KEY);
    if let Ok(released) = &opened {
        assert_eq!(
            Released::open(&released.sealed(&KEY), &KEY).as_ref(),
            Ok(released)
        );
    }
    let found = opened.map(|released| {
        (
            released.threshold().min(12),
            released.hidden().min(6),
            released.rate("a", "b").is_some(),
            released.change("a", "b"),
            released.about("c"),
        )
    });
    outcome((
        told(Released::open(&text, &KEY)),
        found.map_err(|error| format!("{error:?}")),
    ))
}

fn made_release(chance: &dyn Chance) -> Vec<u8> {
    let cell = |name: &str| {
        let count = match chance.below(4) {
            0 => "null".to_owned(),
            1 => chance.below(9).to_string(),
            2 => chance.below(1 << 41).to_string(),
            _ => pick(
                chance,
                &["-1", "1.5", "\"3\"", "{}", "18446744073709551615"],
            )
            .to_owned(),
        };
        format!("\"{name}\":{count}")
    };
    let cells: Vec<String> = ["a", "b", "c", "ä.*", "a"][..chance.below(6) as usize]
        .iter()
        .map(|name| cell(name))
        .collect();
    let threshold = pick(chance, &["5", "10", "0", "-1"]);
    format!(
        "{{\"threshold\":{threshold},\"cells\":{{{}}}}}",
        cells.join(",")
    )
    .into_bytes()
}

const PARTY: passkeys::Party<'static> = passkeys::Party {
    id: "noste.example",
    origin: "https://noste.example",
};

fn made_passkey(chance: &dyn Chance) -> Vec<u8> {
    let mut stand_in = passkeys::stand_in::StandIn::new(1 + chance.below(200) as u8);
    stand_in.person_verified = chance.below(4) > 0;
    stand_in.credential = bytes(chance, 70);
    stand_in.counter = chance.below(3) as u32;
    let other = passkeys::Party {
        id: "noste.example",
        origin: "https://other.example",
    };
    let party = if chance.below(8) == 0 { other } else { PARTY };
    let (client, object) = stand_in.create(party, &bytes(chance, 40));
    [client, vec![0xff], object].concat()
}

fn passkey(input: &[u8]) -> u64 {
    let party = PARTY;
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

pub const TARGETS: &[Target] = &[
    Target::new("secrets", secrets, &[".", "AAAA", "==", "_", "-"]).made(made_secret),
    Target::new(
        "log",
        log,
        &["noste heads", "15", "\n", "\u{0}\u{0}\u{0}\u{0}"],
    )
    .made(made_log)
    .growing(&[
        ("an entry about many", log_of_many),
        ("heads of many writers", heads_of_many),
    ]),
    Target::new(
        "sealed_release",
        sealed_release,
        &[
            "{",
            "}",
            "\n",
            "\"cells\":",
            "\"rounded\":",
            "null",
            "\"a\":",
        ],
    )
    .made(made_release)
    .growing(&[("a table of many cells", |length| {
        numbered(
            length,
            "{\"threshold\":5,\"cells\":{",
            |number| format!("\"{number}\":{number}"),
            "}}",
        )
    })]),
    Target::new(
        "passkey",
        passkey,
        &[
            "webauthn.create",
            "webauthn.get",
            "\"challenge\":\"",
            "\"origin\":\"https://noste.example\"",
            "authData",
            "fmt",
            "none",
            "attStmt",
        ],
    )
    .made(made_passkey),
];
