use proptest::prelude::*;

use super::*;
use kernel::time::from_millis;

fn actor() -> impl Strategy<Value = Actor> {
    prop_oneof![
        any::<[u8; 16]>().prop_map(Actor::Staff),
        Just(Actor::Sender),
        Just(Actor::System),
        any::<[u8; 16]>().prop_map(Actor::Token),
    ]
}

prop_compose! {
    fn entry()(
        at in -1_000_000_000_000_i64..4_000_000_000_000,
        actor in actor(),
        event in prop_oneof![Just("contact.read"), Just("contact.take"), Just("")],
        right in ".{0,20}",
        subjects in proptest::collection::vec(prop_oneof![any::<[u8; 16]>(), Just([1; 16]), Just([2; 16])], 0..40),
        detail in ".{0,200}",
        digest in any::<Option<[u8; 32]>>(),
    ) -> LogEntry {
        LogEntry { at: from_millis(at), actor, event, right: right.into(), purpose: "P01", subjects, detail, digest }
    }
}

/// The entries as a store would pack them, each with its link.
struct Packed {
    header: Vec<u8>,
    body: Vec<u8>,
    link: Digest,
}

fn pack(entries: &[LogEntry]) -> (Vec<Packed>, Head) {
    let mut newest = std::collections::HashMap::new();
    let mut head = Head::empty("15", 0);
    let packed = entries.iter().map(|entry| {
        let (mut header, mut body) = (Vec::new(), Vec::new());
        encode_header(entry, &mut header);
        let number = head.count + 1;
        encode_body(entry, number, &mut body, |subject| {
            newest.insert(*subject, number).unwrap_or(0)
        });
        head = head.after(&entry_digest(
            &header_digest(&header),
            &body_digest(&body).unwrap(),
        ));
        Packed {
            header,
            body,
            link: head.link,
        }
    });
    (packed.collect(), head)
}

/// The number of the first entry that does not hold.
fn first_fault(packed: &[Packed], head: Head) -> Option<u64> {
    let mut walked = Head::empty("15", 0);
    for entry in packed {
        let number = walked.count + 1;
        let Some(body) = body_digest(&entry.body) else {
            return Some(number);
        };
        walked = walked.after(&entry_digest(&header_digest(&entry.header), &body));
        if walked.link != entry.link {
            return Some(number);
        }
    }
    (walked != head).then_some(walked.count + 1)
}

proptest! {
    #[test]
    fn an_entry_is_read_back_as_it_was_written(entry in entry(), number in 1_u64..1 << 44, distance in 0_u64..1 << 44) {
        let previous = number.saturating_sub(distance.max(1));
        let (mut header, mut body) = (Vec::new(), Vec::new());
        encode_header(&entry, &mut header);
        encode_body(&entry, number, &mut body, |_| previous);
        let read = decode_header(&header).unwrap();
        prop_assert_eq!(read.at, entry.at);
        prop_assert_eq!(read.actor, entry.actor);
        prop_assert_eq!((read.event.as_str(), read.right.as_str(), read.purpose.as_str()), (entry.event, &*entry.right, entry.purpose));
        let Some(Body::Content(content)) = decode_body(&body, number) else { panic!("content") };
        let mut expected = Vec::new();
        for subject in &entry.subjects {
            if !expected.contains(subject) {
                expected.push(*subject);
            }
        }
        prop_assert_eq!(content.subjects.iter().map(|seen| seen.subject).collect::<Vec<_>>(), expected);
        prop_assert!(content.subjects.iter().all(|seen| seen.previous == previous));
        prop_assert_eq!(content.detail, entry.detail);
        prop_assert_eq!(content.digest, entry.digest);
    }

    #[test]
    fn broken_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), number in any::<u64>()) {
        let _ = decode_header(&bytes);
        let _ = decode_body(&bytes, number);
        let _ = OutsideHeads::parse(&bytes, "15");
    }

    #[test]
    fn a_changed_byte_is_found_at_its_entry(
        entries in proptest::collection::vec(entry(), 1..12),
        which in any::<prop::sample::Index>(),
        part in 0..3,
        place in any::<prop::sample::Index>(),
        bit in 0..8_u32,
    ) {
        let (mut packed, head) = pack(&entries);
        prop_assert_eq!(first_fault(&packed, head), None);
        let index = which.index(packed.len());
        let entry = &mut packed[index];
        let bytes = match part {
            0 => &mut entry.header[..],
            1 => &mut entry.body[..],
            _ => &mut entry.link[..],
        };
        bytes[place.index(bytes.len())] ^= 1_u8 << bit;
        prop_assert_eq!(first_fault(&packed, head), Some(index as u64 + 1));
    }

    #[test]
    fn a_removed_or_swapped_entry_is_found(
        entries in proptest::collection::vec(entry(), 2..12),
        one in any::<prop::sample::Index>(),
        two in any::<prop::sample::Index>(),
    ) {
        let (mut packed, head) = pack(&entries);
        let (one, two) = (one.index(packed.len()), two.index(packed.len()));
        packed.swap(one, two);
        let expected = (one != two).then_some(one.min(two) as u64 + 1);
        prop_assert_eq!(first_fault(&packed, head), expected);
        packed.swap(one, two);
        packed.remove(one);
        prop_assert_eq!(first_fault(&packed, head), Some(one as u64 + 1));
    }

    #[test]
    fn destroyed_content_still_verifies(entries in proptest::collection::vec(entry(), 1..12), which in any::<prop::sample::Index>()) {
        let (mut packed, head) = pack(&entries);
        let index = which.index(packed.len());
        let remains = destroy_body(&packed[index].body).unwrap();
        prop_assert_eq!(decode_body(&remains, 1), Some(Body::Destroyed(body_digest(&packed[index].body).unwrap())));
        prop_assert_eq!(destroy_body(&remains), Some(remains.clone()));
        packed[index].body = remains;
        prop_assert_eq!(first_fault(&packed, head), None);
    }

    #[test]
    fn each_subject_leads_back_to_its_first_entry(entries in proptest::collection::vec(entry(), 1..12)) {
        let (packed, _) = pack(&entries);
        for subject in [[1; 16], [2; 16]] {
            let expected: Vec<u64> =
                (1..).zip(&entries).filter(|(_, entry)| entry.subjects.contains(&subject)).map(|(number, _)| number).collect();
            let mut number = expected.last().copied().unwrap_or(0);
            let mut walked = Vec::new();
            while number > 0 {
                walked.insert(0, number);
                let Some(Body::Content(content)) = decode_body(&packed[number as usize - 1].body, number) else { panic!("content") };
                number = content.subjects.iter().find(|seen| seen.subject == subject).unwrap().previous;
            }
            prop_assert_eq!(walked, expected);
        }
    }

    #[test]
    fn a_head_without_the_key_has_no_code(count in 0_u64..1 << 44, link in any::<[u8; 32]>(), key in any::<[u8; 32]>()) {
        let head = Head { writer: 3, count, link };
        let sealed = SealedHead::seal(head, &key, "15");
        prop_assert!(sealed.holds(&key, "15"));
        prop_assert!(!sealed.holds(&key, "16"));
        let mut other = key;
        other[0] ^= 1;
        prop_assert!(!sealed.holds(&other, "15"));
        let shorter = SealedHead { head: Head { count: count ^ 1, ..head }, ..sealed };
        prop_assert!(!shorter.holds(&key, "15"));
        let moved = SealedHead { head: Head { writer: 2, ..head }, ..sealed };
        prop_assert!(!moved.holds(&key, "15"));
    }

    #[test]
    fn a_position_is_read_back(writer in 0..=Position::MAX_WRITER, number in 0_u64..1 << 44) {
        let position = Position { writer, number };
        prop_assert!(position.to_i64() >= 0);
        prop_assert_eq!(Position::from_i64(position.to_i64()), Some(position));
    }
}

