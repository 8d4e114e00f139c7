//! Filters, pages and marks.

use clients::timeline::page::{self, Ask};
use clients::timeline::{self, Cursor, Filter, Item, Piece, Shown, Timeline, Words, list};
use clients::{ClientError, Gate};
use kernel::time::SignedDuration;
use store::{Query, StoreError};
use testkit::{TestStore, for_each_engine};

use crate::support::*;

fn plain(pieces: &[Piece]) -> String {
    let mark = |piece: &Piece| match piece.marked {
        true => format!("[{}]", piece.text),
        false => piece.text.clone(),
    };
    pieces.iter().map(mark).collect()
}

fn titles(timeline: &Timeline) -> Vec<String> {
    timeline
        .items
        .iter()
        .map(|item| plain(&item.title))
        .collect()
}

fn read(store: &TestStore, staff: [u8; 16], filter: &Filter<'_>) -> Timeline {
    let (class, words) = (filter.class.map(str::to_owned), filter.words.cloned());
    let (from, to, after, limit) = (filter.from, filter.to, filter.after, filter.limit);
    store
        .read_blocking(move |tx| {
            let gate = Gate::open(tx, &reader(staff), client(0), now())?;
            let filter = Filter {
                class: class.as_deref(),
                words: words.as_ref(),
                from,
                to,
                after,
                limit,
                ..Filter::default()
            };
            Ok::<_, ClientError>(list(tx, &gate, &filter, now())?)
        })
        .unwrap()
}

fn ten() -> Filter<'static> {
    Filter {
        limit: 10,
        ..Filter::default()
    }
}

/// The texts of the design's picture.
fn sample(store: &TestStore) {
    people(store, 2);
    store
        .write_blocking(|tx| {
            relate(tx, client(0), AINO, "own_worker", None, (now(), None))?;
            put(
                tx,
                &note(
                    1,
                    client(0),
                    200,
                    "Puhelu asiakkaalle",
                    "Ei ole saanut vuokranantajaa kiinni. Sovittiin, että Aino soittaa.",
                ),
            )?;
            let contact = Item {
                class: "contact",
                kind: "contact",
                object: Some(("contact", [50; 16])),
                ..note(
                    2,
                    client(0),
                    300,
                    "Hakemus",
                    "Vuokravelka 1 240 €, kaksi kuukautta.",
                )
            };
            put(tx, &contact)?;
            put(
                tx,
                &note(
                    3,
                    client(0),
                    400,
                    "Kotikäynti",
                    "Avaamattomia kirjeitä, joukossa vuokran muistutus.",
                ),
            )?;
            put(
                tx,
                &note(
                    4,
                    client(0),
                    500,
                    "Lapset",
                    "Lasten asiat <b>kunnossa</b> & \"hyvin\".",
                ),
            )?;
            // Somebody else's.
            put(tx, &note(5, client(1), 100, "Toinen", "Vuokra maksamatta."))
        })
        .unwrap_or_else(|error: StoreError| panic!("{error}"));
}

#[test]
fn words_are_found_in_every_form_and_marked() {
    for_each_engine(&migrations(), |store| {
        sample(store);
        let words = Words::new(analysers(), "vuokra").unwrap();
        let timeline = read(
            store,
            AINO,
            &Filter {
                words: Some(&words),
                ..ten()
            },
        );
        assert_eq!(timeline.met, Some(3));
        assert_eq!(
            titles(&timeline),
            ["Puhelu asiakkaalle", "Hakemus", "Kotikäynti"]
        );
        let bodies: Vec<String> = timeline
            .items
            .iter()
            .map(|item| plain(&item.body))
            .collect();
        assert_eq!(
            bodies,
            [
                "Ei ole saanut [vuokranantajaa] kiinni. Sovittiin, että Aino soittaa.",
                "[Vuokravelka] 1 240 €, kaksi kuukautta.",
                "Avaamattomia kirjeitä, joukossa [vuokran] muistutus."
            ]
        );
        assert_eq!(timeline.items[0].author.as_deref(), Some("Ville Aho"));
        let none = Words::new(analysers(), "lentokone").unwrap();
        let timeline = read(
            store,
            AINO,
            &Filter {
                words: Some(&none),
                ..ten()
            },
        );
        assert_eq!((timeline.met, timeline.items.len()), (Some(0), 0));
    });
}

#[test]
fn classes_periods_and_pages_narrow_the_line() {
    for_each_engine(&migrations(), |store| {
        sample(store);
        let all = read(store, AINO, &ten());
        assert_eq!(
            titles(&all),
            ["Puhelu asiakkaalle", "Hakemus", "Kotikäynti", "Lapset"]
        );
        assert_eq!(all.classes, ["contact", "note"]);
        assert_eq!((all.met, all.more), (None, None));
        let contacts = read(
            store,
            AINO,
            &Filter {
                class: Some("contact"),
                ..ten()
            },
        );
        assert_eq!(titles(&contacts), ["Hakemus"]);
        let hours = |hours| Some(now() - SignedDuration::from_hours(hours));
        let part = read(
            store,
            AINO,
            &Filter {
                from: hours(400),
                to: hours(300),
                ..ten()
            },
        );
        assert_eq!(titles(&part), ["Kotikäynti"]);

        let mut seen = Vec::new();
        let mut filter = Filter {
            limit: 1,
            ..Filter::default()
        };
        loop {
            let page = read(store, AINO, &filter);
            seen.extend(titles(&page));
            let Some(more) = page.more else { break };
            assert_eq!(more.to_string().parse(), Ok(more));
            filter.after = Some(more);
        }
        assert_eq!(seen, titles(&all));
        for bad in [
            "",
            "-",
            "12",
            "x-00",
            "1-zz",
            "99999999999999999-00000000000000000000000000000000",
        ] {
            assert!(bad.parse::<Cursor>().is_err(), "{bad}");
        }
    });
}

