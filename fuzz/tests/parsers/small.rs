//! What people and programs type or send in small: values, codes, headers, the words of a form.

use axum::http::{HeaderMap, HeaderValue, header};
use fuzz::{Target, kind, outcome};
use kernel::chance::Chance;
use kernel::language::Language;

use crate::{pick, repeated, text, told};

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

/// A header of these bytes, when bytes of a request can be one.
fn header_of(name: header::HeaderName, input: &[u8]) -> Option<HeaderMap> {
    let value = HeaderValue::from_bytes(input).ok()?;
    Some(HeaderMap::from_iter([(name, value)]))
}

const COOKIES: [&str; 3] = ["noste_session", "noste_language", "a"];

fn cookies(input: &[u8]) -> u64 {
    let Some(headers) = header_of(header::COOKIE, input) else {
        return 0;
    };
    let found = COOKIES.map(|name| {
        let value = web::cookie(&headers, name);
        // A value ends where its cookie ends.
        assert!(value.is_none_or(|value| !value.contains(';')));
        value.map(|value| value.len().min(3))
    });
    outcome((found, web::language_of("/desk", &headers).code()))
}

fn accept_language(input: &[u8]) -> u64 {
    let Some(headers) = header_of(header::ACCEPT_LANGUAGE, input) else {
        return 0;
    };
    let wished = web::language_of("/desk", &headers);
    // A page's own language is what its address says, whatever the browser wishes.
    assert_eq!(web::language_of("/sv/x", &headers), Language::Sv);
    outcome((wished.code(), input.contains(&b','), input.contains(&b';')))
}

fn wishes(chance: &dyn Chance) -> Vec<u8> {
    let one = |_| {
        let tag = pick(
            chance,
            &["fi", "sv-FI", "EN", "*", "de", "easy", "x-klingon", ""],
        );
        format!(
            "{tag}{}",
            pick(chance, &["", ";q=0.8", ";q=", "; q=1", ";;", "-"])
        )
    };
    let all: Vec<String> = (0..chance.below(8)).map(one).collect();
    all.join(pick(chance, &[",", ", ", " ,"])).into_bytes()
}

