//! Every county of the country can be made and grown, whichever its municipalities are.

use std::sync::Arc;

use intake::domain::IntakeSettings;
use intake::store::Desk;
use kernel::time::from_millis;
use store::{Query, StoreError};
use synth::Plan;
use synth::stress::{self, Size};

mod common;

/// As small as a county can be made, and grown.
const PERSONS: u32 = 3;
const GROWN: Size = Size {
    clients: 6,
    open: 2,
    texts: 2,
    entries: 0,
};

/// What every county has: a unit of advice, everybody whom a demo enters as, a contact of each planted fate, and no place of
/// another county.
fn look(test: &testkit::TestStore, county: &str) {
    let places: Vec<&str> = kernel::place::municipalities_of(county)
        .iter()
        .map(|one| one.code)
        .collect();
    let (counts, told) = test
        .store()
        .read_blocking(|tx| {
            let row = tx.query_one(
                "select (select count(*) from unit where kind = 'advice'), (select count(distinct demo_role) from staff where demo_role is not null), (select count(*) from contact where state = 'open'), (select count(distinct municipality_code) from unit_municipality)",
                &[],
            )?;
            let counts: [i64; 4] = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?];
            let rows = tx.query(
                "select municipality from contact where municipality is not null union select municipality from gathering where municipality <> '' union select area from observation where area_level = 'municipality'",
                &[],
            )?;
            let told = rows
                .iter()
                .map(|row| row.get::<String>(0))
                .collect::<Result<Vec<_>, _>>()?;
            Ok::<_, StoreError>((counts, told))
        })
        .expect("counts");
    let [advice, roles, open, own] = counts;
    assert_eq!((advice, roles), (1, 12), "{county}");
    assert!(open >= 10, "{county}: {open} contacts are open");
    assert_eq!(own, places.len() as i64, "{county}: each has its unit");
    for code in told {
        assert!(places.contains(&code.as_str()), "{county}: {code}");
    }
}

#[test]
fn every_county_can_be_made_and_grown() {
    let secrets = web::Secrets::new([7; 32]);
    for county in kernel::place::counties() {
        let test = testkit::sqlite_store(&common::migrations());
        let desk = Desk {
            clock: test.clock.clone(),
            chance: test.chance.clone(),
            settings: Arc::new(IntakeSettings::default()),
            calendar: Arc::new(law::Calendar::finland()),
        };
        let desks = synth::Desks::of(desk, &secrets, common::endings());
        let plan = Plan {
            county: county.code.to_owned(),
            persons: PERSONS,
            years: 1,
            seed: 3,
            now: from_millis(1_773_306_000_000), // Thursday 12.3.2026 at 11.00
            identity_key: identity::IdentityKey::of(&secrets),
            register: None,
        };
        synth::fill(&test.store(), &desks, &test.clock, &plan, &mut |_, _| {})
            .unwrap_or_else(|error| panic!("{}: {error}", county.name_fi));
        look(&test, county.code);
        stress::grow(
            &test.store(),
            &desks,
            &test.clock,
            (&plan, GROWN),
            &mut |_, _| {},
        )
        .unwrap_or_else(|error| panic!("{} grown: {error}", county.name_fi));
    }
}
