//! Documents on both engines: two who write the same part, versions that nothing changes, and who must be two.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

use casework::domain::MatterId;
use casework::store::{Acting, Casework};
use clients::ClientId;
use documents::store::{self as docs};
use documents::{
    Body, Clash, DocError, DocumentId, Fields, Kind, NewDocument, Part, Saving, State,
};
use kernel::language::Language;
use proptest::prelude::*;
use sample::{AINO, HANNA, Sample, VILLE, rooms_and, sample, staff};
use store::{WriteTx, params};
use testkit::{TestStore, sqlite_store, stores};

fn tables() -> Vec<store::Migration> {
    rooms_and(&[documents::MIGRATIONS])
}

fn by(worker: [u8; 16]) -> Acting {
    Acting {
        staff: staff(worker),
        right: "OW-10",
        purpose: "P05",
    }
}

fn fields(text: &str) -> Fields {
    [("text", text)].into_iter().collect()
}

fn body(text: &str) -> Body {
    let mut body = Body::default();
    body.put("common", fields(text));
    body
}

struct Desk {
    sample: Sample,
    client: ClientId,
    matter: MatterId,
}

impl Desk {
    fn of(store: TestStore) -> Self {
        let sample = sample(store);
        let (client, matter) = sample.held(AINO, "Oma");
        Self {
            sample,
            client,
            matter,
        }
    }

    fn run<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut WriteTx<'_>, &Casework) -> Result<T, DocError> + Send + 'static,
    ) -> Result<T, DocError> {
        let casework = self.sample.casework.clone();
        self.sample
            .store
            .write_blocking(move |tx| act(tx, &casework))
            .map(|receipt| receipt.value)
    }

    fn begin(&self, worker: [u8; 16]) -> DocumentId {
        let new = NewDocument {
            kind: Kind::Note,
            matter: self.matter,
            clients: vec![self.client],
            language: Language::Fi,
        };
        self.run(move |tx, casework| docs::begin(tx, casework, &by(worker), &new))
            .unwrap()
    }

    fn save(
        &self,
        id: DocumentId,
        worker: [u8; 16],
        based_on: i64,
        text: &str,
    ) -> Result<i64, DocError> {
        let fields = fields(text);
        self.run(move |tx, casework| {
            let saving = Saving {
                document: id,
                part: "common",
                client: None,
                based_on,
                fields: &fields,
            };
            docs::save_part(tx, casework, &by(worker), &saving)
        })
    }

    fn finish(
        &self,
        id: DocumentId,
        text: &str,
        why: Option<&'static str>,
    ) -> Result<i64, DocError> {
        let body = body(text);
        self.run(move |tx, casework| docs::finish(tx, casework, &by(AINO), id, &body, why))
    }

    fn parts(&self, id: DocumentId) -> Vec<Part> {
        self.sample
            .store
            .read_blocking(move |tx| docs::parts(tx, id))
            .unwrap()
    }

    fn state(&self, id: DocumentId) -> (State, i64) {
        let document = self
            .sample
            .store
            .read_blocking(move |tx| docs::load(tx, Kind::Note, id))
            .unwrap();
        (document.state, document.version_no)
    }
}

#[test]
fn two_who_save_the_same_part_lose_nothing() {
    for store in stores(&tables()) {
        let desk = Desk::of(store);
        let id = desk.begin(AINO);
        assert_eq!(desk.save(id, AINO, 0, "Ainon teksti").unwrap(), 1);
        let Err(DocError::Clash(clash)) = desk.save(id, VILLE, 0, "Villen teksti") else {
            panic!("the later text went over the earlier one");
        };
        let Clash {
            theirs,
            by,
            revision,
            ..
        } = *clash;
        assert_eq!(
            (theirs.get("text"), by.as_str(), revision),
            ("Ainon teksti", "Aino Salmela", 1)
        );
        // Sent twice, the same text is no clash; with the revision that was shown, mine stands.
        assert_eq!(desk.save(id, AINO, 0, "Ainon teksti").unwrap(), 1);
        assert_eq!(desk.save(id, VILLE, revision, "Villen teksti").unwrap(), 2);
        assert_eq!(desk.parts(id)[0].fields.get("text"), "Villen teksti");
        assert_eq!(desk.parts(id)[0].changed_by, "Ville Aho");
        assert!(matches!(
            desk.save(id, AINO, 1, "Toinen"),
            Err(DocError::Clash(_))
        ));
    }
}

#[test]
fn a_finished_version_stays_and_a_correction_has_a_reason() {
    for store in stores(&tables()) {
        let desk = Desk::of(store);
        let id = desk.begin(AINO);
        desk.save(id, AINO, 0, "Ensimmäinen").unwrap();
        assert!(matches!(
            desk.run(move |tx, casework| docs::finish(
                tx,
                casework,
                &by(AINO),
                id,
                &Body::default(),
                None
            )),
            Err(DocError::Empty)
        ));
        assert_eq!(desk.finish(id, "Ensimmäinen", None).unwrap(), 1);
        assert_eq!(desk.state(id), (State::Finished, 1));
        assert!(matches!(
            desk.save(id, AINO, 1, "Salaa"),
            Err(DocError::State)
        ));
        assert!(matches!(
            desk.finish(id, "Salaa", None),
            Err(DocError::State)
        ));
        desk.run(move |tx, casework| docs::correct(tx, casework, &by(AINO), id, "Väärä päivä"))
            .unwrap();
        assert_eq!(desk.state(id), (State::Draft, 1));
        assert_eq!(desk.finish(id, "Toinen", None).unwrap(), 2);
        let (heads, first, second, broken) = desk
            .sample
            .store
            .read_blocking(move |tx| {
                Ok::<_, store::StoreError>((
                    docs::versions(tx, id)?,
                    docs::version(tx, id, 1)?.unwrap(),
                    docs::version(tx, id, 2)?.unwrap(),
                    docs::unsealed(tx, id)?,
                ))
            })
            .unwrap();
        let told: Vec<_> = heads
            .iter()
            .map(|head| (head.no, head.reason.as_deref()))
            .collect();
        assert_eq!(told, [(2, Some("Väärä päivä")), (1, None)]);
        assert_eq!(first.body.get("common", "text"), "Ensimmäinen");
        assert_eq!(second.body.get("common", "text"), "Toinen");
        assert_eq!(broken, [0_i64; 0]);
    }
}