fn sent_cookies(chance: &dyn Chance) -> Vec<u8> {
    let one = |_| {
        let name = pick(chance, &COOKIES);
        format!(
            "{name}{}{}",
            pick(chance, &["=", " = ", "", "=="]),
            pick(chance, &["fi", "sv", "AAAA", "", "\"fi\""])
        )
    };
    let all: Vec<String> = (0..chance.below(6)).map(one).collect();
    all.join(pick(chance, &["; ", ";", ";;"])).into_bytes()
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

fn personal_data(input: &[u8]) -> u64 {
    let typed = text(input);
    let found = text::personal_data::find(&typed);
    let masked = text::personal_data::mask(&typed);
    if !found.is_empty() {
        assert_ne!(masked, typed);
    }
    let kinds: Vec<_> = found.iter().map(|one| (one.kind, one.certain)).collect();
    outcome(format!("{:?}", &kinds[..kinds.len().min(4)]))
}

fn names(input: &[u8]) -> u64 {
    let typed = text(input);
    outcome((
        text::names::fold(&typed).len().min(5),
        text::names::question(&typed).len().min(5),
    ))
}

fn free_text(input: &[u8]) -> u64 {
    let typed = text(input);
    let words = text::tokens::words(&typed);
    // Ranges are of the text, in order and on letters' borders.
    for word in &words {
        assert!(typed.get(word.clone()).is_some());
    }
    outcome((
        words.len().min(30),
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
    let checked =
        intake::domain::attachment::check(&text(name), content.get(1..).unwrap_or_default());
    outcome(format!("{checked:?}"))
}

fn made_file(chance: &dyn Chance) -> Vec<u8> {
    let name = pick(
        chance,
        &["a.pdf", "a.jpg", "a.JPEG", "a.png", "a", "a.pdf.png"],
    );
    let mut file = format!("{name}\n").into_bytes();
    match chance.below(4) {
        0 => {
            let object = pick(
                chance,
                &["/Type /Page", "/J#61vaScript", "/JS 1", "/JSx", "#"],
            );
            file.extend_from_slice(format!("%PDF-1.7\n<< {object} >>\n%%EOF").as_bytes());
        }
        1 => file.extend_from_slice(b"\xff\xd8\xff\xe0\x00\x02\xff\xd9"),
        _ => {
            file.extend_from_slice(b"\x89PNG\r\n\x1a\n");
            for kind in ["IHDR", "IDAT", "IEND"] {
                let length = chance.below(9);
                file.extend_from_slice(&(length as u32).to_be_bytes());
                file.extend_from_slice(kind.as_bytes());
                file.extend(std::iter::repeat_n(7, length as usize + 4));
            }
        }
    }
    file
}

fn natural(length: usize) -> Vec<u8> {
    repeated(
        length,
        "",
        "Vuokra on rästissä, ja Mäkinen soitti 040 123 4567. ",
        "",
    )
}

fn one_word(length: usize) -> Vec<u8> {
    repeated(length, "", "äö", "")
}

/// What people write of others and of themselves.
const WORDS_OF_PEOPLE: &[&str] = &[
    "131052-908P",
    "040 123 4567",
    "Mäkinen",
    "matti@example.fi",
    "FI21 1234 5600 0007 85",
    "Kauppakatu 5 A 12",
    ". ",
    "\n",
];

pub const TARGETS: &[Target] = &[
    Target::new(
        "values",
        values,
        &[
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
    ),
    Target::new(
        "identity_codes",
        identity_codes,
        &[
            "131052-308T",
            "010199A900",
            "-",
            "+",
            "A",
            "Y",
            "900",
            "1.2.246.10",
        ],
    ),
    Target::new(
        "cookies",
        cookies,
        &[
            "=",
            "; ",
            ";",
            "noste_session",
            "noste_language",
            "fi",
            "sv",
        ],
    )
    .made(sent_cookies)
    .growing(&[("cookies", |length| {
        repeated(length, "", "a=b; ", "noste_language=fi")
    })]),
    Target::new(
        "accept_language",
        accept_language,
        &["fi", "sv", "en", ",", ";q=0.8", "-", "*"],
    )
    .made(wishes)
    .growing(&[("tags", |length| {
        repeated(length, "", "de-DE-x-y;q=0.1,", "fi")
    })]),
    Target::new(
        "plain",
        plain,
        &[
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
    ),
    Target::new("personal_data", personal_data, WORDS_OF_PEOPLE)
        .growing(&[("sentences", natural), ("one word", one_word)]),
    Target::new("names", names, WORDS_OF_PEOPLE)
        .growing(&[("sentences", natural), ("one word", one_word)]),
    Target::new("free_text", free_text, WORDS_OF_PEOPLE)
        .growing(&[("sentences", natural), ("one word", one_word)]),
    Target::new(
        "contact",
        contact,
        &[
            "\u{1}",
            "phone",
            "code",
            "040 123 4567",
            "179",
            "fi",
            "sv",
            "131052-908P",
        ],
    )
    .growing(&[("sentences", natural)]),
    Target::new(
        "attachment",
        attachment,
        &[
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
    )
    .made(made_file)
    .growing(&[
        ("a PNG of empty chunks", |length| {
            let mut file = b"a.png\n\x89PNG\r\n\x1a\n".to_vec();
            while file.len() < length {
                file.extend_from_slice(b"\x00\x00\x00\x00IDAT\x00\x00\x00\x00");
            }
            file.extend_from_slice(b"\x00\x00\x00\x00IEND\x00\x00\x00\x00");
            file
        }),
        ("a PDF of objects", |length| {
            repeated(
                length,
                "a.pdf\n%PDF-1.7\n",
                "1 0 obj << /Type /Page >> endobj\n",
                "%%EOF\n",
            )
        }),
        ("a JPEG of segments", |length| {
            let mut file = b"a.jpg\n\xff\xd8".to_vec();
            while file.len() < length {
                file.extend_from_slice(b"\xff\xe1\x00\x02");
            }
            file.extend_from_slice(b"\xff\xd9");
            file
        }),
    ]),
];
