//! A small county whose records are written one by one, so that every figure can be counted by hand.

use clients::ClientId;
use clients::store::create::{self, NewClient};
use kernel::time::{Date, Time, millis, moment};
use sample::{AINO, NORTH, Rooms, Sample, VILLE, sample_of};
use store::{Migration, Value, params};
use testkit::TestStore;

/// Every room whose records are counted.
pub fn rooms() -> Vec<Migration> {
    let mut all = sample::rooms_and(&[
        documents::MIGRATIONS,
        assessment::MIGRATIONS,
        plan::MIGRATIONS,
        notes::MIGRATIONS,
        intake::MIGRATIONS,
        statistics::MIGRATIONS,
        figures::MIGRATIONS,
    ]);
    all.sort_by_key(|one| one.version);
    all
}

pub fn open(store: TestStore) -> County {
    County {
        sample: sample_of(
            store,
            Rooms {
                features: || vec![statistics::feature(), figures::feature()],
                extras: Vec::new(),
            },
        ),
        next: std::cell::Cell::new(1),
    }
}

pub struct County {
    pub sample: Sample,
    next: std::cell::Cell<u32>,
}

/// Noon in Finland.
pub fn noon(year: i16, month: i8, day: i8) -> i64 {
    at(year, month, day, 12)
}

pub fn at(year: i16, month: i8, day: i8, hour: i8) -> i64 {
    millis(moment(
        Date::constant(year, month, day),
        Time::constant(hour, 0, 0, 0),
    ))
}

pub const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// A contact before it is written.
#[derive(Clone)]
pub struct Contact {
    pub arrived: i64,
    pub municipality: Option<&'static str>,
    pub door: &'static str,
    pub theme: Option<&'static str>,
    pub urgency: &'static str,
    pub authority: Option<&'static str>,
    pub housing: bool,
    /// After its arrival.
    pub taken: Option<i64>,
    pub holders: i64,
    /// After its arrival, and how.
    pub ended: Option<(i64, &'static str)>,
    pub client: Option<ClientId>,
}

impl Default for Contact {
    fn default() -> Self {
        Self {
            arrived: noon(2025, 5, 5),
            municipality: Some("179"),
            door: "web",
            theme: Some("money"),
            urgency: "none",
            authority: None,
            housing: false,
            taken: None,
            holders: 1,
            ended: None,
            client: None,
        }
    }
}

impl County {
    pub fn id(&self) -> [u8; 16] {
        let number = self.next.get();
        self.next.set(number + 1);
        let mut id = [0xfe; 16];
        id[..4].copy_from_slice(&number.to_be_bytes());
        id
    }

