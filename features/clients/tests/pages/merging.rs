//! A merge below another is not undone before it, and the page says so.

use axum::http::StatusCode;
use clients::domain::RowId;
use clients::store::merge::{self, MovedTables};
use clients::{ClientId, Gate};

use crate::browser::{Pages, block_on};
use crate::support::*;

fn join(sample: &Sample<'_>, kept: ClientId, other: ClientId) -> RowId {
    sample
        .act(move |tx, desk| {
            let now = desk.now();
            let one = Gate::open(tx, &reader(AINO), kept, now)?;
            let two = Gate::open(tx, &reader(AINO), other, now)?;
            let case = merge::ask(tx, desk, &one, &two, "sama ihminen")?;
            merge::take(tx, desk, &reader(STEWARD), case)?;
            merge::approve(tx, desk, &reader(STEWARD), case, &MovedTables::default())?;
            Ok(case)
        })
        .unwrap()
}

#[test]
fn the_later_merge_is_undone_first() {
    each(|sample| {
        let [first, second, third] = ["Rautio", "Rautjo", "Raution"].map(|family| {
            let client = sample.plain(person(family, "Mikael", None));
            sample.begin(client, AINO, "own_worker");
            client
        });
        let inner = join(sample, first, second);
        join(sample, third, first);
        let pages = Pages::of(sample);
        block_on(async {
            let steward = pages.enter(sample, SECOND_STEWARD).await;
            let path = format!("/clients/merges/{inner}");
            let taken = pages.post(&format!("{path}/take"), &[], &steward).await;
            assert_eq!(taken.location, path, "{}", taken.body);
            let fields = [("act", "undo"), ("reason", "eri ihminen")];
            let refused = pages.post(&path, &fields, &steward).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(
                refused.body.contains("Peru ensin se yhdistäminen"),
                "{}",
                refused.body
            );
            assert!(refused.body.contains("eri ihminen"), "what was typed stays");
        });
    });
}
