//! Identity codes, business ids, OIDs.

use std::collections::BTreeSet;

use kernel::{
    business_id::BusinessId,
    identity_code::{IdentityCode, InvalidIdentityCode, SexInCode, check_line},
    oid::Oid,
    temporary_identifier::TemporaryIdentifier,
    time::Date,
};
use proptest::prelude::*;

fn rows(file: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    reader.records().map(|row| row.unwrap()).collect()
}

#[test]
fn every_case_of_the_identity_code_table() {
    let rows = rows(include_str!("../data/personal_identity_codes.csv"));
    assert_eq!(rows.len(), 42);
    for row in &rows {
        let (code, valid, born, sex, reason) = (&row[0], &row[1] == "1", &row[2], &row[3], &row[5]);
        let (line, told_valid) = check_line(code);
        let told: serde_json::Value = serde_json::from_str(&line).unwrap();
        let text = |field: &str| told[field].as_str().unwrap_or("").to_owned();
        assert_eq!(told_valid, valid, "{line}");
        assert_eq!(told["valid"], valid, "{line}");
        assert_eq!(told["artificial"], &row[4] == "artificial", "{line}");
        let fields = ["code", "birth_date", "sex", "reason"].map(text);
        assert_eq!(
            fields,
            [code, born, sex, reason].map(str::to_owned),
            "{line}"
        );
        for (field, value) in [("birth_date", born), ("sex", sex), ("reason", reason)] {
            assert_eq!(told[field].is_null(), value.is_empty(), "{line}");
        }
    }
    let reasons: BTreeSet<&str> = rows.iter().map(|row| row.get(5).unwrap()).collect();
    assert_eq!(reasons.len(), 7, "every reason, and none, has a case");
}

#[test]
fn every_case_of_the_business_id_table() {
    let rows = rows(include_str!("../data/business_ids.csv"));
    assert_eq!(rows.len(), 17);
    for row in &rows {
        let told = BusinessId::parse(&row[0]);
        assert_eq!(told.is_ok(), &row[1] == "1", "{row:?}");
        assert_eq!(
            told.err().map_or("", |reason| reason.code()),
            &row[2],
            "{row:?}"
        );
        if let Ok(id) = told {
            assert_eq!(id.to_string(), &row[0]);
        }
    }
}

fn a_birth_date() -> impl Strategy<Value = Date> {
    let first = Date::constant(1800, 1, 1);
    (0..109_572_i64).prop_map(move |days| first + jiff::Span::new().days(days))
}

/// Any artificial code, with every separator of its century.
fn a_code() -> impl Strategy<Value = IdentityCode> {
    (a_birth_date(), 900..=999_u16, any::<prop::sample::Index>()).prop_map(
        |(born, number, pick)| {
            let separators = match born.year() {
                ..1900 => "+",
                1900..2000 => "-YXWVU",
                2000.. => "ABCDEF",
            };
            let separator = char::from(separators.as_bytes()[pick.index(separators.len())]);
            IdentityCode::compose(born, separator, number).unwrap()
        },
    )
}

fn with_character(code: &IdentityCode, place: usize, character: char) -> String {
    let mut text = code.expose().to_owned();
    text.replace_range(place..=place, character.encode_utf8(&mut [0; 4]));
    text
}

