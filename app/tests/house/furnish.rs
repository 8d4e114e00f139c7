//! A county in which also the pages that are seldom opened have something on them, all of it about people who hide: a
//! merge, a log request, a form that waits for its writer, attachments, promises, offers, an exceptional access, a search
//! that was noticed, a matter sent to another county. Everything that has a form is made by its form.

use clients::ClientId;
use identity::people::{self, Staff, StaffId};
use kernel::chance::{Chance, SystemChance};
use kernel::time::{Date, SignedDuration};
use store::{StoreError, params};
use web::receipt::{KEY_PURPOSE, ReceiptCode};

use crate::county::{County, Reader};
use crate::hidden::{NOORA_PHONE, OONA_PHONE};
use crate::matrix::sender::cookie;
use crate::papers;

/// What was made, as far as a test asks for it.
pub struct Furnished {
    /// Contacts of somebody who hides, the first held by the worker with a right to what is hidden.
    pub contacts: [String; 3],
    /// Another's, offered to a worker without such a right.
    pub offered: String,
    /// The address of the form that waits for its writer.
    pub held: String,
    /// A matter that was sent away.
    pub sent: String,
    /// Roles that the demo has not: a leading social worker, the emergency duty, administration.
    pub readers: Vec<Reader>,
}

/// The published codes of the two planted people who hide: of the mother and of the child.
const NOORA: &str = "010594Y9021";
const OONA: &str = "010516B902W";

/// Roles that the demo has not, with what each has to do with somebody who hides.
const MORE: [(&str, &str, &[&str], &str); 3] = [
    ("Johtava", "lead", &["leading_sw"], "consulted"),
    (
        "Päivystäjä",
        "social_worker",
        &["emergency_duty"],
        "emergency_event",
    ),
    ("Toimisto", "counsellor", &["administration"], "admin_task"),
];

/// Fills the county.
pub fn furnish(county: &County) -> Furnished {
    let maker = Maker {
        county,
        aino: county.named("Aino Salmela"),
        noora: client(county, "Noora Kivelä"),
        oona: client(county, "Oona Kivelä"),
    };
    let readers = maker.more_roles();
    let noora = ("Noora", NOORA, NOORA_PHONE);
    let contact = maker.contact(maker.aino, maker.noora, noora);
    let offered = maker.contact(maker.aino, maker.oona, ("Oona", OONA, OONA_PHONE));
    maker.offers(&offered);
    let ended = maker.contact(maker.aino, maker.noora, noora);
    maker.end(&ended);
    let left = maker.leave_behind(noora);
    maker.attach(&contact);
    maker.attach(&offered);
    let sent = maker.send_away();
    maker.merge();
    maker.oversight();
    papers::write(county, maker.aino, maker.oona);
    let held = maker.hold();
    let mut readers = readers;
    readers.push(maker.sender(&contact));
    Furnished {
        contacts: [contact, ended, left],
        offered,
        held,
        sent,
        readers,
    }
}

fn client(county: &County, name: &str) -> ClientId {
    county.rows(
        "select id from client where display_name = $1 and state = 'active'",
        &[name.into()],
        |row| row.get(0).map(ClientId::from_bytes),
    )[0]
}

/// The demo's person of a title.
fn of_title<'c>(county: &'c County, title: &str) -> &'c Reader {
    county
        .readers
        .iter()
        .find(|one| one.who.starts_with(title) && !one.is_program())
        .expect("a person of the title")
}

/// The id at the end of an address.
fn last(location: &str) -> String {
    let path = location.split('?').next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

struct Maker<'c> {
    county: &'c County,
    /// Own worker of both, with a right to the mother's protected details.
    aino: &'c Reader,
    noora: ClientId,
    oona: ClientId,
}

