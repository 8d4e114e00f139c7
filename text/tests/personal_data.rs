//! Personal data in free text: worked examples and planted codes.

use proptest::prelude::*;
use text::personal_data::{Finding, Kind, MASK, find, holds_identity_code, mask, mask_with};

/// What is found, as text, with its kind; a question mark for the unsure.
fn found(text: &str) -> Vec<String> {
    find(text)
        .iter()
        .map(|finding| {
            let kind = match finding.kind {
                Kind::IdentityCode => "code",
                Kind::Phone => "phone",
                Kind::Email => "email",
            };
            format!(
                "{kind}{} {}",
                if finding.certain { "" } else { "?" },
                &text[finding.range.clone()]
            )
        })
        .collect()
}

#[test]
fn identity_codes_in_every_dress() {
    for (text, expect) in [
        ("Hetuni on 010594-9032.", "code 010594-9032"),
        ("hetu:010594Y9032", "code 010594Y9032"),
        ("Tunnus 010594y9032 kiitos", "code 010594y9032"),
        ("lapsen 010516b903x hei", "code 010516b903x"),
        ("01 05 94 - 903 2", "code 01 05 94 - 903 2"),
        ("0 1 0 5 9 4 - 9 0 3 2", "code 0 1 0 5 9 4 - 9 0 3 2"),
        ("010594-\n9032", "code 010594-\n9032"),
        ("010594\r\n -9032", "code 010594\r\n -9032"),
        ("01.05.94-9032", "code 01.05.94-9032"),
        ("010594–9032", "code? 010594–9032"),
        ("010594\u{2011}9032", "code 010594\u{2011}9032"),
        ("０１０５９４-９０３２", "code ０１０５９４-９０３２"),
        (
            "010594\u{200b}-\u{200b}9032",
            "code 010594\u{200b}-\u{200b}9032",
        ),
        ("010594-9033", "code? 010594-9033"),
        ("010594-903Q", "code? 010594-903Q"),
        ("010594+9032", "code 010594+9032"),
        ("010594-9032on minun", "code 010594-9032"),
        ("310294-9032", "code? 310294-9032"),
        ("Hetu010594-9032", "code 010594-9032"),
    ] {
        // A dash of any kind is the hyphen; the check character is then right.
        let expect = expect.replace("code? 010594–9032", "code 010594–9032");
        assert_eq!(found(text), [expect], "{text:?}");
    }
}

#[test]
fn a_code_without_its_separator_needs_the_right_check_character() {
    // A day that no phone number begins with; of all check characters one is right.
    let found: Vec<char> = "0123456789ABCDEFHJKLMNPRSTUVWXY"
        .chars()
        .filter(|check| holds_identity_code(&format!("Olen 310594 903{check}, hei")))
        .collect();
    let right = kernel::identity_code::IdentityCode::artificial(
        kernel::time::Date::constant(1994, 5, 31),
        3,
    );
    assert_eq!(
        found,
        right
            .expect("a day of the register")
            .expose()
            .chars()
            .skip(10)
            .collect::<Vec<_>>()
    );
    // What could be a phone number as well is hidden all the same.
    assert_eq!(mask("Olen 030594903B"), mask("Olen 030594 903B"));
    assert!(!mask("Olen 030594903B").contains("0305"));
}

#[test]
fn numbers_that_are_no_codes() {
    for text in [
        "Kokous 01.05.24-15.05.24 Jyväskylässä",
        "Tulot 1 200 e ja menot 950 e",
        "Päätös 12/2026, 320194-9032",
        "011394-9032",
        "Viite 1010594-90321",
        "010594-90",
        "kello 10-12, 5.3.2026",
        "",
    ] {
        assert!(!holds_identity_code(text), "{text:?}: {:?}", found(text));
    }
}

#[test]
fn phone_numbers_as_they_are_written() {
    for number in [
        "+358401234567",
        "+358 40 123 4567",
        "+358 (0)40 123 4567",
        "00358401234567",
        "358401234567",
        "040 123 4567",
        "040-1234567",
        "040-123 45 67",
        "040/1234567",
        "0401234567",
        "040.123.4567",
        "0457 123 4567",
        "050 123 4567",
        "+46 70 123 45 67",
    ] {
        assert_eq!(
            found(&format!("Soita {number}, kiitos")),
            [format!("phone {number}")],
            "{number}"
        );
    }
    for number in [
        "09 123 4567",
        "014 123 456",
        "0800 123 456",
        "(014) 1234567",
        "020 123 4567",
    ] {
        let digits = number.trim_start_matches('(');
        assert_eq!(
            found(&format!("Numero: {number}")),
            [format!("phone? {digits}")],
            "{number}"
        );
    }
}

#[test]
fn numbers_that_are_no_phone_numbers() {
    for text in [
        "Muutin 05.03.2026 ja 05 03 2026",
        "avoinna 0800-1600 ja 08.00-16.00",
        "00100 Helsinki, 40100 Jyväskylä",
        "vuokra 640,50 e, vesi 0,20 e",
        "lain 15 § 2 mom. (1301/2014)",
        "viite 12345678901234567890",
        "020 tai 030",
        "2024-2026",
    ] {
        assert!(found(text).is_empty(), "{text:?}: {:?}", found(text));
    }
}

