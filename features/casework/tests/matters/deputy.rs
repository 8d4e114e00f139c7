//! A deputy of a unit's lead is its lead between the days, and nothing outside them.

use casework::domain::MatterError;
use casework::store::holding;
use casework::store::list::{self, Filters, Tab};
use casework::store::net;
use casework::store::offers::{self, NewOffer, Receiver};
use kernel::time::SignedDuration;
use store::{Query, params};
use testkit::stores;

use crate::leaver::{accept_all, holder, leaves, today};
use crate::support::*;

#[test]
fn a_deputy_leads_between_the_days_and_not_outside_them() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (_, matter) = sample.held(AINO, "Pohjoisen");
        let first = today(&sample).tomorrow().unwrap();
        sample.deputy(NORTH, LIISA, first, first);
        leaves(&sample, AINO, today(&sample).yesterday().unwrap());
        let seen = || {
            let page = sample.act(LIISA, |tx, casework, reader| {
                list::page(tx, casework, reader, Tab::Unit, &Filters::default(), 0)
            });
            let net = sample.act(LIISA, |tx, casework, reader| {
                Ok::<_, MatterError>(net::unheld(tx, reader, casework.now())?)
            });
            (page.rows.len(), net.len())
        };
        let take_over = || {
            sample.try_act(LIISA, move |tx, casework, reader| {
                holding::take_over(tx, casework, reader, matter, "Sijaisena")
            })
        };
        assert_eq!(seen(), (0, 0), "the day before");
        assert!(matches!(take_over(), Err(MatterError::NotFound)));
        sample.clock.advance(SignedDuration::from_hours(24));
        assert_eq!(seen(), (1, 1), "the deputy's day");
        sample.clock.advance(SignedDuration::from_hours(24));
        assert_eq!(seen(), (0, 0), "the day after");
        assert!(matches!(take_over(), Err(MatterError::NotFound)));
    }
}

#[test]
fn a_deputy_takes_over_for_the_unit_and_hands_on() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (_, matter) = sample.held(AINO, "Pohjoisen");
        let now = today(&sample);
        sample.deputy(NORTH, LIISA, now, now);
        leaves(&sample, AINO, now.yesterday().unwrap());
        sample.act(LIISA, move |tx, casework, reader| {
            holding::take_over(tx, casework, reader, matter, "Sijaisena")
        });
        assert_eq!(holder(&sample, matter), LIISA);
        let unit = sample
            .store
            .read_blocking(move |tx| {
                tx.query_one(
                    "select holder_unit from matter where id = $1",
                    &params![matter.bytes()],
                )?
                .get::<[u8; 16]>(0)
            })
            .unwrap();
        assert_eq!(unit, NORTH, "the matter stays the unit's");
        sample.act(LIISA, move |tx, casework, reader| {
            let new = NewOffer {
                receiver: Receiver::Person(staff(VILLE)),
                reason: "Pohjoisen asia".to_owned(),
                warm: false,
            };
            offers::make(tx, casework, reader, matter, &new)
        });
        accept_all(&sample, VILLE);
        assert_eq!(holder(&sample, matter), VILLE);
    }
}
