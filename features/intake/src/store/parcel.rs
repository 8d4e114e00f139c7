//! A matter that another county has sent here becomes a contact of the receiving unit, with everything that was sent.

use casework::domain::NameCode;
use casework::domain::transfer::{ClientPart, Package};
use casework::store::outbox::Parcel;
use identity::people;
use kernel::time::{day, from_millis, millis};
use store::{Query, StoreError, WriteTx, params};

use crate::domain::urgency::{Judgement, Urgency};
use crate::domain::{
    AnswerWay, ContactId, Door, IntakeError, Kind, NewContact, Parties, TalkLanguage,
};
use crate::store::{Desk, receive, unreadable};

/// Receives a package: a contact in the queue of the unit that receives what names no municipality. A package that has come
/// before is the same contact.
///
/// # Errors
/// When the package is not what was written, the county has no unit at work, or the engine fails.
pub fn receive(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    parcel: &Parcel,
) -> Result<ContactId, IntakeError> {
    if let Some(row) = tx.query_optional(
        "select contact_id, digest from county_inbox where id = $1",
        &params![parcel.id],
    )? {
        return if row.get::<[u8; 32]>(1)? == parcel.digest {
            Ok(ContactId::from_bytes(row.get(0)?))
        } else {
            Err(unreadable().into())
        };
    }
    let unit = people::receiving_unit(tx, None)?;
    let received = receive::from_county(tx, desk, &contact(&parcel.package), unit)?;
    tx.execute(
        "insert into county_inbox (id, from_county, matter_number, contact_id, package, digest, received_at) values ($1, $2, $3, $4, $5, $6, $7)",
        &params![
            parcel.id,
            parcel.package.from_county.as_str(),
            parcel.package.matter.number.as_str(),
            received.id.bytes(),
            parcel.text.as_str(),
            parcel.digest,
            millis(desk.now())
        ],
    )?;
    Ok(received.id)
}

/// The person of the package that a contact was made of, for whoever makes a client of her.
///
/// # Errors
/// When the engine fails, or the package cannot be read.
pub fn person(
    query: &mut impl Query,
    contact: ContactId,
) -> Result<Option<ClientPart>, StoreError> {
    let row = query.query_optional(
        "select package from county_inbox where contact_id = $1",
        &params![contact.bytes()],
    )?;
    let Some(row) = row else { return Ok(None) };
    let package: Package =
        serde_json::from_str(&row.get::<String>(0)?).map_err(|_| unreadable())?;
    Ok(package.clients.into_iter().next())
}

fn contact(package: &Package) -> NewContact {
    let county = county(&package.from_county);
    let matter = NameCode::from_code(&package.matter.name_code).unwrap_or(NameCode::Other);
    let title = match (&package.matter.name_text, matter) {
        (Some(text), NameCode::Other) => text.clone(),
        _ => matter.title().to_owned(),
    };
    let first = package.clients.first();
    let languages = first.map_or(&[][..], |one| one.languages.as_slice());
    let kind = package.initiation.as_ref().map(|entry| entry.kind.as_str());
    let urgency = package.urgency.as_deref().and_then(Urgency::from_code);
    NewContact {
        kind: kind.and_then(Kind::from_code).unwrap_or(Kind::Notification),
        door: Door::Authority,
        municipality: None,
        language: languages
            .iter()
            .find_map(|code| TalkLanguage::from_code(code))
            .unwrap_or(TalkLanguage::Fi),
        other_language: None,
        interpreter: false,
        parties: match package.clients.len() {
            0 | 1 => Parties::One,
            2 => Parties::Couple,
            _ => Parties::Family,
        },
        own_words: words(package, &county, &title),
        title: format!("{title}, siirto: {county}"),
        theme: None,
        person_name: first.and_then(|one| one.name.clone()),
        phone: first.and_then(|one| one.phones.first().cloned()),
        answer_way: AnswerWay::None,
        wish: None,
        authority: Some(format!("{county}, {}", package.made_by)),
        authority_contact: None,
        authority_ground: None,
        assisted: false,
        urgency: Judgement {
            // Who does not say how soon is not left waiting.
            urgency: urgency.unwrap_or(Urgency::Today),
            housing_risk: false,
            child_in_household: false,
            by_rule: false,
            reason: package.ground_words.clone(),
        },
    }
}

fn county(code: &str) -> String {
    kernel::place::county(code).map_or_else(|| code.to_owned(), |county| county.name_fi.to_owned())
}

/// What was sent, in the language of records. Identity codes are left out: they are filled in where a client is made.
fn words(package: &Package, county: &str, title: &str) -> String {
    let pending = day(from_millis(package.matter.pending_at));
    let mut lines = vec![format!(
        "Siirretty: {county}. {title}, asia {}, vireillä {}.{}.{}.",
        package.matter.number,
        pending.day(),
        pending.month(),
        pending.year()
    )];
    let mut line = |name: &str, text: &str| {
        if !text.trim().is_empty() {
            lines.push(format!("{name}: {}", text.trim()));
        }
    };
    line("Vastaanottaja", &package.receiver);
    line("Siirron peruste", &package.ground_words);
    line("Saate", &package.cover);
    for one in &package.clients {
        let born = one.birth_date.as_deref().unwrap_or_default();
        let name = one.name.as_deref().unwrap_or_default();
        line("Henkilö", format!("{name} {born}").trim());
        line("Puhelin", &one.phones.join(", "));
        line("Kielet", &one.languages.join(", "));
        if one.protected {
            line("Yhteystiedot", "turvakielto, kysy lähettäjältä puhelimessa");
        }
    }
    if let Some(entry) = &package.initiation {
        line("Tarve ja perusteet", &entry.reasons);
        line(
            "Omin sanoin",
            entry.own_words.as_deref().unwrap_or_default(),
        );
        if let Some(outside) = &entry.outside {
            let got = format!(
                "{}, {}, {}",
                outside.what, outside.from_whom, outside.got_on
            );
            line("Tietoja muualta", &got);
        }
    }
    for clock in &package.clocks {
        line(
            "Määräaika",
            &format!("{} {}", clock.code, clock.due_on.as_deref().unwrap_or("")),
        );
    }
    lines.join("\n")
}
