//! Whose log of use opens to whom: one's own to everybody, one's staff's to a lead, all to the data protection officer.

use std::collections::BTreeSet;

use identity::people::StaffId;

use crate::county::{County, Reader};

/// Units led by a person today, as lead or as deputy, and everybody who works in them.
fn led(county: &County, staff: StaffId) -> BTreeSet<StaffId> {
    let today = county.built.house.today().to_string();
    county
        .rows(
            "select s.id from staff s join unit_leader l on l.unit_id = s.unit_id where l.staff_id = $1 and l.begins_on <= $2 and l.ends_on >= $2",
            &[staff.bytes().into(), today.into()],
            |row| row.get(0).map(StaffId::from_bytes),
        )
        .into_iter()
        .collect()
}

fn page(county: &County, reader: &Reader, path: &str) -> u16 {
    county.get(reader, path).status.as_u16()
}

#[test]
fn who_has_only_an_own_log_reaches_no_others() {
    let county = County::of(20);
    let (mut plain, mut leads, mut all) = (0, 0, 0);
    for reader in county.readers.iter().filter(|one| !one.is_program()) {
        let Some(own) = reader.staff else { continue };
        let staff = county
            .staff
            .iter()
            .find(|one| one.id == own)
            .expect("an employee");
        let (officer, led) = (staff.title == "dpo", led(&county, own));
        let may_list = officer || !led.is_empty();
        let list = county.get(reader, "/oversight/users");
        let expected = if may_list { 200 } else { 404 };
        assert_eq!(list.status.as_u16(), expected, "{}", reader.who);
        assert_eq!(page(&county, reader, "/oversight/own"), 200);
        for other in &county.staff {
            let path = format!("/oversight/users/{}", other.id);
            let opens = officer || other.id == own || led.contains(&other.id);
            let about = format!("{} reads the log of {}", reader.who, other.name);
            let expected = if opens { 200 } else { 404 };
            assert_eq!(page(&county, reader, &path), expected, "{about}");
            // The list names nobody whose log stays closed.
            assert!(opens || !list.body.contains(&path), "{about}");
            let table = county.post(reader, &format!("{path}/table"), &[]);
            // Whoever may save a table is asked why; nobody else learns that there is one.
            let known = table.status.as_u16() != 404;
            assert_eq!(known, officer, "{about} as a table: {}", table.status);
        }
        match (officer, led.is_empty()) {
            (true, _) => all += 1,
            (false, false) => leads += 1,
            (false, true) => plain += 1,
        }
    }
    assert!(plain > 3 && leads > 0 && all > 0, "{plain} {leads} {all}");
}
