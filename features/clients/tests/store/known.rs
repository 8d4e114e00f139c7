//! Under which ids a person has been known.

use clients::store::known;

use crate::support::*;

#[test]
fn what_was_merged_in_steps_is_known_under_every_id() {
    each(|sample| {
        let [a, b, c, other] =
            ["Eka", "Toka", "Kolmas", "Muu"].map(|name| sample.plain(person(name, "Testi", None)));
        // A into C, and then C into B.
        for (from, into) in [(a, c), (c, b)] {
            sample.run(
                "update client set state = 'merged', merged_into = $2 where id = $1",
                store::params![from.bytes(), into.bytes()],
            );
        }
        let ids = |client| {
            sample
                .store
                .read_blocking(move |tx| known::ids(tx, client))
                .unwrap()
        };
        let mut all = [a.bytes(), b.bytes(), c.bytes()];
        all.sort_unstable();
        assert_eq!(ids(b), all);
        assert_eq!(ids(other), [other.bytes()]);
    });
}
