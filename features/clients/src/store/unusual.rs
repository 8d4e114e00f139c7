//! What is unusual about one search: the hour, the address, the house, a watched person. Read with the same two
//! statements whatever was found, so that the time of an answer tells nothing.

use std::collections::BTreeSet;

use kernel::time::{SignedDuration, Timestamp, day, wall_time};
use store::{Query, StoreError, params};

use super::{Desk, limits, watch};
use crate::domain::{ClientId, Reader};

/// The rules that one search hits, beside those of names and former clients.
pub(crate) fn rules(
    tx: &mut impl Query,
    desk: &Desk,
    reader: &Reader,
    found: Option<ClientId>,
    now: Timestamp,
) -> Result<Vec<&'static str>, StoreError> {
    let id = found.unwrap_or(ClientId::from_bytes([0; 16]));
    let since = now - SignedDuration::from_hours(24);
    let row = tx.query_one(
        "select case when exists (select 1 from duty d where d.staff_id = $1 and d.begins_at <= $3 and d.ends_at > $3) then 1 else 0 end, case when exists (select 1 from client c join watched_person w on w.identity_hash = c.identity_hash where c.id = $2 and w.ended_at is null and w.ends_on >= $4) then 1 else 0 end, case when exists (select 1 from watch_hit h where h.staff_id = $1 and h.rule = 'one_house' and h.at > $5) then 1 else 0 end",
        &params![reader.staff.bytes(), id.bytes(), now, day(now).to_string(), since],
    )?;
    let (on_duty, watched, told): (bool, bool, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let addresses = addresses(tx, reader, id, since)?;
    let mut hits = Vec::new();
    if is_night(desk, now) && !on_duty && !limits::never_paused(reader) {
        hits.push(watch::NIGHT);
    }
    if watched {
        hits.push(watch::WATCHED);
    }
    if addresses.shares_home() {
        hits.push(watch::SAME_ADDRESS);
    }
    if !told && addresses.neighbours() >= desk.settings.watch_one_house {
        hits.push(watch::ONE_HOUSE);
    }
    Ok(hits)
}

fn is_night(desk: &Desk, now: Timestamp) -> bool {
    let (hour, settings) = (i64::from(wall_time(now).hour()), &desk.settings);
    let (from, until) = (settings.watch_night_from, settings.watch_night_until);
    match from <= until {
        true => (from..until).contains(&hour),
        false => hour >= from || hour < until,
    }
}

/// Addresses in force: of the one found, of the searcher's own and declared relatives' records, and of those whom
/// the searcher found within a day.
struct Addresses {
    found: BTreeSet<String>,
    home: BTreeSet<String>,
    seen: Vec<([u8; 16], String)>,
}

impl Addresses {
    fn shares_home(&self) -> bool {
        !self.found.is_disjoint(&self.home)
    }

    /// How many people of the found one's house were found within a day, the found one counted.
    fn neighbours(&self) -> i64 {
        let houses: BTreeSet<String> = self.found.iter().filter_map(|text| house(text)).collect();
        let people: BTreeSet<[u8; 16]> = self
            .seen
            .iter()
            .filter(|(_, text)| house(text).is_some_and(|one| houses.contains(&one)))
            .map(|(client, _)| *client)
            .collect();
        i64::try_from(people.len()).unwrap_or(i64::MAX)
    }
}

fn addresses(
    tx: &mut impl Query,
    reader: &Reader,
    found: ClientId,
    since: Timestamp,
) -> Result<Addresses, StoreError> {
    let rows = tx.query(
        "select 'found', d.client_id, d.value from client_detail d where d.client_id = $2 and d.kind in ('address', 'temporary_address') and d.ended_at is null and d.voided_at is null union all select 'home', d.client_id, d.value from client_detail d where d.client_id in (select k.client_id from kin_bar k where k.staff_id = $1 and k.bar in ('B01', 'B02')) and d.kind in ('address', 'temporary_address') and d.ended_at is null and d.voided_at is null union all select 'seen', d.client_id, d.value from client_detail d where (d.client_id = $2 or d.client_id in (select u.found from search_use u where u.staff_id = $1 and u.at > $3)) and d.kind in ('address', 'temporary_address') and d.ended_at is null and d.voided_at is null",
        &params![reader.staff.bytes(), found.bytes(), since],
    )?;
    let mut addresses = Addresses {
        found: BTreeSet::new(),
        home: BTreeSet::new(),
        seen: Vec::new(),
    };
    for row in &rows {
        let text = plain(&row.get::<String>(2)?);
        match row.get::<String>(0)?.as_str() {
            "found" => addresses.found.insert(text),
            "home" => addresses.home.insert(text),
            _ => {
                addresses.seen.push((row.get(1)?, text));
                true
            }
        };
    }
    Ok(addresses)
}

/// An address with nothing but its letters and digits, one space between words: typed in two ways it is the same.
fn plain(address: &str) -> String {
    let kept: String = address
        .to_lowercase()
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                ' '
            }
        })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The street and the number of the house, without the flat: `None` when there is no number.
fn house(plain: &str) -> Option<String> {
    let words: Vec<&str> = plain.split(' ').collect();
    let number = words
        .iter()
        .skip(1)
        .position(|word| word.starts_with(|letter: char| letter.is_ascii_digit()))?;
    let post = words
        .iter()
        .skip(number + 2)
        .find(|word| word.len() == 5 && word.bytes().all(|letter| letter.is_ascii_digit()));
    let mut house = words.get(..number + 2)?.join(" ");
    if let Some(post) = post {
        house.push(' ');
        house.push_str(post);
    }
    Some(house)
}

#[cfg(test)]
mod tests {
    use super::{house, plain};

    #[test]
    fn flats_of_one_house_are_one_house() {
        let one = |text: &str| house(&plain(text));
        assert_eq!(
            one("Puistokatu 3 A 5, 40100 Jyväskylä"),
            Some("puistokatu 3 40100".into())
        );
        assert_eq!(
            one("Puistokatu  3 as. 12, 40100 JYVÄSKYLÄ"),
            one("Puistokatu 3 A 5, 40100 Jyväskylä")
        );
        assert_ne!(
            one("Puistokatu 3, 40100 Jyväskylä"),
            one("Puistokatu 3, 44100 Äänekoski")
        );
        assert_ne!(one("Puistokatu 3"), one("Puistokatu 30"));
        assert_eq!(
            one("Vanha Lohikoskentie 7 B, 40320 Jyväskylä"),
            Some("vanha lohikoskentie 7 40320".into())
        );
        assert_eq!(one("Poste restante"), None);
        assert_eq!(one("3"), None);
        assert_eq!(one(""), None);
    }
}
