//! The index of words: the same documents on both engines, whatever is typed.

use proptest::prelude::*;
use store::{Migration, Query, StoreError, params, search, search::Question};
use testkit::{TestStore, for_each_engine, postgres_store, sqlite_store};

use crate::support::id;

const ROOM: &[Migration] = &[Migration {
    version: 901,
    name: "papers",
    sql: "create table paper (id {id} primary key not null, at_day {text} not null, open {int} not null);",
}];

fn put(store: &TestStore, number: u64, words: &[&str]) {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    store
        .write_blocking(move |tx| {
            tx.execute(
                "insert into paper (id, at_day, open) values ($1, $2, $3) on conflict (id) do nothing",
                &params![id(number), format!("2026-03-{:02}", number % 3), number.is_multiple_of(2)],
            )?;
            search::put(tx, id(number), words.iter().map(String::as_str))
        })
        .unwrap_or_else(|error: StoreError| panic!("{error}"));
}

/// The numbers of the documents met, the latest day first; asked in both ways.
fn met(store: &TestStore, question: &Question) -> Vec<u64> {
    let ask = |each: bool| {
        let question = question.clone();
        store
            .read_blocking(move |tx| {
                let mut params = params![1];
                let condition = match each {
                    true => question.condition_each(tx, "p.id", &mut params),
                    false => question.condition(tx, "p.id", &mut params),
                };
                let sql = format!(
                    "select p.id from paper p where p.open <= $1 and {condition} order by p.at_day desc, p.id"
                );
                let rows = tx.query(&sql, &params)?;
                rows.iter().map(|row| Ok(number(row.get(0)?))).collect()
            })
            .unwrap_or_else(|error: StoreError| panic!("{error}"))
    };
    let all: Vec<u64> = ask(false);
    assert_eq!(all, ask(true));
    all
}

fn number(id: [u8; 16]) -> u64 {
    let mut number = [0; 8];
    number.copy_from_slice(&id[..8]);
    u64::from_be_bytes(number)
}

fn word(word: &str) -> Question {
    Question::new().word([word], None)
}

#[test]
fn documents_are_found_replaced_and_removed() {
    for_each_engine(ROOM, |store| {
        put(store, 1, &["vuokra", "velka", "vuokravelka"]);
        put(store, 2, &["vuokra", "häätö"]);
        put(store, 3, &["lapsi", "Kela:lta"]);
        put(store, 4, &["häätö", "lapsi", "vuokra"]);
        assert_eq!(met(store, &word("vuokra")), [2, 1, 4]);
        assert_eq!(
            met(store, &word("HÄÄTÖ")),
            [0_u64; 0],
            "case is the caller's"
        );
        assert_eq!(met(store, &word("vuokra").word(["häätö"], None)), [2, 4]);
        assert_eq!(met(store, &word("vuok")), [0_u64; 0]);
        assert_eq!(
            met(store, &Question::new().word([], Some("vuok"))),
            [2, 1, 4]
        );
        assert_eq!(
            met(
                store,
                &Question::new().word(["velka", "lapsi"], Some("hää"))
            ),
            [2, 1, 4, 3]
        );
        assert_eq!(met(store, &word("kelalta")), [3]);
        put(store, 2, &["lapsi"]);
        assert_eq!(met(store, &word("vuokra")), [1, 4]);
        assert_eq!(met(store, &word("lapsi")), [2, 4, 3]);
        store
            .write_blocking(|tx| {
                search::remove(tx, id(4))?;
                search::remove(tx, id(400))
            })
            .unwrap_or_else(|error: StoreError| panic!("{error}"));
        assert_eq!(met(store, &word("vuokra")), [1]);
        assert_eq!(met(store, &word("lapsi")), [2, 3]);
        store.reopen();
        assert_eq!(met(store, &word("lapsi")), [2, 3]);
    });
}

#[test]
fn a_document_whose_write_failed_is_not_found() {
    for_each_engine(ROOM, |store| {
        put(store, 1, &["vuokra"]);
        let failed = store.write_blocking(|tx| {
            search::put(tx, id(1), ["häätö"])?;
            Err::<(), _>(StoreError::Closed)
        });
        assert!(failed.is_err());
        assert_eq!(met(store, &word("vuokra")), [1]);
        assert_eq!(met(store, &word("häätö")), [0_u64; 0]);
    });
}

#[test]
fn large_documents_and_empty_questions_do_no_harm() {
    for_each_engine(ROOM, |store| {
        let many: Vec<String> = (0..60_000)
            .map(|number| format!("sanaääää{number:08}"))
            .collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        put(store, 1, &many);
        put(store, 2, &[]);
        assert_eq!(met(store, &word("sanaääää00000007")), [1]);
        let long = "pitkä".repeat(1_000);
        put(store, 3, &[&long]);
        assert_eq!(met(store, &word(&long)), [3]);
        assert!(Question::new().word(["-", "\""], Some(" ")).is_empty());
        assert_eq!(met(store, &Question::new()), [0_u64; 0]);
    });
}

#[test]
fn both_engines_answer_alike_whatever_is_typed() {
    let stores = [sqlite_store(ROOM), postgres_store(ROOM)];
    let texts = [
        "vuokra velka",
        "häätö OR near",
        "lapsi AND",
        "'; drop table paper",
        "مرحبا Привет",
        "ﬁ ß ı İ ſ",
        "a b c",
        "naïve e\u{301}cole",
        "12 1234",
        "\u{1f600} sana",
    ];
    for store in &stores {
        for (number, text) in texts.iter().enumerate() {
            put(store, number as u64, &text.split(' ').collect::<Vec<_>>());
        }
    }
    let typed = prop_oneof![
        "\\PC{0,12}",
        "[a-zåäö'\"*()&|!:^-]{1,8}",
        prop::sample::select(vec![
            "velka", "near", "AND", "NOT", "ﬁ", "ſ", "İ", "école", "1", "пр", "Пр"
        ])
        .prop_map(str::to_owned),
    ];
    let config = ProptestConfig {
        cases: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(words in prop::collection::vec((typed, any::<bool>()), 1..4))| {
        let question = words.iter().fold(Question::new(), |question, (word, whole)| match whole {
            true => question.word([word.as_str()], None),
            false => question.word([word.as_str()], Some(word)),
        });
        prop_assert_eq!(met(&stores[0], &question), met(&stores[1], &question));
    });
}
