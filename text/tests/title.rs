//! Titles from the sender's own words.

use proptest::prelude::*;
use text::personal_data;
use text::title::{LONGEST, plain_title, title};

#[test]
fn the_first_sentence_is_the_title() {
    for (text, expect) in [
        ("En uskalla mennä kotiin", "”En uskalla mennä kotiin”"),
        (
            "Hei! Vuokra on rästissä. Mitä voin tehdä?",
            "”Vuokra on rästissä”",
        ),
        (
            "Hei, tarvitsen apua hakemukseen.",
            "”tarvitsen apua hakemukseen”",
        ),
        (
            "Moi\n\nSähköt katkaistaan huomenna\nAuttakaa",
            "”Sähköt katkaistaan huomenna”",
        ),
        (
            "Apua! En uskalla mennä kotiin. Hän on siellä.",
            "”Apua! En uskalla mennä kotiin”",
        ),
        ("Mistä saan ruoka-apua?", "”Mistä saan ruoka-apua?”"),
        (
            "Sain häädön 13. maaliskuuta. Mitä nyt?",
            "”Sain häädön 13. maaliskuuta”",
        ),
        (
            "Hej! Jag har fått en vräkningsdom.",
            "”Jag har fått en vräkningsdom”",
        ),
        ("Hello, I need help with rent.", "”I need help with rent”"),
        ("Hän sanoi \"häivy\" ja löi", "”Hän sanoi ’häivy’ ja löi”"),
        ("  \t Vain   yksi\u{a0}rivi ", "”Vain yksi rivi”"),
        (
            "Soita 040 123 4567, hetu 010594-9032.",
            "”Soita •••, hetu •••”",
        ),
        ("Terve", "”Terve”"),
    ] {
        if text == "Terve" {
            // A greeting alone leaves no word for a title.
            assert_eq!(title(text), None);
        } else {
            assert_eq!(title(text).as_deref(), Some(expect), "{text:?}");
        }
    }
}

#[test]
fn a_long_sentence_ends_with_a_clause_or_a_word() {
    let clause =
        "Olen yksinhuoltaja ja vuokra on maksamatta, koska sairastuin keväällä ja jäin pois työstä";
    assert_eq!(
        plain_title(clause).as_deref(),
        Some("Olen yksinhuoltaja ja vuokra on maksamatta")
    );
    let words =
        "Haluaisin kysyä miten voisin saada vähän apua siihen että arki lähtisi sujumaan paremmin";
    assert_eq!(
        plain_title(words).as_deref(),
        Some("Haluaisin kysyä miten voisin saada vähän apua siihen että…")
    );
    let endless = "a".repeat(300);
    assert_eq!(
        plain_title(&endless).map(|title| title.chars().count()),
        Some(LONGEST)
    );
}

#[test]
fn nothing_to_say_gives_no_title() {
    for text in ["", " \n ", "...", "Hei!", "Moi,\n", "?!"] {
        assert_eq!(title(text), None, "{text:?}");
    }
}

#[test]
fn signs_that_turn_the_line_are_left_out() {
    assert_eq!(
        plain_title("Apua \u{202e}nopeasti\u{202c} kiitos\u{0}").as_deref(),
        Some("Apua nopeasti kiitos")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_title_is_one_short_line_without_personal_data(text in "[\\PC\n\0]{0,200}") {
        check(&text)?;
    }

    #[test]
    fn so_is_one_of_words_and_numbers(
        words in prop::collection::vec(prop_oneof!["[a-zåäö]{1,12}[.,!?]?", "[0-9]{1,6}", Just("010594-9032".to_owned()), Just("040 1234567".to_owned()), Just("\"Hei\"".to_owned())], 1..30),
        gap in prop::sample::select(vec![" ", "\n", ", "]),
    ) {
        let text = words.join(gap);
        check(&text)?;
        // Cut at a word: what stands before the ellipsis is whole words of the text.
        if let Some(cut) = plain_title(&text).as_deref().and_then(|title| title.strip_suffix('…')) {
            let last = cut.rsplit([' ', ',']).next().unwrap_or_default().trim_matches(['.', ',', '!', '?', '’']);
            prop_assert!(last == "•••" || text.contains(last));
        }
    }
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let Some(plain) = plain_title(text) else {
        return Ok(());
    };
    prop_assert!(plain.chars().count() <= LONGEST);
    prop_assert!(plain.chars().any(char::is_alphanumeric) || plain.contains('•'));
    prop_assert!(!plain.contains(['\n', '\r', '"', '”', '\0']));
    prop_assert_eq!(plain.trim(), &plain);
    prop_assert!(personal_data::find(&plain).is_empty(), "{:?}", plain);
    prop_assert_eq!(title(text), Some(format!("”{plain}”")));
    Ok(())
}