#[test]
fn email_addresses() {
    assert_eq!(
        found("Osoite: maija.mallikas+tuki@posti.example.fi."),
        ["email maija.mallikas+tuki@posti.example.fi"]
    );
    assert_eq!(
        found("<äiti@örebro.se>, b@c.fi"),
        ["email äiti@örebro.se", "email b@c.fi"]
    );
    for text in ["@", "a@b", "a@", "@b.fi", "nähdään @ kello 10.00", "x@.fi"] {
        assert!(found(text).is_empty(), "{text:?}: {:?}", found(text));
    }
}

#[test]
fn neighbours_are_told_apart() {
    assert_eq!(
        found("010594-9032 040 123 4567 a@b.fi"),
        ["code 010594-9032", "phone 040 123 4567", "email a@b.fi"]
    );
    assert_eq!(found("040 123 4567\n050 123 4567").len(), 2);
    assert_eq!(found("040 123 4567, 050 123 4567").len(), 2);
}

#[test]
fn masking_tells_nothing_of_what_it_hides() {
    assert_eq!(
        mask("Olen 010594-9032 ja 040 123 4567 tai a@b.fi"),
        "Olen ••• ja ••• tai •••"
    );
    assert_eq!(mask("Ei mitään"), "Ei mitään");
    let words = mask_with("010594-9032, 0401234567", |kind| {
        if kind == Kind::Phone {
            "[numero]"
        } else {
            "[tunnus]"
        }
    });
    assert_eq!(words, "[tunnus], [numero]");
}

/// An identity code of the stated grammar with a separator: digits, gaps, cases and check
/// characters at random, right and wrong.
fn planted() -> impl Strategy<Value = String> {
    let gap = || {
        prop::sample::select(vec![
            "", "", "", " ", "  ", "\n", "\r\n", "\r\n ", "\u{a0}", "\t", "\u{200b}", "\u{ad}",
        ])
    };
    let separator = prop::sample::select(
        "+-–—\u{2011}−ABCDEFUVWXYabcdefuvwxy"
            .chars()
            .collect::<Vec<_>>(),
    );
    let check = prop::sample::select(
        "0123456789ABCDEFHJKLMNPRSTUVWXYGIOQZabcxyz"
            .chars()
            .collect::<Vec<_>>(),
    );
    let gaps = prop::collection::vec(gap(), 11);
    (
        1..=31_u32,
        1..=12_u32,
        0..100_u32,
        separator,
        0..1000_u32,
        check,
        gaps,
    )
        .prop_map(|(day, month, year, separator, number, check, gaps)| {
            let plain = format!("{day:02}{month:02}{year:02}{separator}{number:03}{check}");
            plain
                .chars()
                .zip(gaps)
                .enumerate()
                .fold(String::new(), |code, (index, (sign, gap))| {
                    if index == 0 {
                        format!("{code}{sign}")
                    } else {
                        format!("{code}{gap}{sign}")
                    }
                })
        })
}

/// Text in which a code may stand: anything that does not touch it with a digit or a letter.
fn around() -> impl Strategy<Value = (String, String)> {
    (
        prop_oneof![Just(String::new()), "\\PC{0,30}[ ,.:;(/\n]"],
        prop_oneof![
            Just(String::new()),
            "[,.:;)/!?\n]\\PC{0,30}",
            " [a-zåäö]{2,9}\\PC{0,20}"
        ],
    )
}

fn on_borders(text: &str, findings: &[Finding]) -> bool {
    let mut end = 0;
    findings.iter().all(|finding| {
        let fine = finding.range.start >= end
            && finding.range.start < finding.range.end
            && text.get(finding.range.clone()).is_some();
        end = finding.range.end;
        fine
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_planted_code_is_found_whole(code in planted(), (before, after) in around()) {
        let text = format!("{before}{code}{after}");
        let place = before.len()..before.len() + code.len();
        let findings = find(&text);
        prop_assert!(on_borders(&text, &findings));
        prop_assert!(
            findings.iter().any(|finding| finding.range.start <= place.start && place.end <= finding.range.end),
            "{:?} not whole in {:?}", code, found(&text)
        );
        prop_assert!(!mask(&text).contains(&code));
    }

    #[test]
    fn any_text_is_searched_within_its_borders(text in "[\\PC\n\0]{0,80}") {
        prop_assert!(on_borders(&text, &find(&text)));
    }

    #[test]
    fn numbers_and_signs_are_masked_for_good(text in "[0-9 +().@a-f/\n•-]{0,60}") {
        let findings = find(&text);
        prop_assert!(on_borders(&text, &findings));
        let masked = mask(&text);
        prop_assert!(find(&masked).is_empty(), "{:?}", masked);
        prop_assert_eq!(mask(&masked), masked.clone());
        prop_assert_eq!(findings.is_empty(), masked == text);
        prop_assert!(findings.is_empty() || masked.contains(MASK));
    }

    #[test]
    fn planted_phone_numbers_are_found(
        prefix in prop::sample::select(vec!["+358 40", "+35850", "040", "050", "045", "0400", "00358 44"]),
        groups in prop::collection::vec("[0-9]{3}", 2..=2),
        gap in prop::sample::select(vec!["", " ", "-", "\u{a0}"]),
        (before, after) in around(),
    ) {
        let number = format!("{prefix}{gap}{}", groups.join(gap));
        let text = format!("{before}{number}{after}");
        prop_assert!(!mask(&text).contains(&number), "{:?}", mask(&text));
    }
}
