//! A client with a matter as an act needs them: sent away, under protection, with somebody to end. Everything that the
//! act asks besides the right is there, so that the answer tells of the right.

use clients::ClientId;
use kernel::identity_code::IdentityCode;
use kernel::time::{Date, SignedDuration, Timestamp, day};
use store::{Query, StoreError, WriteTx, params};
use web::Secrets;

use crate::actors::{Actor, Cast, fresh};
use crate::between::{Between, copy, offer, pair, relate};
use crate::county::County;
use crate::inside::SECRET;

/// What is so besides the relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scene {
    Plain,
    /// The matter was sent to another county; its package has not left.
    Sent,
    /// Non-disclosure is in force, and the worker has a right to what is protected.
    Secret,
    /// Somebody else has that right.
    Given,
    /// Restricted to a unit in which the worker is named.
    Restricted,
    /// Somebody else is disqualified from the client.
    Disqualified,
    /// The client has no matter.
    Alone,
    /// Another client is in the matter.
    Joint,
    /// Somebody works on the matter beside its holder.
    Worker,
    /// A number of the client's.
    Detail,
    /// A related person.
    Related,
    /// The matter is offered to somebody else by others.
    Offer,
    /// The worker has offered it.
    OwnOffer,
}

impl Scene {
    /// What the act of a path needs.
    pub fn of(path: &str) -> Self {
        match path {
            "/matters/{id}/transfer/print" | "/matters/{id}/transfer/sent" => Self::Sent,
            "/clients/{id}/secret" | "/clients/{id}/non-disclosure/end" => Self::Secret,
            "/clients/{id}/secret-right/end" => Self::Given,
            "/clients/{id}/restriction/end" => Self::Restricted,
            "/clients/{id}/disqualification/end" => Self::Disqualified,
            "/clients/{id}/wrong" => Self::Alone,
            "/matters/{id}/client-leave" => Self::Joint,
            "/matters/{id}/workers/{staff}/leave" => Self::Worker,
            "/clients/{id}/mistakes/{detail}" => Self::Detail,
            "/clients/{id}/related/{row}" => Self::Related,
            "/matter-offers/{id}/withdraw" => Self::OwnOffer,
            path if path.starts_with("/matter-offers/") => Self::Offer,
            _ => Self::Plain,
        }
    }
}

/// What stands in the addresses and forms.
#[derive(Debug, Clone, Copy)]
pub struct Set {
    pub client: ClientId,
    pub matter: [u8; 16],
    /// The row of the scene: a detail, a related person, a right, an offer.
    pub row: [u8; 16],
    /// The client's, as a form that is open has it.
    pub version: i64,
}

/// Makes a client with a matter in a relation and a scene.
pub fn set(
    county: &County,
    model: (ClientId, [u8; 16]),
    actor: &Actor,
    cast: &Cast,
    (between, scene): (Between, Scene),
) -> Set {
    let (cast, now) = (*cast, county.built.house.now());
    let (staff, units) = (actor.staff, actor.units);
    county
        .built
        .house
        .store
        .write_blocking(move |tx| {
            let (client, matter) = pair(tx, model, (staff, units), &cast, between, now)?;
            let set = Set {
                client,
                matter,
                row: fresh(),
                version: tx
                    .query_one(
                        "select version from client where id = $1",
                        &params![client.bytes()],
                    )?
                    .get(0)?,
            };
            if between == Between::Kind("log_request") {
                tx.execute(
                    "insert into log_request (id, client_id, asked_on, due_on, received_at, received_by, state) values ($1, $2, $3, $3, $4, $5, 'open')",
                    &params![fresh(), client.bytes(), day(now).to_string(), now, staff.bytes()],
                )?;
            }
            let clocks = [
                casework::domain::clocks::ASSESSMENT_START,
                casework::domain::clocks::EXECUTION,
            ];
            for code in clocks {
                tx.execute(
                "insert into matter_clock (id, matter_id, code, version, trigger_event, trigger_at, nominal_on, due_on, soft) select $1, $2, code, version, trigger_event, trigger_at, nominal_on, due_on, soft from matter_clock where code = $3 limit 1",
                &params![fresh(), matter, code],
            )?;
            }
            let stage = Stage {
                set,
                model,
                staff: staff.bytes(),
                unit: units.own.bytes(),
                cast,
                now,
            };
            stage.make(tx, between, scene)
        })
        .expect("a scene")
        .value
}

