//! What is protected in a county, and how it is looked for in a text.

use std::collections::BTreeSet;
use std::sync::Arc;

use clients::store::details::{self, NewDetail};
use clients::{ClientId, Gate, Reader as Asker};
use store::Query;
use web::Secrets;

use crate::county::County;
use crate::inside::SECRET;

/// What must not be found, as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hidden {
    pub client: ClientId,
    pub needle: String,
}

/// Letters and digits alone: no space, hyphen or bracket hides a number.
fn plain(text: &str) -> String {
    let text = text
        .replace("&nbsp;", "")
        .replace("&#160;", "")
        .replace("&#xa0;", "")
        .replace("\\u00a0", "");
    text.to_lowercase()
        .chars()
        .filter(|letter| letter.is_alphanumeric() || *letter == '@')
        .collect()
}

/// Everything by which a value could be known.
fn needles(kind: &str, value: &str) -> Vec<String> {
    match kind {
        "address" | "temporary_address" | "postal_address" => {
            let street = value.split(',').next().unwrap_or(value);
            let name: String = street
                .chars()
                .take_while(|letter| !letter.is_ascii_digit())
                .collect();
            vec![plain(street), plain(&name)]
        }
        // With the country's number the leading zero is not there.
        "phone" => vec![plain(value).trim_start_matches('0').to_owned()],
        "email" => vec![plain(value)],
        _ => Vec::new(),
    }
}

fn text_id(id: [u8; 16]) -> ClientId {
    ClientId::from_bytes(id)
}

/// Protected values, straight from the table: those of clients under non-disclosure or living with one who is, and
/// those that a worker has marked.
pub fn hidden(county: &County) -> Vec<Hidden> {
    let today = county.built.house.today().to_string();
    let values = county.rows(
        "select d.client_id, d.kind, d.value from client_detail d where d.protected = 1 or exists (select 1 from hidden_client h where h.client_id = d.client_id and h.begins_on <= $1 and h.ends_on >= $1) union all select p.client_id, 'phone', p.phone from related_person p where p.phone is not null and exists (select 1 from hidden_client h where (h.client_id = p.other_client or (h.client_id = p.client_id and p.same_household = 1)) and h.begins_on <= $1 and h.ends_on >= $1)",
        &[today.into()],
        |row| {
            Ok((
                text_id(row.get(0)?),
                row.get::<String>(1)?,
                row.get::<String>(2)?,
            ))
        },
    );
    let open: BTreeSet<String> = county
        .rows(
            "select c.phone from contact c where c.phone is not null and not exists (select 1 from contact_link l join hidden_client h on h.client_id = l.client_id where l.contact_id = c.id and l.ended_at is null) union all select value from client_detail where protected = 0 and kind = 'phone' and client_id not in (select client_id from hidden_client)",
            &[],
            |row| row.get::<String>(0),
        )
        .iter()
        .map(|phone| plain(phone).trim_start_matches('0').to_owned())
        .collect();
    let mut all: Vec<Hidden> = values
        .iter()
        .flat_map(|(client, kind, value)| {
            needles(kind, value).into_iter().map(|needle| Hidden {
                client: *client,
                needle,
            })
        })
        // The same made-up number may be somebody else's, who hides nothing. That somebody who hides called from a
        // number makes it no less hidden.
        .filter(|one| !open.contains(&one.needle))
        .collect();
    all.sort();
    all.dedup();
    all
}

pub fn found(hidden: &[Hidden], text: &str) -> Vec<String> {
    let text = plain(text);
    hidden
        .iter()
        .filter(|one| text.contains(&one.needle))
        .map(|one| format!("{} of {}", one.needle, one.client))
        .collect()
}

/// Numbers that nobody else has.
pub const NOORA_PHONE: &str = "045 123 98764";
pub const OONA_PHONE: &str = "+358 45 123 98761";

/// More to hide than the synthetic county has: an e-mail, a number of the household, a former address, a number
/// that a worker marked of somebody who hides nothing else.
pub fn hide_more(county: &County) {
    let house = county.built.house.clone();
    let desk = clients::Desk::new(
        Arc::clone(&house.clock),
        Arc::clone(&house.chance),
        &Secrets::new(SECRET),
        clients::ClientSettings::default(),
        Arc::new(law::Calendar::finland()),
    );
    let aino = county
        .staff
        .iter()
        .find(|one| one.name == "Aino Salmela")
        .expect("Aino");
    let asker = Asker {
        staff: aino.id,
        unit: aino.unit,
        subject: access::rights::Subject::employee(
            aino.tasks.iter().map(String::as_str),
            aino.qualifications.iter().map(String::as_str),
        ),
        strong: true,
    };
    house
        .store
        .write_blocking(move |tx| {
            let now = desk.now();
            let of = |tx: &mut store::WriteTx<'_>, name: &str| {
                let row = tx.query_one(
                    "select id from client where display_name = $1 and state = 'active'",
                    &store::params![name],
                )?;
                Ok::<_, clients::ClientError>(ClientId::from_bytes(row.get(0)?))
            };
            for (name, kind, value, protect) in [
                (
                    "Noora Kivelä",
                    "email",
                    "noora.uusi@piilossa.example",
                    false,
                ),
                (
                    "Noora Kivelä",
                    "postal_address",
                    "Vaitikuja 8, 40900 Säynätsalo",
                    false,
                ),
                (
                    "Noora Kivelä",
                    "postal_address",
                    "Äänetön tie 9, 40900 Säynätsalo",
                    false,
                ),
                ("Noora Kivelä", "home_municipality", "890", false),
                ("Noora Kivelä", "phone", NOORA_PHONE, false),
                ("Oona Kivelä", "phone", OONA_PHONE, false),
                ("Mikael Rautio", "phone", "045 123 98762", true),
                (
                    "Mikael Rautio",
                    "temporary_address",
                    "Salaovi 4 B, 40100 Jyväskylä",
                    true,
                ),
            ] {
                let client = of(tx, name)?;
                let gate = Gate::open(tx, &asker, client, now)?;
                let new = NewDetail {
                    kind,
                    value: value.to_owned(),
                    protect,
                    from: None,
                    to: None,
                    source: "client".to_owned(),
                    follows: None,
                };
                assert!(details::change(tx, &desk, &gate, &new, None)?);
            }
            let noora = of(tx, "Noora Kivelä")?;
            tx.execute(
                "update related_person set phone = '045 123 98763' where other_client = $1",
                &store::params![noora.bytes()],
            )?;
            Ok::<_, clients::ClientError>(())
        })
        .expect("hidden");
}
