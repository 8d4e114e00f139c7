//! A checked contact becomes a contact of the county, once.
//!
//! The receipt code is made from a secret and from what the sender did (the browser, the words, the
//! moment), not drawn: when the same form comes again, the same code comes out, finds the contact that
//! is there, and no second one is made. The store's unique index on the code's digest holds this also
//! when both come at once.

use std::sync::Mutex;

use identity::people;
use intake::domain::urgency::Judgement;
use intake::domain::{AnswerWay, Door, IntakeError, Kind, NewContact, TalkLanguage};
use intake::glue::{LIVE_TOPIC, desk};
use intake::store::sender::{self, Brief, SenderView};
use intake::store::{Desk, receive};
use kernel::chance::Chance;
use kernel::time::{SignedDuration, Timestamp, millis};
use store::{Logged, StoreError, WriteTx};
use web::receipt::{self, ReceiptCode};
use web::{Failure, Form, House};

use crate::checking::Checked;
use crate::words;

const SEED: &str = "noste 2026 receipt code from a form";
/// The same words from the same browser within this time are the same contact.
const SAME: SignedDuration = SignedDuration::from_mins(10);
/// A form's token lives for a day, so its second sending can come a day later.
const TOKEN_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// The key that receipt codes are digested with.
pub fn key(house: &House) -> [u8; 32] {
    house.secrets.key(receipt::KEY_PURPOSE)
}

/// The codes under which a request may already be there, the one for a new contact first.
#[derive(Debug, Clone)]
pub struct Codes {
    codes: Vec<ReceiptCode>,
    since: Timestamp,
}

impl Codes {
    /// For a form: by the browser's number and the moment, or by the form's token when the browser
    /// takes no cookies.
    pub fn of_form(house: &House, device: Option<&str>, token: &str, new: &NewContact) -> Self {
        let now = house.now();
        let content = content(new);
        let Some(device) = device else {
            let code = code(house, &[b"token", token.as_bytes(), &content]);
            return Self {
                codes: vec![code],
                since: now - TOKEN_LIFE,
            };
        };
        let slot = millis(now).div_euclid(millis_of(SAME));
        let code_of = |slot: i64| {
            code(
                house,
                &[b"device", device.as_bytes(), &content, &slot.to_be_bytes()],
            )
        };
        Self {
            codes: vec![code_of(slot), code_of(slot - 1)],
            since: now - SAME,
        }
    }

    /// For the interface: by the key that the caller gave.
    pub fn of_key(house: &House, key: &str) -> Self {
        Self {
            codes: vec![code(house, &[b"key", key.as_bytes()])],
            since: Timestamp::UNIX_EPOCH,
        }
    }

    /// A drawn code, which is there for nobody yet.
    pub fn drawn(house: &House) -> Self {
        Self {
            codes: vec![ReceiptCode::new(&*house.chance)],
            since: house.now(),
        }
    }
}

fn millis_of(duration: SignedDuration) -> i64 {
    duration.as_secs() * 1000
}

/// A code made of parts that only this house can make.
fn code(house: &House, parts: &[&[u8]]) -> ReceiptCode {
    let mut hasher = blake3::Hasher::new_keyed(&house.secrets.key(SEED));
    for part in parts {
        // The length goes before each part, so that no two lists of parts read the same.
        hasher
            .update(&(part.len() as u64).to_be_bytes())
            .update(part);
    }
    ReceiptCode::new(&Derived(Mutex::new(hasher.finalize_xof())))
}

/// An endless row of bytes from a keyed digest.
struct Derived(Mutex<blake3::OutputReader>);

impl Chance for Derived {
    fn fill(&self, out: &mut [u8]) {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .fill(out);
    }
}

/// A digest of everything the sender told.
fn content(new: &NewContact) -> [u8; 32] {
    // The debug form names every field; the judgement is made from the rest and changes nothing.
    *blake3::hash(format!("{new:?}").as_bytes()).as_bytes()
}

/// What came of a request.
#[derive(Debug)]
pub enum Outcome {
    /// It is there now, made by this request or by the same one before.
    Received {
        code: ReceiptCode,
        brief: Box<Brief>,
    },
    /// The caller's key belongs to another request.
    OtherRequest,
    /// The county has nobody who could hold it: nothing was taken.
    Nobody,
}