#[test]
fn a_version_that_was_changed_in_the_database_is_found() {
    for store in stores(&tables()) {
        let desk = Desk::of(store);
        let id = desk.begin(AINO);
        desk.finish(id, "Vuokra on rästissä", None).unwrap();
        desk.sample
            .store
            .write_blocking(move |tx| {
                tx.execute(
                    "update document_version set body = $2 where document_id = $1",
                    &params![id.bytes(), body("Vuokra on maksettu").to_json()],
                )
            })
            .unwrap();
        let broken = desk
            .sample
            .store
            .read_blocking(move |tx| docs::unsealed(tx, id))
            .unwrap();
        assert_eq!(broken, [1]);
    }
}

#[test]
fn an_entry_waits_for_the_tutor_and_no_other() {
    for store in stores(&tables()) {
        let desk = Desk::of(store);
        let id = desk.begin(VILLE);
        let ask = move |tutor| {
            move |tx: &mut WriteTx<'_>, casework: &Casework| {
                docs::ask_approval(tx, casework, &by(VILLE), id, staff(tutor))
            }
        };
        assert!(matches!(desk.run(ask(VILLE)), Err(DocError::SameWorker)));
        desk.run(ask(AINO)).unwrap();
        assert_eq!(desk.state(id), (State::Waiting, 0));
        let approve = move |worker| {
            move |tx: &mut WriteTx<'_>, casework: &Casework| {
                docs::approve(tx, casework, &by(worker), id, &body("Käynti"), None)
            }
        };
        assert!(matches!(desk.run(approve(HANNA)), Err(DocError::NotFound)));
        desk.run(move |tx, casework| docs::send_back(tx, casework, &by(AINO), id, "Lisää päivä"))
            .unwrap();
        assert_eq!(desk.state(id), (State::Draft, 0));
        assert!(matches!(desk.run(approve(AINO)), Err(DocError::State)));
        desk.run(ask(AINO)).unwrap();
        desk.run(approve(AINO)).unwrap();
        let heads = desk
            .sample
            .store
            .read_blocking(move |tx| docs::versions(tx, id))
            .unwrap();
        assert_eq!(
            (heads[0].by.as_str(), heads[0].approved_by.as_deref()),
            ("Ville Aho", Some("Aino Salmela"))
        );
    }
}

#[test]
fn voiding_takes_two() {
    for store in stores(&tables()) {
        let desk = Desk::of(store);
        let id = desk.begin(AINO);
        desk.finish(id, "Väärä ihminen", None).unwrap();
        let void = move |worker| {
            move |tx: &mut WriteTx<'_>, casework: &Casework| {
                docs::void(tx, casework, &by(worker), id)
            }
        };
        assert!(matches!(desk.run(void(HANNA)), Err(DocError::State)));
        let ask = move |tx: &mut WriteTx<'_>, casework: &Casework| {
            docs::ask_void(tx, casework, &by(AINO), id, "Väärä ihminen")
        };
        desk.run(ask).unwrap();
        assert!(matches!(desk.run(ask), Err(DocError::State)));
        assert!(matches!(desk.run(void(AINO)), Err(DocError::SameWorker)));
        desk.run(void(HANNA)).unwrap();
        assert_eq!(desk.state(id).0, State::Voided);
        let (matter, client) = (desk.matter, desk.client);
        let left = desk
            .sample
            .store
            .read_blocking(move |tx| {
                let mut left = docs::of_matter(tx, Kind::Note, matter)?;
                left.extend(docs::of_client(tx, Kind::Note, client)?);
                Ok::<_, store::StoreError>(left.len())
            })
            .unwrap();
        assert_eq!(left, 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever two writers save in whatever order, each text that was confirmed was either the stored one until
    /// somebody replaced it knowingly, or was shown to the one whose saving was refused (invariant I3).
    #[test]
    fn no_confirmed_text_is_replaced_unseen(steps in proptest::collection::vec((any::<bool>(), any::<bool>()), 1..12)) {
        let desk = Desk::of(sqlite_store(&tables()));
        let id = desk.begin(AINO);
        let mut known = [0_i64; 2];
        let mut stored = String::new();
        let mut revision = 0;
        for (number, (second, fresh)) in steps.into_iter().enumerate() {
            let (who, worker) = if second { (1, VILLE) } else { (0, AINO) };
            if fresh {
                known[who] = revision;
            }
            let text = format!("teksti {number}");
            match desk.save(id, worker, known[who], &text) {
                Ok(new) => {
                    prop_assert_eq!(known[who], revision, "went over a text that its writer had not seen");
                    revision = new;
                    known[who] = new;
                    stored = text;
                }
                Err(DocError::Clash(clash)) => {
                    prop_assert!(known[who] != revision);
                    prop_assert_eq!(clash.theirs.get("text"), stored.as_str());
                }
                Err(error) => return Err(TestCaseError::fail(error.to_string())),
            }
            let now = desk.parts(id).first().map(|part| part.fields.get("text").to_owned());
            prop_assert_eq!(now.unwrap_or_default(), stored.as_str());
        }
    }
}