#[test]
fn a_changed_item_is_found_by_its_new_words_and_a_hidden_one_not_at_all() {
    for_each_engine(&migrations(), |store| {
        sample(store);
        store
            .write_blocking(|tx| {
                put(
                    tx,
                    &note(1, client(0), 200, "Puhelu", "Puhuttiin häädöstä."),
                )?;
                timeline::hide(tx, [3; 16], now())
            })
            .unwrap_or_else(|error: StoreError| panic!("{error}"));
        let find = |typed: &str| {
            let words = Words::new(analysers(), typed).unwrap();
            titles(&read(
                store,
                AINO,
                &Filter {
                    words: Some(&words),
                    ..ten()
                },
            ))
        };
        assert_eq!(find("vuokra"), ["Hakemus"]);
        assert_eq!(find("häätö"), ["Puhelu"]);
        assert_eq!(
            titles(&read(store, AINO, &ten())),
            ["Puhelu", "Hakemus", "Lapset"]
        );
    });
}

#[test]
fn the_index_is_made_anew_and_is_then_no_longer_old() {
    for_each_engine(&migrations(), |store| {
        sample(store);
        let old = |store: &TestStore| {
            store
                .read_blocking(|tx| timeline::index_is_old(tx, analysers()))
                .unwrap_or_else(|error: StoreError| panic!("{error}"))
        };
        assert!(old(store));
        store
            .write_blocking(|tx| store::search::remove(tx, [1; 16]))
            .unwrap_or_else(|error: StoreError| panic!("{error}"));
        let mut told = 0;
        let done = timeline::rebuild(store, analysers(), |done| told = done).unwrap();
        assert_eq!((done, told), (5, 5));
        assert!(!old(store));
        let words = Words::new(analysers(), "vuokra").unwrap();
        let timeline = read(
            store,
            AINO,
            &Filter {
                words: Some(&words),
                ..ten()
            },
        );
        assert_eq!(timeline.met, Some(3));
    });
}

#[test]
fn statements_do_not_grow_with_the_items() {
    for_each_engine(&migrations(), |store| {
        sample(store);
        let words = Words::new(analysers(), "vuokra").unwrap();
        let filter = Filter {
            words: Some(&words),
            ..ten()
        };
        let count = |store: &TestStore| {
            let before = store.statement_count();
            read(store, AINO, &filter);
            store.statement_count() - before
        };
        let few = count(store);
        store
            .write_blocking(|tx| {
                for id in 60..90 {
                    let item = Item {
                        object: Some(("contact", [id; 16])),
                        class: "contact",
                        ..note(id, client(0), i64::from(id), "Lisää", "Vuokra.")
                    };
                    put(tx, &item)?;
                }
                Ok(())
            })
            .unwrap_or_else(|error: StoreError| panic!("{error}"));
        assert_eq!(count(store), few);
    });
}

#[test]
fn the_reading_is_logged_without_the_words() {
    for_each_engine(&migrations(), |store| {
        sample(store);
        let words = Words::new(analysers(), "vuokra").unwrap();
        let texts = web::Texts::new(
            std::sync::Arc::new(web::Messages::collect(&[clients::feature().messages]).unwrap()),
            kernel::language::Language::Fi,
        );
        let view = store
            .show_blocking(move |tx| {
                let gate = Gate::open(tx, &reader(AINO), client(0), now())?;
                let mut form = web::Form::new();
                form.set("words", "vuokra");
                let ask = Ask::from_form(&form);
                Ok::<_, ClientError>(page::view(
                    tx,
                    &gate,
                    &texts,
                    &ask,
                    Some(&words),
                    &[7; 32],
                    now(),
                )?)
            })
            .unwrap();
        assert!(view.logged.is_some());
        assert_eq!(
            view.value.met,
            "”\u{2068}vuokra\u{2069}” löytyi \u{2068}3\u{2069} merkinnästä, myös taivutettuna."
                .replace(['\u{2068}', '\u{2069}'], "")
        );
        assert_eq!(view.value.rows.len(), 3);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let log = runtime
            .block_on(store.subject_log(client(0).bytes(), 10))
            .unwrap();
        assert!(
            log.iter()
                .any(|entry| entry.header.event == "client.timeline")
        );
        for entry in &log {
            assert!(!entry.content.detail.contains("vuokra"), "{entry:?}");
        }
        let timeline = read(store, AINO, &ten());
        let shown: &Shown = &timeline.items[0];
        assert_eq!(shown.href, "/notes/1");
        let count: i64 = store
            .read_blocking(|tx| {
                tx.query_one("select count(*) from timeline_item", &[])?
                    .get(0)
            })
            .unwrap_or_else(|error: StoreError| panic!("{error}"));
        assert_eq!(count, 5);
    });
}