struct Stage {
    set: Set,
    model: (ClientId, [u8; 16]),
    staff: [u8; 16],
    unit: [u8; 16],
    cast: Cast,
    now: Timestamp,
}

impl Stage {
    fn make(
        &self,
        tx: &mut WriteTx<'_>,
        between: Between,
        scene: Scene,
    ) -> Result<Set, StoreError> {
        let (client, matter, row) = (self.set.client.bytes(), self.set.matter, self.set.row);
        let mut set = self.set;
        match scene {
            Scene::Plain => {}
            Scene::Sent => self.send(tx)?,
            Scene::Secret => {
                tx.execute(
                    "insert into non_disclosure (id, client_id, begins_on, source, recorded_at) values ($1, $2, $3, 'client', $4)",
                    &params![fresh(), client, self.on(-10), self.now],
                )?;
                self.right(tx, self.staff)?;
            }
            Scene::Given => self.right(tx, self.cast.third.bytes())?,
            Scene::Restricted => {
                tx.execute(
                    "insert into bar (id, client_id, unit_id, kind, began_at, reason, source) values ($1, $2, $3, 'B08', $4, 'Syy', 'test')",
                    &params![row, client, self.unit, self.now - days(5)],
                )?;
                tx.execute(
                    "insert into bar_exempt (bar_id, staff_id) values ($1, $2)",
                    &params![row, self.staff],
                )?;
            }
            Scene::Disqualified => {
                tx.execute(
                    "insert into bar (id, client_id, staff_id, kind, began_at, reason, source) values ($1, $2, $3, 'B19', $4, '', 'self')",
                    &params![row, client, self.cast.third.bytes(), self.now - days(5)],
                )?;
            }
            Scene::Alone => {
                tx.execute(
                    "update matter_client set left_at = $2 where matter_id = $1",
                    &params![matter, self.now],
                )?;
            }
            Scene::Joint => {
                let (other, _) = copy(tx, self.model, self.now)?;
                tx.execute(
                    "insert into matter_client (id, matter_id, client_id, joined_at) values ($1, $2, $3, $4)",
                    &params![row, matter, other.bytes(), self.now],
                )?;
            }
            Scene::Worker => {
                let both = (self.set.client, matter);
                relate(
                    tx,
                    both,
                    self.cast.third,
                    self.cast.foreign,
                    Between::Matter,
                    self.now,
                )?;
            }
            Scene::Detail => {
                tx.execute(
                    "insert into client_detail (id, client_id, kind, value, protected, source, recorded_at) values ($1, $2, 'phone', '040 123 4567', 0, 'client', $3)",
                    &params![row, client, self.now],
                )?;
            }
            Scene::Related => {
                tx.execute(
                    "insert into related_person (id, client_id, name, role, same_household, source, recorded_at) values ($1, $2, 'Sisar', 'sibling', 0, 'client', $3)",
                    &params![row, client, self.now],
                )?;
            }
            Scene::Offer | Scene::OwnOffer => set.row = self.offer(tx, between, scene)?,
        }
        Ok(set)
    }

    fn on(&self, days_on: i64) -> String {
        day(self.now + days(days_on)).to_string()
    }

    fn right(&self, tx: &mut WriteTx<'_>, to: [u8; 16]) -> Result<(), StoreError> {
        tx.execute(
            "insert into secret_right (id, client_id, staff_id, task, given_by, given_at, begins_on, ends_on) values ($1, $2, $3, 'Kotikäynnit', $4, $5, $6, $7)",
            &params![
                self.set.row,
                self.set.client.bytes(),
                to,
                self.cast.other.bytes(),
                self.now - days(5),
                self.on(-5),
                self.on(30)
            ],
        )?;
        Ok(())
    }

