//! Answers of an authenticator in software: the honest ones are believed, each bent one is refused for its own reason.

use passkeys::stand_in::StandIn;
use passkeys::{Assertion, NewKey, Party, PublicKey, Refusal, challenge_of, register, verify};
use proptest::prelude::*;

const HOUSE: Party<'_> = Party {
    id: "noste.test",
    origin: "https://noste.test",
};
const OTHER: Party<'_> = Party {
    id: "other.test",
    origin: "https://other.test",
};
const CHALLENGE: &[u8] = b"thirty-two bytes that are random";

fn made() -> (StandIn, NewKey) {
    let mut device = StandIn::new(3);
    let (client, object) = device.create(HOUSE, CHALLENGE);
    let key = register(HOUSE, CHALLENGE, &client, &object).expect("an honest answer");
    (device, key)
}

fn signs(
    device: &mut StandIn,
    party: Party<'_>,
    challenge: &[u8],
    key: &NewKey,
) -> Result<u32, Refusal> {
    let answer = device.get(party, challenge);
    let assertion = Assertion {
        client_data: &answer.client_data,
        authenticator_data: &answer.authenticator_data,
        signature: &answer.signature,
    };
    verify(HOUSE, CHALLENGE, &key.key, key.counter, assertion)
}

#[test]
fn an_honest_passkey_is_made_kept_and_used() {
    let (mut device, mut key) = made();
    assert_eq!((key.counter, key.synced), (1, false));
    key.key = PublicKey::from_bytes(&key.key.to_bytes()).expect("kept");
    for expected in 2..5 {
        key.counter = signs(&mut device, HOUSE, CHALLENGE, &key).expect("believed");
        assert_eq!(key.counter, expected);
    }
    let (client, _) = device.create(HOUSE, CHALLENGE);
    assert_eq!(challenge_of(&client).as_deref(), Some(CHALLENGE));
    assert_eq!(challenge_of(b"{}"), None);
}

#[test]
fn a_counter_that_does_not_rise_is_a_copy() {
    let (mut device, mut key) = made();
    let mut copy = device.clone();
    key.counter = signs(&mut device, HOUSE, CHALLENGE, &key).expect("believed");
    assert_eq!(
        signs(&mut copy, HOUSE, CHALLENGE, &key),
        Err(Refusal::Cloned)
    );
    // Without counters there is nothing to compare, but a counter that vanishes is no honest one.
    copy.counter = 0;
    assert_eq!(
        signs(&mut copy, HOUSE, CHALLENGE, &key),
        Err(Refusal::Cloned)
    );
    key.counter = 0;
    assert_eq!(signs(&mut copy, HOUSE, CHALLENGE, &key), Ok(0));
}

#[test]
fn each_bent_answer_has_its_reason() {
    let (mut device, key) = made();
    let mut with = |party, challenge: &[u8]| signs(&mut device, party, challenge, &key);
    assert_eq!(with(HOUSE, b"another"), Err(Refusal::Challenge));
    assert_eq!(with(OTHER, CHALLENGE), Err(Refusal::Origin));
    let elsewhere = Party {
        id: "other.test",
        ..HOUSE
    };
    assert_eq!(with(elsewhere, CHALLENGE), Err(Refusal::Party));
    device.person_verified = false;
    assert_eq!(
        signs(&mut device, HOUSE, CHALLENGE, &key),
        Err(Refusal::NotVerified)
    );
    let mut stranger = StandIn::new(4);
    stranger.counter = 100;
    assert_eq!(
        signs(&mut stranger, HOUSE, CHALLENGE, &key),
        Err(Refusal::Signature)
    );
    let (client, object) = StandIn::new(5).create(OTHER, CHALLENGE);
    assert_eq!(
        register(HOUSE, CHALLENGE, &client, &object),
        Err(Refusal::Origin)
    );
}

#[test]
fn a_registration_is_no_sign_in_and_a_frame_is_no_page() {
    let (mut device, key) = made();
    let (client, _) = device.create(HOUSE, CHALLENGE);
    let answer = device.get(HOUSE, CHALLENGE);
    let bent = |client_data: &[u8]| {
        let assertion = Assertion {
            client_data,
            authenticator_data: &answer.authenticator_data,
            signature: &answer.signature,
        };
        verify(HOUSE, CHALLENGE, &key.key, key.counter, assertion)
    };
    assert_eq!(bent(&client), Err(Refusal::Ceremony));
    let framed = String::from_utf8(answer.client_data.clone())
        .expect("text")
        .replace("false", "true");
    assert_eq!(bent(framed.as_bytes()), Err(Refusal::Origin));
    assert_eq!(bent(b"\xff"), Err(Refusal::Malformed));
}

proptest! {
    /// Whatever byte of an honest answer is changed, it is not believed.
    #[test]
    fn no_changed_byte_passes(at in 0_usize..400, change in 1_u8..=255) {
        let (mut device, key) = made();
        let answer = device.get(HOUSE, CHALLENGE);
        let mut parts = [answer.client_data, answer.authenticator_data, answer.signature];
        let total: usize = parts.iter().map(Vec::len).sum();
        let mut place = at % total;
        for part in &mut parts {
            if place < part.len() {
                part[place] ^= change;
                break;
            }
            place -= part.len();
        }
        let assertion = Assertion { client_data: &parts[0], authenticator_data: &parts[1], signature: &parts[2] };
        prop_assert!(verify(HOUSE, CHALLENGE, &key.key, key.counter, assertion).is_err());
    }

    #[test]
    fn any_bytes_are_looked_at_calmly(client in prop::collection::vec(any::<u8>(), 0..80), object in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = register(HOUSE, CHALLENGE, &client, &object);
        let honest = StandIn::new(3).create(HOUSE, CHALLENGE).0;
        prop_assert!(register(HOUSE, CHALLENGE, &honest, &object).is_err());
    }
}
