//! Lists: nothing that its page refuses, the same number of statements for one row and for fifty.

use casework::store::list::{self, Filters, Tab};
use casework::store::view;
use testkit::{sqlite_store, stores};

use crate::support::*;

#[test]
fn a_list_never_holds_what_its_page_refuses() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        sample.held(AINO, "Ainon");
        sample.held(SANNA, "Sannan");
        sample.queued(NORTH, "Pohjoisen jono");
        sample.queued(SOUTH, "Etelän jono");
        let (client, _) = sample.held(VILLE, "Villen");
        sample.relate(client, AINO, "own_worker");
        let mut rows = 0;
        for worker in [AINO, VILLE, HANNA, SANNA, LIISA] {
            for tab in Tab::ALL {
                let page = sample.act(worker, move |tx, casework, reader| {
                    list::page(tx, casework, reader, *tab, &Filters::default(), 0)
                });
                for row in page.rows {
                    rows += 1;
                    let (id, names) = (row.id, row.clients.clone());
                    let shown = sample.act(worker, move |tx, casework, reader| {
                        view::read(tx, casework, reader, id)
                    });
                    let cards: Vec<_> = shown
                        .view
                        .clients
                        .iter()
                        .map(|card| card.name.clone())
                        .collect();
                    assert_eq!(names, cards);
                }
            }
        }
        assert!(rows >= 10, "{rows}");
        // The lists themselves: Aino's own and the one of her client; each lead the unit's.
        let of = |worker, tab| {
            let page = sample.act(worker, move |tx, casework, reader| {
                list::page(tx, casework, reader, tab, &Filters::default(), 0)
            });
            let mut names: Vec<_> = page.rows.into_iter().flat_map(|row| row.clients).collect();
            names.sort();
            names
        };
        assert_eq!(of(AINO, Tab::Mine), ["Testi Ainon", "Testi Villen"]);
        assert_eq!(of(AINO, Tab::Untaken), ["Testi Pohjoisen jono"]);
        assert_eq!(of(SANNA, Tab::Untaken), ["Testi Etelän jono"]);
        assert_eq!(
            of(HANNA, Tab::Unit),
            ["Testi Ainon", "Testi Pohjoisen jono", "Testi Villen"]
        );
    }
}

#[test]
fn the_statements_do_not_grow_with_the_rows() {
    let sample = sample(sqlite_store(&rooms()));
    let statements = |sample: &Sample| {
        let before = sample.store.store().statement_count();
        let page = sample.act(AINO, |tx, casework, reader| {
            list::page(tx, casework, reader, Tab::Mine, &Filters::default(), 0)
        });
        (
            page.rows.len(),
            sample.store.store().statement_count() - before,
        )
    };
    sample.held(AINO, "Yksi");
    let (one, for_one) = statements(&sample);
    for _ in 0..49 {
        sample.held(AINO, "Lisää");
    }
    let (fifty, for_fifty) = statements(&sample);
    assert_eq!((one, fifty), (1, 50));
    assert_eq!(for_one, for_fifty);
}