    /// The open offer of the matter: that of the relation, or one made here.
    fn offer(
        &self,
        tx: &mut WriteTx<'_>,
        between: Between,
        scene: Scene,
    ) -> Result<[u8; 16], StoreError> {
        let matter = self.set.matter;
        if between == Between::Offered {
            return tx
                .query_one(
                    "select id from matter_offer where matter_id = $1 and state = 'open'",
                    &params![matter],
                )?
                .get(0);
        }
        let others = (self.cast.other, self.cast.foreign);
        let from = if scene == Scene::OwnOffer {
            let staff = identity::people::StaffId::from_bytes(self.staff);
            (staff, identity::people::UnitId::from_bytes(self.unit))
        } else {
            others
        };
        let to = (self.cast.third, self.cast.foreign);
        offer(tx, matter, from, to, self.now)
    }

    /// The matter has left this county: whoever answered for it and worked on it has a tail.
    fn send(&self, tx: &mut WriteTx<'_>) -> Result<(), StoreError> {
        let (matter, at) = (self.set.matter, self.now - SignedDuration::from_hours(1));
        for sql in [
            "update matter set state = 'transferred', ended_at = $2, end_reason = 'consent' where id = $1",
            "update matter_offer set state = 'withdrawn', answered_at = $2 where matter_id = $1 and state = 'open'",
        ] {
            tx.execute(sql, &params![matter, at])?;
        }
        tx.execute(
            "update relation set ends_at = $2, tail_until = $3 where object_id = $1",
            &params![matter, at, at + days(30)],
        )?;
        let package = serde_json::json!({
            "from_county": "15", "to_county": "06", "receiver": "Aikuissosiaalityö", "urgency": "week",
            "ground": "consent", "ground_words": "Pyyntö", "cover": "",
            "matter": {"number": "A-1", "name_code": "assessment", "name_text": null, "service_task": "working_age", "pending_at": 0},
            "clients": [], "initiation": null, "clocks": [], "made_at": 0, "made_by": "Muu 0",
        })
        .to_string();
        tx.execute(
            "insert into county_outbox (id, matter_id, to_county, receiver, ground, package, digest, made_at, made_by) values ($1, $2, '06', 'Aikuissosiaalityö', 'consent', $3, $4, $5, $6)",
            &params![
                fresh(),
                matter,
                package.as_str(),
                *blake3::hash(package.as_bytes()).as_bytes(),
                at,
                self.cast.other.bytes()
            ],
        )?;
        Ok(())
    }
}

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

/// A client whom the worker wrote down: somebody to be found by the code, to join a matter or to be merged.
pub fn found(
    county: &County,
    model: (ClientId, [u8; 16]),
    actor: &Actor,
    number: usize,
) -> IdentityCode {
    let serial = u16::try_from(number).expect("few roles");
    let code = IdentityCode::artificial(Date::constant(1941, 3, 5), serial).expect("a code");
    let hash = identity::IdentityKey::of(&Secrets::new(SECRET)).hash(&code);
    let (staff, unit) = (actor.staff, actor.units.led);
    let (text, now) = (code.expose().to_owned(), county.built.house.now());
    county
        .built
        .house
        .store
        .write_blocking(move |tx| {
            let both = copy(tx, model, now)?;
            let client = both.0.bytes();
            tx.execute(
                "update client set identity_code = $2, identity_hash = $3 where id = $1",
                &params![client, text.as_str(), hash],
            )?;
            tx.execute(
                "insert into client_identifier (id, client_id, kind, value, hash, recorded_at) values ($1, $2, 'identity_code', $3, $4, $5)",
                &params![fresh(), client, text.as_str(), hash, now],
            )?;
            relate(tx, both, staff, unit, Between::Kind("recorder"), now)
        })
        .expect("somebody to be found");
    code
}