proptest! {
    #[test]
    fn no_text_makes_a_reader_panic(text in any::<String>()) {
        let (line, valid) = check_line(&text);
        let told: serde_json::Value = serde_json::from_str(&line).unwrap();
        prop_assert_eq!(told["code"].as_str(), Some(text.as_str()));
        prop_assert_eq!(told["valid"].as_bool(), Some(valid));
        let _ = IdentityCode::from_input(&text);
        let _ = BusinessId::parse(&text);
        let _ = BusinessId::from_input(&text);
        let _ = Oid::parse(&text);
        let _ = Oid::from_urn(&text);
        let _ = TemporaryIdentifier::parse(&text);
    }

    #[test]
    fn no_text_of_the_right_length_makes_a_reader_panic(
        code in r"[0-9]{6}[-+A-Za-z /–]{1}[0-9]{3}[0-9A-Za-z]",
        id in r"[0-9]{6,8}-?[0-9]?",
    ) {
        let told = IdentityCode::parse(&code);
        if let Ok(read) = told {
            prop_assert_eq!(read.expose(), &code);
        }
        if let Ok(read) = BusinessId::parse(&id) {
            prop_assert_eq!(read.to_string(), id);
        }
    }

    #[test]
    fn a_code_tells_what_it_was_made_of(
        born in a_birth_date(), serial in 0..100_u16, lower in any::<bool>(),
    ) {
        let code = IdentityCode::artificial(born, serial).unwrap();
        prop_assert_eq!(code.birth_date(), born);
        prop_assert_eq!(code.sex_in_code() == SexInCode::Male, serial % 2 == 1);
        prop_assert!(code.is_artificial());
        prop_assert_eq!(IdentityCode::parse(code.expose()), Ok(code));
        let typed = if lower { code.expose().to_lowercase() } else { format!(" {}", code.expose()) };
        prop_assert_eq!(IdentityCode::from_input(&typed), Ok(code));
        let hidden = format!("{code:?}{:?}", Some(&code));
        prop_assert!(!hidden.contains(|c: char| c.is_ascii_digit()));
    }

    /// 31 is a prime larger than any difference of two digits, so no wrong digit and no wrong
    /// check character can pass. The separator is no part of the sum: one of the same century
    /// always passes, and that is why codes are compared in full.
    #[test]
    fn one_wrong_character_is_caught(code in a_code(), place in 0..11_usize, wrong in " -~") {
        let wrong = wrong.chars().next().unwrap();
        let right = code.expose().as_bytes()[place] as char;
        prop_assume!(wrong != right);
        let told = IdentityCode::parse(&with_character(&code, place, wrong));
        if place == 6 {
            let known = "+-YXWVUABCDEF".contains(wrong);
            prop_assert_eq!(told == Err(InvalidIdentityCode::SeparatorUnknown), !known && !wrong.is_ascii_lowercase());
        } else {
            prop_assert!(told.is_err());
        }
    }

    #[test]
    fn every_wrong_digit_is_caught(code in a_code()) {
        for place in (0..6).chain(7..10) {
            for wrong in '0'..='9' {
                let text = with_character(&code, place, wrong);
                prop_assert_eq!(IdentityCode::parse(&text).is_ok(), text == code.expose());
            }
        }
    }

    /// Two neighbours swapped change the sum by a multiple of nine that 31 does not divide.
    #[test]
    fn swapped_neighbours_are_caught(code in a_code(), place in prop::sample::select(vec![0, 1, 2, 3, 4, 7, 8])) {
        let mut bytes = code.expose().as_bytes().to_vec();
        bytes.swap(place, place + 1);
        let text = String::from_utf8(bytes).unwrap();
        prop_assert_eq!(IdentityCode::parse(&text).is_ok(), text == code.expose());
    }

    /// The weights are no multiples of 11, so one wrong digit always changes the remainder.
    #[test]
    fn one_wrong_digit_of_a_business_id_is_caught(
        number in 0..10_000_000_u32, place in prop::sample::select(vec![0, 1, 2, 3, 4, 5, 6, 8]), wrong in 0..10_u8,
    ) {
        if let Some(id) = BusinessId::of_number(number) {
            let mut text = id.to_string();
            prop_assert_eq!(BusinessId::parse(&text), Ok(id));
            text.replace_range(place..=place, &wrong.to_string());
            prop_assert_eq!(BusinessId::parse(&text).is_ok(), text == id.to_string());
        }
    }

    #[test]
    fn an_oid_is_written_as_it_was_read(arcs in prop::collection::vec(any::<u32>(), 1..5)) {
        let rest: Vec<String> = arcs.iter().map(u32::to_string).collect();
        let text = format!("2.{}", rest.join("."));
        let oid = Oid::parse(&text).unwrap();
        prop_assert_eq!(oid.to_string(), text);
        let child = oid.child(0).unwrap();
        prop_assert!(child.is_under(&oid) && oid < child);
        prop_assert_eq!(Oid::from_urn(&child.urn()), Ok(child));
    }
}