/// Says on the form that nobody is there to take it, and where to call. What was typed stays in the form.
pub fn say_nobody(form: &mut Form, house: &House) {
    let county = &house.county;
    let number = [&county.advice_phone, &county.emergency_phone]
        .into_iter()
        .find(|number| !number.is_empty());
    match number {
        Some(number) => {
            form.error_with("", "public-nobody", vec![("phone", number.clone().into())]);
        }
        None => form.error("", "public-nobody-no-number"),
    }
}

/// Receives a contact, once.
///
/// # Errors
/// As the store fails.
pub async fn once(house: &House, new: NewContact, codes: Codes) -> Result<Outcome, Failure> {
    let desk = desk(house)?;
    let key = key(house);
    for last in [false, true] {
        let (desk, new, codes) = (desk.clone(), new.clone(), codes.clone());
        let answer = house
            .store
            .write(move |tx| in_transaction(tx, &desk, &key, &new, &codes))
            .await;
        match answer {
            Ok(receipt) => {
                let (outcome, made) = receipt.value;
                if receipt.logged.is_none() && !matches!(outcome, Outcome::OtherRequest) {
                    return Err(Failure::internal("a contact received without a log entry"));
                }
                if made {
                    house.live.tell(LIVE_TOPIC);
                }
                return Ok(outcome);
            }
            // The same request won the race: now it is found.
            Err(IntakeError::Store(StoreError::Unique { .. })) if !last => {}
            Err(IntakeError::Nobody) => {
                // For the administrator: the log says why, the sender is told what to do.
                let _: Failure = Failure::internal(
                    "a contact was refused: the county has no unit that could hold it",
                );
                return Ok(Outcome::Nobody);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::internal("a contact met itself twice"))
}

fn in_transaction(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    key: &[u8; 32],
    new: &NewContact,
    codes: &Codes,
) -> Result<(Outcome, bool), IntakeError> {
    for code in &codes.codes {
        let Some(id) = sender::find_since(tx, code, key, codes.since)? else {
            continue;
        };
        if !sender::is_same(tx, id, new)? {
            return Ok((Outcome::OtherRequest, false));
        }
        // Telling a receipt again is a look at the contact, and is logged as one.
        sender::view(tx, desk, code, key)?;
        let brief = Box::new(sender::brief(tx, id)?);
        return Ok((
            Outcome::Received {
                code: code.clone(),
                brief,
            },
            false,
        ));
    }
    let code = codes.codes.first().cloned().ok_or(IntakeError::WrongCode)?;
    let received = receive::from_sender(tx, desk, new, Some(&code.digest(key)))?;
    if new.answer_way == AnswerWay::Call {
        let unit = people::receiving_unit(tx, new.municipality.as_deref())?;
        sender::ask_call_back(tx, desk, received.id, unit, "")?;
    }
    let brief = Box::new(sender::brief(tx, received.id)?);
    Ok((Outcome::Received { code, brief }, true))
}

/// A contact as its sender sees it, with the proof that the look is in the log; `None` when the code
/// opens nothing.
///
/// # Errors
/// As the store fails.
pub async fn look(
    house: &House,
    code: &ReceiptCode,
) -> Result<Option<(SenderView, Logged)>, Failure> {
    let (desk, key, code) = (desk(house)?, key(house), code.clone());
    match house
        .store
        .show(move |tx| sender::view(tx, &desk, &code, &key))
        .await
    {
        Ok(receipt) => {
            let logged = receipt
                .logged
                .ok_or_else(|| Failure::internal("a look that is not in the log"))?;
            Ok(Some((receipt.value, logged)))
        }
        Err(IntakeError::WrongCode) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A contact to be received from checked words.
pub fn new_contact(checked: Checked, door: Door, urgency: Judgement) -> NewContact {
    let interpreter = matches!(checked.language, TalkLanguage::Sign | TalkLanguage::Other);
    NewContact {
        kind: Kind::Contact,
        door,
        municipality: checked.municipality,
        language: checked.language,
        other_language: checked
            .other_language
            .filter(|_| checked.language == TalkLanguage::Other),
        interpreter,
        parties: checked.parties,
        title: words::title(&checked.words),
        own_words: checked.words,
        theme: None,
        person_name: checked.name,
        phone: checked.phone,
        answer_way: checked.way,
        wish: checked.wish,
        authority: None,
        authority_contact: None,
        authority_ground: None,
        assisted: false,
        urgency,
    }
}