impl Maker<'_> {
    /// Sends a form that is taken, and gives where it led.
    fn sent(&self, reader: &Reader, path: &str, fields: &[(&str, &str)]) -> String {
        let got = self.county.post(reader, path, fields);
        assert_eq!(got.status, 303, "{} {path}: {}", reader.who, got.body);
        got.location
    }

    fn today(&self) -> String {
        let on = self.county.built.house.today();
        format!("{}.{}.{}", on.day(), on.month(), on.year())
    }

    /// A contact with the number of somebody who hides, who then becomes its client, with a promise and a matter.
    fn contact(
        &self,
        worker: &Reader,
        client: ClientId,
        (given, code, phone): (&str, &str, &str),
    ) -> String {
        let family = "Kivelä";
        // The same words a moment later would be the same form sent twice.
        let number = self.county.ids("select id from contact").len();
        let words = format!("Pyytää soittamaan, {number}.");
        let written = self.sent(
            worker,
            "/contacts/new",
            &[
                ("kind", "contact"),
                ("door", "phone"),
                ("inbound", "came"),
                ("language", "fi"),
                ("urgency", "week"),
                ("own_words", &words),
                ("person_name", &format!("{given} {family}")),
                ("phone", phone),
                ("call_back", "yes"),
            ],
        );
        let contact = last(&written);
        let (today, id) = (self.today(), client.to_string());
        self.sent(
            worker,
            &format!("/contacts/{contact}/matter"),
            &[
                ("name", "assessment"),
                ("service_task", "working_age"),
                ("kind", "contact"),
                ("way", "phone"),
                ("initiator", "1"),
                ("holder", "me"),
                ("reasons", "Arvio pyydetään."),
                ("pending_on", &today),
                ("family", family),
                ("given", given),
                ("identity_code", code),
                ("same", &id),
            ],
        );
        contact
    }

    /// The contact and its matter are offered to a colleague who may not see what is hidden.
    fn offers(&self, contact: &str) {
        let beside = self.beside();
        let to = format!("person:{}", beside.staff.expect("a person"));
        let fields = [("receiver", to.as_str()), ("reason", "Jatkaa kotikäynnit.")];
        self.sent(self.aino, &format!("/contacts/{contact}/offer"), &fields);
        let id: StaffId = contact.parse().expect("an id");
        let matter = self
            .county
            .rows(
                "select matter_id from contact_link where contact_id = $1",
                &[id.bytes().into()],
                |row| row.get(0).map(StaffId::from_bytes),
            )
            .remove(0);
        let fields = [("receiver", to.as_str()), ("body", "Jatkaa kotikäynnit.")];
        self.sent(self.aino, &format!("/matters/{matter}/offer"), &fields);
    }

    /// A contact is ended: it can be opened again.
    fn end(&self, contact: &str) {
        let fields = [
            ("ending", "not_wanted"),
            ("own_words", "Ei halua apua nyt."),
        ];
        self.sent(self.aino, &format!("/contacts/{contact}/end"), &fields);
    }

    /// Somebody of Aino's unit answers for a contact and a matter of the mother, and is away from today on.
    fn leave_behind(&self, noora: (&str, &str, &str)) -> String {
        let away = self.staff("Poissaoleva", "social_worker", &["broad_responsibility"]);
        let (there, today) = (away.clone(), self.county.built.house.today());
        self.write(move |tx| people::add_staff(tx, &there).map(|()| 0));
        let contact = self.contact(&self.county.person(&away), self.noora, noora);
        self.write(move |tx| people::add_absence(tx, away.id, today, today).map(|()| 0));
        contact
    }

    /// Somebody in Aino's unit.
    fn staff(&self, name: &str, title: &str, tasks: &[&str]) -> Staff {
        let aino = self
            .county
            .staff
            .iter()
            .find(|one| Some(one.id) == self.aino.staff)
            .expect("Aino");
        let (house, owned) = (&self.county.built.house, |codes: &[&str]| {
            codes.iter().map(|code| (*code).to_owned()).collect()
        });
        Staff {
            id: StaffId::new(&*house.clock, &*house.chance),
            name: name.to_owned(),
            sort_key: name.to_lowercase(),
            title: title.to_owned(),
            tasks: owned(tasks),
            qualifications: owned(&["sw+office", "sw"]),
            unit: aino.unit,
            began_on: Date::constant(2020, 1, 1),
            ended_on: None,
            demo_role: None,
        }
    }

    /// Whoever has the receipt code of the contact of somebody who hides: not always the one who hides.
    fn sender(&self, contact: &str) -> Reader {
        let code = ReceiptCode::new(&SystemChance);
        let digest = code.digest(&self.county.built.house.secrets.key(KEY_PURPOSE));
        let id: StaffId = contact.parse().expect("an id");
        self.write(move |tx| {
            tx.execute(
                "update contact set receipt_hash = $2 where id = $1",
                &params![id.bytes(), digest],
            )
        });
        Reader::sender(cookie(self.county, &code))
    }

    /// Somebody of Aino's own unit.
    fn beside(&self) -> &Reader {
        let unit = |reader: &Reader| {
            let mut staff = self.county.staff.iter();
            staff
                .find(|one| Some(one.id) == reader.staff)
                .map(|one| one.unit)
        };
        self.county
            .readers
            .iter()
            .find(|one| {
                let professional = ["counsellor", "social_worker"]
                    .iter()
                    .any(|title| one.who.starts_with(title));
                professional && one.staff != self.aino.staff && unit(one) == unit(self.aino)
            })
            .expect("a colleague")
    }

    /// A file as its sender left it.
    fn attach(&self, contact: &str) {
        let (contact, mut id) = (contact.parse::<StaffId>().expect("an id"), [0; 16]);
        SystemChance.fill(&mut id);
        let now = self.county.built.house.now();
        self.write(move |tx| {
            tx.execute(
                "insert into attachment (id, contact_id, at, file_name, media_type, size, digest, content) values ($1, $2, $3, 'kirje.txt', 'text/plain', 5, $4, $5)",
                &params![id, contact.bytes(), now, vec![0_u8; 32], b"kirje".to_vec()],
            )
        });
    }

    fn write(
        &self,
        act: impl FnOnce(&mut store::WriteTx<'_>) -> Result<u64, StoreError> + Send + 'static,
    ) {
        let store = &self.county.built.house.store;
        store.write_blocking(act).expect("written");
    }

    /// A matter is opened and sent to another county with everything that may be sent.
    fn send_away(&self) -> String {
        let today = self.today();
        let opened = self.sent(
            self.aino,
            &format!("/clients/{}/matters/new", self.noora),
            &[
                ("name", "guidance"),
                ("service_task", "working_age"),
                ("kind", "contact"),
                ("way", "phone"),
                ("initiator", "1"),
                ("holder", "me"),
                ("reasons", "Muuttaa toiselle alueelle."),
                ("pending_on", &today),
            ],
        );
        let matter = last(&opened);
        let mut fields = vec![
            ("county", "06"),
            ("receiver", "Pirkanmaan aikuissosiaalityö"),
            ("urgency", "week"),
            ("ground", "consent"),
            ("ground_words", "Asiakas pyytää."),
            ("told", "yes"),
        ];
        let parts = [
            "basics",
            "languages",
            "contact",
            "initiation",
            "outside",
            "clocks",
        ];
        fields.extend(parts.map(|part| ("parts", part)));
        self.sent(self.aino, &format!("/matters/{matter}/transfer"), &fields);
        matter
    }

    /// Two doubles of somebody who hides: one is merged, the other case is taken and waits.
    fn merge(&self) {
        let steward = of_title(self.county, "data_steward");
        for waits in [false, true] {
            let made = self.sent(
                self.aino,
                "/clients/new",
                &[
                    ("has_code", "no"),
                    ("family", "Kivelä"),
                    ("given", "Noora"),
                    ("birth", "1.5.1994"),
                    ("source", "client"),
                    ("not_same", "yes"),
                ],
            );
            let id: ClientId = last(&made).parse().expect("an id");
            let other = self
                .county
                .rows(
                    "select temporary_identifier from client where id = $1",
                    &[id.bytes().into()],
                    |row| row.get::<String>(0),
                )
                .remove(0);
            let ask = [("other", other.as_str()), ("reason", "Sama ihminen.")];
            self.sent(self.aino, &format!("/clients/{}/merge", self.noora), &ask);
            let case = self
                .county
                .ids(
                    "select id from merge where approved_at is null order by asked_at desc limit 1",
                )
                .remove(0);
            self.sent(steward, &format!("/clients/merges/{case}/take"), &[]);
            if !waits {
                let approve = [("act", "approve")];
                self.sent(steward, &format!("/clients/merges/{case}"), &approve);
            }
        }
    }

    /// A request for the log, somebody who is watched and was then looked up, and an exceptional access.
    fn oversight(&self) {
        let dpo = of_title(self.county, "dpo");
        let today = self.today();
        let ask = [("code", NOORA), ("asked_on", today.as_str())];
        self.sent(dpo, "/oversight/requests", &ask);
        let watch = [
            ("code", NOORA),
            ("reason", "Julkisuudessa."),
            ("ends_on", today.as_str()),
        ];
        self.sent(dpo, "/oversight/watched", &watch);
        // Whoever is watched is looked up, which is noticed.
        let stranger = self.elsewhere();
        let search = [("by", "any"), ("q", NOORA)];
        let found = self.county.post(stranger, "/clients/search", &search);
        assert_eq!(found.status, 200, "{}", found.body);
        let hits = self.county.ids("select id from watch_hit");
        assert!(!hits.is_empty(), "nothing was noticed");
        let open = [
            ("code", "urgent"),
            (
                "reason",
                "Asiakas on vastaanotolla, eikä muita ole paikalla.",
            ),
        ];
        let path = format!("/clients/{}/exceptional", self.noora);
        self.sent(stranger, &path, &open);
        let looked = format!("/clients/{}", self.noora);
        let looked = self.county.get(stranger, &looked);
        assert_eq!(looked.status, 200, "{}", looked.body);
    }

    /// A social worker of another unit, who has nothing to do with those who hide.
    fn elsewhere(&self) -> &Reader {
        self.county
            .readers
            .iter()
            .find(|one| {
                one.who.starts_with("social_worker")
                    && !one.is_program()
                    && one.staff != self.aino.staff
            })
            .expect("a social worker elsewhere")
    }

    /// A form with a hidden street in it comes when the session has ended: it waits for its writer.
    fn hold(&self) -> String {
        let staff = self.aino.staff.expect("a person");
        let aino = self.county.staff.iter().find(|one| one.id == staff);
        let passing = self.county.person(aino.expect("Aino"));
        let token = self.county.token(&passing);
        self.sent(&passing, "/sign-out", &[]);
        let body = crate::client::encode(&[
            (web::TOKEN_FIELD, token.as_str()),
            ("value", "Vaitikuja 8, 40900 Säynätsalo"),
            ("source", "client"),
        ]);
        let path = format!("/clients/{}/basics/postal_address", self.noora);
        let headers = [("sec-fetch-site", "same-origin")];
        self.county.ask_with(&passing, &path, &headers, &body);
        let held = self.county.ids("select id from held_form");
        assert_eq!(held.len(), 1, "a form waits");
        format!("/sign-in/held/{}", held[0])
    }

    /// Adds the roles that the demo has not, each with a relation of the role to both who hide.
    fn more_roles(&self) -> Vec<Reader> {
        let now = self.county.built.house.now();
        let mut readers = Vec::new();
        for (name, title, tasks, kind) in MORE {
            let one = self.staff(name, title, tasks);
            let (there, clients) = (one.clone(), [self.noora, self.oona]);
            self.write(move |tx| {
                people::add_staff(tx, &there)?;
                for client in clients {
                    let mut id = [0; 16];
                    SystemChance.fill(&mut id);
                    tx.execute(
                        "insert into relation (id, client_id, staff_id, kind, began_at, made_by, recorded_at) values ($1, $2, $3, $4, $5, 'test', $5)",
                        &params![id, client.bytes(), there.id.bytes(), kind, now - SignedDuration::from_hours(1)],
                    )?;
                }
                Ok(0)
            });
            readers.push(self.county.person(&one));
            readers.push(self.county.program(&one));
        }
        readers
    }
}