    pub fn run(&self, sql: &'static str, values: Vec<Value>) {
        self.sample
            .store
            .write_blocking(move |tx| tx.execute(sql, &values))
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// A person who lives here since she was born.
    pub fn person(&self, municipality: Option<&'static str>, birth: Date) -> ClientId {
        let desk = self.sample.casework.clients.clone();
        let new = NewClient {
            code: None,
            birth: Some(birth),
            family: "Testaaja".to_owned(),
            given: "Testi".to_owned(),
            called: None,
            sex: None,
            source: "client".to_owned(),
            unit: None,
            details: municipality
                .map(|code| ("home_municipality", code.to_owned()))
                .into_iter()
                .collect(),
            protect: false,
        };
        let id = self
            .sample
            .store
            .write_blocking(move |tx| create::insert(tx, &desk, &new, None))
            .unwrap()
            .value;
        self.run(
            "update client_detail set valid_from = '1900-01-01' where client_id = $1",
            params![id.bytes()],
        );
        id
    }

    pub fn protect(&self, client: ClientId) {
        self.run(
            "insert into non_disclosure (id, client_id, begins_on, source, recorded_at) values ($1, $2, '2025-02-01', 'dvv', 1)",
            params![self.id(), client.bytes()],
        );
    }

    /// Her client relationship.
    pub fn relation(&self, client: ClientId, from: &'static str, to: Option<&'static str>) {
        self.run(
            "insert into client_relation (id, client_id, began_on, ground, began_at, ended_on) values ($1, $2, $3, 'assessment', 1, $4)",
            params![self.id(), client.bytes(), from, to.map(str::to_owned)],
        );
    }

    /// A client from the beginning of 2025 on.
    pub fn client(&self, municipality: Option<&'static str>, birth: Date) -> ClientId {
        let client = self.person(municipality, birth);
        self.relation(client, "2025-01-01", None);
        client
    }

    pub fn contact(&self, one: &Contact) {
        let id = self.id();
        let number = format!("Y-{}", self.next.get());
        let (state, ended, ending) = match one.ended {
            Some((after, how)) => ("ended", Some(one.arrived + after), Some(how.to_owned())),
            None => ("open", None, None),
        };
        let (holder, staff) = match one.taken {
            Some(_) => ("person", Some(VILLE)),
            None => ("duty", None),
        };
        self.run(
            "insert into contact (id, number, kind, door, arrived_at, came_to_unit, municipality, language, interpreter, parties, own_words, title, theme, anonymous, answer_way, assisted, authority, urgency, urgency_source, urgency_reason, urgency_at, urgency_rank, housing_risk, child_in_household, answer_due, state, holder_kind, holder_unit, holder_staff, holder_since, first_taken_at, holders_met, touched_at, ended_at, ending, version) \
             values ($1, $2, 'contact', $3, $4, $5, $6, 'fi', 0, 'one', 'sanat', 'otsikko', $7, 1, 'none', 0, $8, $9, 'rule', '', $4, 1, $10, 0, '2025-05-06', $11, $12, $5, $13, $4, $14, $15, $4, $16, $17, 1)",
            params![
                id,
                number,
                one.door,
                one.arrived,
                NORTH,
                one.municipality.map(str::to_owned),
                one.theme.map(str::to_owned),
                one.authority.map(str::to_owned),
                one.urgency,
                one.housing,
                state,
                holder,
                staff,
                one.taken.map(|after| one.arrived + after),
                one.holders,
                ended,
                ending
            ],
        );
        if let Some(client) = one.client {
            self.run(
                "insert into contact_link (id, contact_id, client_id, linked_at) values ($1, $2, $3, $4)",
                params![self.id(), id, client.bytes(), one.arrived],
            );
        }
    }

    /// A matter that became pending then; its id.
    pub fn matter(
        &self,
        clients: &[ClientId],
        pending: i64,
        ended: Option<(i64, &'static str)>,
    ) -> [u8; 16] {
        let id = self.id();
        let number = format!("A-{}", self.next.get());
        self.run(
            "insert into matter (id, number, name_code, service_task, state, joint, kind, way, initiator, pending_at, contact_at, reasons, made_at, holder_kind, holder_unit, holder_staff, holder_since, ended_at, end_reason, version) \
             values ($1, $2, '1', 'working_age', $3, 0, 'application', 'phone', 'person', $4, $4, 'syy', $4, 'person', $5, $6, $4, $7, $8, 1)",
            params![
                id,
                number,
                if ended.is_some() { "closed" } else { "open" },
                pending,
                NORTH,
                AINO,
                ended.map(|(at, _)| at),
                ended.map(|(_, why)| why.to_owned())
            ],
        );
        for client in clients {
            self.run(
                "insert into matter_client (id, matter_id, client_id, joined_at) values ($1, $2, $3, $4)",
                params![self.id(), id, client.bytes(), pending],
            );
        }
        id
    }

    /// A document of these clients; its id.
    pub fn document(
        &self,
        kind: &'static str,
        matter: [u8; 16],
        clients: &[ClientId],
        finished: i64,
    ) -> [u8; 16] {
        let id = self.id();
        self.run(
            "insert into document (id, kind, matter_id, service_task, state, version_no, revision, language, made_at, made_by, changed_at, finished_at) \
             values ($1, $2, $3, 'working_age', 'finished', 1, 1, 'fi', $4, $5, $4, $4)",
            params![id, kind, matter, finished, AINO],
        );
        self.run(
            "insert into document_version (document_id, no, body, digest, finished_at, finished_by) values ($1, 1, '{}', $2, $3, $4)",
            params![id, vec![1_u8], finished, AINO],
        );
        for client in clients {
            self.run(
                "insert into document_client (id, document_id, client_id) values ($1, $2, $3)",
                params![self.id(), id, client.bytes()],
            );
        }
        id
    }

    /// A plan in force from then on; its id.
    pub fn plan(
        &self,
        matter: [u8; 16],
        clients: &[ClientId],
        from: i64,
        review_on: &'static str,
    ) -> [u8; 16] {
        let id = self.document("plan", matter, clients, from);
        self.run(
            "insert into plan (document_id, matter_id, state, in_force_at, review_on, with_client) values ($1, $2, 'in_force', $3, $4, 1)",
            params![id, matter, from, review_on],
        );
        for (no, client) in (1_i64..).zip(clients) {
            self.run(
                "insert into plan_client (id, document_id, client_id, no, state, began_at) values ($1, $2, $3, $4, 'in_force', $5)",
                params![self.id(), id, client.bytes(), no, from],
            );
        }
        id
    }

    pub fn own_worker(&self, client: ClientId, staff: [u8; 16], from: i64, to: Option<i64>) {
        self.run(
            "insert into relation (id, client_id, staff_id, kind, began_at, ends_at, made_by, recorded_at) values ($1, $2, $3, 'own_worker', $4, $5, 'test', $4)",
            params![self.id(), client.bytes(), staff, from, to],
        );
    }
}
