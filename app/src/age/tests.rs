//! The form against a file of another program, and against whoever changes a byte.

use std::io::{BufReader, Read, Write};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use kernel::chance::{Chance, SeededChance};
use proptest::prelude::*;

use super::{Identity, Recipient, bech32, open, seal};

fn sealed(text: &[u8], to: &[Recipient], seed: u64) -> Vec<u8> {
    let mut sealer = seal(Vec::new(), to, &SeededChance::new(seed)).expect("a key");
    sealer.write_all(text).expect("memory");
    sealer.finish().expect("memory")
}

fn opened(bytes: &[u8], with: &[Identity]) -> std::io::Result<Vec<u8>> {
    let mut text = Vec::new();
    open(BufReader::new(bytes), with)?.read_to_end(&mut text)?;
    Ok(text)
}

fn key(seed: u64) -> Identity {
    Identity::new(&SeededChance::new(seed))
}

#[test]
fn keys_are_written_and_read() {
    // The pair of the age specification's own examples.
    let text = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
    let identity = &Identity::parse_file(&format!("# made today\n\n{text}\n")).expect("a key")[0];
    assert_eq!(identity.line(), text);
    assert_eq!(
        identity.recipient().to_string(),
        "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
    );
    let public = identity.recipient().to_string();
    assert_eq!(Recipient::parse(&public), Some(identity.recipient()));
    for wrong in [
        public.replacen("zvky", "zvkz", 1),
        public.replacen("age1", "abe1", 1),
        public[..public.len() - 1].to_owned(),
        public.replacen('z', "Z", 1),
        String::new(),
    ] {
        assert_eq!(Recipient::parse(&wrong), None, "{wrong}");
    }
    assert!(Identity::parse_file("# nothing\n").is_none());
    assert!(Identity::parse_file(&public).is_none());
    assert_eq!(format!("{identity:?}"), "Identity(..)");
}

/// A file that another program of the form has made, of several chunks.
#[test]
fn a_file_of_another_program_opens() {
    let identity = Identity::parse_file(include_str!("vector/key.txt")).expect("a key");
    let letters: String = include_str!("vector/lines.age.base64")
        .split_whitespace()
        .collect();
    let file = STANDARD.decode(letters).expect("base64");
    let text = opened(&file, &identity).expect("it opens");
    let lines: String = (1..=7_000)
        .map(|number| format!("rivi {number}\n"))
        .collect();
    assert_eq!(text, lines.as_bytes());
}

#[test]
fn any_recipient_opens_and_nobody_else() {
    let (one, two, other) = (key(1), key(2), key(3));
    let bytes = sealed(b"text", &[one.recipient(), two.recipient()], 4);
    for keys in [vec![one.clone()], vec![two], vec![other.clone(), one]] {
        assert_eq!(opened(&bytes, &keys).expect("it opens"), b"text");
    }
    let refused = opened(&bytes, &[other]).expect_err("a stranger");
    assert!(refused.to_string().contains("key"), "{refused}");
}

#[test]
fn a_byte_changed_anywhere_or_a_cut_anywhere_is_refused() {
    let identity = [key(1)];
    for length in [0, 1, 100, 65_536, 65_537, 2 * 65_536] {
        let text = vec![7; length];
        let bytes = sealed(&text, &[identity[0].recipient()], 5);
        assert_eq!(opened(&bytes, &identity).expect("it opens"), text);
        let chance = SeededChance::new(6);
        let near_borders = (0..300).chain([65_551, 65_552, 65_553, 65_700]);
        let by_chance = (0..40).map(|_| chance.below(bytes.len() as u64) as usize);
        for at in near_borders.chain(by_chance).chain([bytes.len() - 1]) {
            if at >= bytes.len() {
                continue;
            }
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(opened(&changed, &identity).is_err(), "{length}: byte {at}");
            assert!(
                opened(&bytes[..at], &identity).is_err(),
                "{length}: cut at {at}"
            );
        }
        let more = [bytes.as_slice(), b"x"].concat();
        assert!(
            opened(&more, &identity).is_err(),
            "{length}: something after the end"
        );
    }
}

proptest! {
    #[test]
    fn what_is_sealed_opens(length in 0..200_000_usize, seed in any::<u64>()) {
        let mut text = vec![0; length];
        SeededChance::new(seed ^ 2).fill(&mut text);
        let identity = key(seed);
        prop_assert_eq!(opened(&sealed(&text, &[identity.recipient()], seed ^ 1), &[identity]).expect("it opens"), text);
    }

    #[test]
    fn what_is_no_file_is_refused_and_nothing_breaks(bytes in proptest::collection::vec(any::<u8>(), 0..2_000), head in any::<bool>()) {
        let mut file = if head { b"age-encryption.org/v1\n-> X25519 ".to_vec() } else { Vec::new() };
        file.extend_from_slice(&bytes);
        prop_assert!(opened(&file, &[key(1)]).is_err());
    }

    #[test]
    fn letters_of_keys_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        let text = bech32::encode("age", &bytes);
        prop_assert_eq!(bech32::decode("age", &text), Some(bytes.clone()));
        prop_assert_eq!(bech32::decode("age", &text.to_ascii_uppercase()), Some(bytes));
    }
}