#[test]
fn every_byte_of_the_heads_file_counts() {
    let sealed = |writer| {
        SealedHead::seal(
            Head {
                writer,
                count: 7,
                link: [writer as u8; 32],
            },
            &[1; 32],
            "15",
        )
    };
    let heads = OutsideHeads {
        writers: vec![Some(sealed(0)), None, Some(sealed(2))],
    };
    let bytes = heads.encode("15");
    assert_eq!(bytes.len(), 4 * LINE_BYTES);
    assert_eq!(OutsideHeads::parse(&bytes, "15"), Ok(heads.clone()));
    assert_eq!(heads.of(2), Some(&sealed(2)));
    assert_eq!(heads.of(1), None);
    assert_eq!(
        OutsideHeads::parse(&bytes, "16"),
        Err(HeadsFault::Title("16".into()))
    );
    assert!(OutsideHeads::parse(&bytes[..700], "15").is_err());
    for place in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[place] ^= 1;
        let holds = OutsideHeads::parse(&changed, "15").is_ok_and(|heads| {
            heads
                .writers
                .iter()
                .flatten()
                .all(|sealed| sealed.holds(&[1; 32], "15"))
        });
        assert!(!holds, "byte {place}");
    }
}

#[test]
fn a_persons_eye_can_read_the_heads_file() {
    let sealed = SealedHead::seal(
        Head {
            writer: 0,
            count: 12,
            link: [0xab; 32],
        },
        &[1; 32],
        "15",
    );
    let text = String::from_utf8(
        OutsideHeads {
            writers: vec![Some(sealed)],
        }
        .encode("15"),
    )
    .unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0].trim_end(), "noste log heads 1 county 15");
    assert!(
        lines[1].starts_with("writer 0 count 12 link abababab"),
        "{}",
        lines[1]
    );
}

#[test]
fn the_packed_form_stays_the_same() {
    // A change here would make every log that exists unverifiable.
    let entry = LogEntry {
        at: from_millis(1_773_388_800_000),
        actor: Actor::Staff([9; 16]),
        event: "contact.take",
        right: "advisor".into(),
        purpose: "P01",
        subjects: vec![[1; 16], [2; 16]],
        detail: "holder".into(),
        digest: Some([3; 32]),
    };
    let (packed, head) = pack(&[entry.clone(), entry]);
    let hex = |bytes: &[u8]| {
        bytes
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    let header = "0100a035e69c01000001090909090909090909090909090909090c636f6e746163742e74616b650761647669736f7203503031";
    let body = "01020101010101010101010101010101010101020202020202020202020202020202020106686f6c646572010303030303030303030303030303030303030303030303030303030303030303";
    let link = "5b651446c51dd82c91ffc885b80d3f8146ce243fab12f53641705cef91d01888";
    assert_eq!(
        [
            hex(&packed[0].header),
            hex(&packed[1].body),
            hex(&head.link)
        ],
        [header, body, link]
    );
}
