//! The facts that rights over one matter rest on, and the decision itself.
//!
//! A matter has one or many clients. Every client is a side of it: relations and bars are between the reader and that
//! side. An act needs a right over one side at least; what is shown is shown side by side (B13: the part of a client
//! whom the reader may not see is not there).

use std::collections::HashMap;

use access::rights::Row as RightsRow;
use clients::{ClientId, Gate, Granted, Reader};
use identity::people::{StaffId, UnitId};
use kernel::time::{Timestamp, day, from_millis, millis};
use store::{Query, Row, StoreError, params, places};

use crate::domain::{Holder, Life, MatterError, MatterId, MatterOfferId, ServiceTask, Stage};
use crate::store::{Acting, unreadable};

/// What is known of a matter when a right is decided.
#[derive(Debug, Clone)]
pub struct Facts {
    pub id: MatterId,
    pub life: Life,
    /// Who holds it, or held it last.
    last: Holder,
    pub service_task: ServiceTask,
    /// Who is on duty now in the unit that holds it.
    pub on_duty: StaffId,
    /// The reader leads the unit that holds it, as its lead or as a deputy.
    pub leads: bool,
    /// The named holder is absent or departed.
    pub holder_away: bool,
    pub offer: Option<OpenOffer>,
    /// The gate of each client, with the relations that the matter itself makes.
    pub sides: Vec<Gate>,
    /// Conditions that the caller knows to hold besides, see [`Facts::with_given`].
    extra: Vec<&'static str>,
}

/// An offer waiting for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenOffer {
    pub id: MatterOfferId,
    pub from_staff: StaffId,
    pub to_staff: Option<StaffId>,
    pub to_unit: UnitId,
}

impl OpenOffer {
    /// True when the offer is made to this reader by name or to the reader's unit.
    pub fn is_for(&self, reader: &Reader) -> bool {
        self.from_staff != reader.staff
            && self
                .to_staff
                .map_or(self.to_unit == reader.unit, |staff| staff == reader.staff)
    }
}

impl Facts {
    /// Reads the facts: a matter, and what stands between the reader and its clients.
    ///
    /// # Errors
    /// [`MatterError::NotFound`] when there is no such matter.
    pub fn load(
        query: &mut impl Query,
        reader: &Reader,
        matter: MatterId,
        now: Timestamp,
    ) -> Result<Self, MatterError> {
        Self::load_many(query, reader, &[matter], now)?
            .pop()
            .ok_or(MatterError::NotFound)
    }

    /// The facts of several matters in the statements of one, in the order asked.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn load_many(
        query: &mut impl Query,
        reader: &Reader,
        matters: &[MatterId],
        now: Timestamp,
    ) -> Result<Vec<Self>, StoreError> {
        if matters.is_empty() {
            return Ok(Vec::new());
        }
        let list = places(matters.len(), 3);
        let mut values = params![millis(now), day(now).to_string(), reader.staff.bytes()];
        values.extend(matters.iter().map(|matter| matter.bytes().into()));
        let rows = query.query(
            &format!("select m.state, m.holder_unit, m.holder_staff, m.service_task, coalesce((select d.staff_id from duty d where d.unit_id = u.id and d.begins_at <= $1 and d.ends_at > $1 order by d.begins_at desc, d.id limit 1), u.lead_id), case when exists (select 1 from unit_leader l where l.unit_id = u.id and l.staff_id = $3 and l.begins_on <= $2 and l.ends_on >= $2) then 1 else 0 end, m.ended_at, o.id, o.from_staff, o.to_staff, o.to_unit, case when s.ended_on < $2 or s.left_at <= $1 or exists (select 1 from absence a where a.staff_id = s.id and a.begins_on <= $2 and a.ends_on >= $2) then 1 else 0 end, m.id from matter m join unit u on u.id = m.holder_unit left join staff s on s.id = m.holder_staff left join matter_offer o on o.matter_id = m.id and o.state = 'open' where m.id in ({list})"),
            &values,
        )?;
        let mut members = members(query, matters)?;
        let everybody: Vec<ClientId> = members.values().flatten().copied().collect();
        let gates: HashMap<ClientId, Gate> = Gate::open_many(query, reader, &everybody, now)?
            .into_iter()
            .map(|gate| (gate.client(), gate))
            .collect();
        let mut facts = HashMap::new();
        for row in &rows {
            let id = MatterId::from_bytes(row.get(12)?);
            let clients = members.remove(&id).unwrap_or_default();
            let sides = clients
                .iter()
                .filter_map(|client| gates.get(client).cloned());
            let mut one = Self::from_row(row, id, sides.collect())?;
            let own = one.own_relations(reader);
            for gate in &mut one.sides {
                for relation in &own {
                    gate.add(relation, Some(("matter", id.bytes())));
                }
            }
            facts.insert(id, one);
        }
        Ok(matters.iter().filter_map(|id| facts.remove(id)).collect())
    }

    fn from_row(row: &Row, id: MatterId, sides: Vec<Gate>) -> Result<Self, StoreError> {
        let unit = UnitId::from_bytes(row.get(1)?);
        let staff = row.get::<Option<[u8; 16]>>(2)?.map(StaffId::from_bytes);
        let last = staff.map_or(Holder::Duty(unit), |staff| Holder::Person { staff, unit });
        let stage = Stage::from_code(&row.get::<String>(0)?).ok_or_else(unreadable)?;
        let ended = row.get::<Option<i64>>(6)?.map(from_millis);
        let offer = match row.get::<Option<[u8; 16]>>(7)? {
            None => None,
            Some(id) => Some(OpenOffer {
                id: MatterOfferId::from_bytes(id),
                from_staff: StaffId::from_bytes(row.get(8)?),
                to_staff: row.get::<Option<[u8; 16]>>(9)?.map(StaffId::from_bytes),
                to_unit: UnitId::from_bytes(row.get(10)?),
            }),
        };
        Ok(Self {
            id,
            life: life(stage, last, ended)?,
            last,
            service_task: ServiceTask::from_code(&row.get::<String>(3)?).ok_or_else(unreadable)?,
            on_duty: StaffId::from_bytes(row.get(4)?),
            leads: row.get(5)?,
            holder_away: row.get(11)?,
            offer,
            sides,
            extra: Vec::new(),
        })
    }

    /// The same facts with further conditions of the rights table that the caller knows to hold: that an entry is the
    /// reader's own, that a new version with a reason is being made.
    #[must_use]
    pub fn with_given(mut self, tokens: &[&'static str]) -> Self {
        self.extra.extend_from_slice(tokens);
        self
    }

    /// The clients of the matter now.
    pub fn clients(&self) -> Vec<ClientId> {
        self.sides.iter().map(Gate::client).collect()
    }

    /// Who holds the matter, or held it last.
    pub const fn holder(&self) -> Holder {
        self.last
    }

    /// The unit that answers for it.
    pub const fn unit(&self) -> UnitId {
        self.last.unit()
    }

    /// Relations that the matter itself makes, the same over every side.
    fn own_relations(&self, reader: &Reader) -> Vec<&'static str> {
        let mut relations = Vec::new();
        match self.life.holder() {
            Some(Holder::Person { staff, .. }) if staff == reader.staff => {
                relations.push("matter_holder");
            }
            Some(Holder::Duty(unit)) => {
                if self.on_duty == reader.staff {
                    relations.push("unit_duty");
                }
                if unit == reader.unit {
                    relations.push("unit_queue");
                }
            }
            Some(Holder::Person { .. }) if self.holder_away && self.on_duty == reader.staff => {
                relations.push("unit_duty");
            }
            Some(Holder::Person { .. }) | None => {}
        }
        if self.life.holder().is_some() && self.offer.is_some_and(|offer| offer.is_for(reader)) {
            relations.push("offer_receiver");
        }
        if self.leads {
            relations.push("unit_lead");
        }
        relations
    }

    /// Whether the reader is the one to say where the matter goes: who answers for it, the own worker of every client
    /// of it, the unit's lead, or the duty holder while nobody answers by name. The table lets others work on it (MP-06) too, but
    /// two who hand over the same matter would leave nobody.
    pub fn disposes(&self, reader: &Reader) -> bool {
        let unheld = self.last.staff().is_none() || self.holder_away;
        self.last.staff() == Some(reader.staff)
            || self.leads
            || (unheld && self.on_duty == reader.staff)
            || (!self.sides.is_empty() && self.sides.iter().all(|side| side.holds("own_worker")))
    }

    /// Condition tokens that hold for the matter.
    fn given(&self, reader: &Reader) -> Vec<&'static str> {
        let mut given = self.extra.clone();
        if self.life.holder().is_some() {
            given.push("open_only");
        }
        if self.last.staff().is_none() {
            given.push("untaken_only");
        }
        if self.last.staff().is_none() || self.holder_away {
            given.extend([
                "unassigned_or_absent",
                "urgent_or_unassigned_or_absent",
                "holder_absent_or_departed",
            ]);
        }
        if self.offer.is_some() {
            given.push("offer_open");
        }
        if self.last.staff() == Some(reader.staff) {
            given.push("taken_over_in_own_name");
        }
        given
    }

    /// The right over one side.
    fn over(&self, side: &Gate, class: &str, action: &str) -> Option<Granted> {
        let object = Some(("matter", self.id.bytes()));
        side.acting(
            class,
            action,
            self.service_task.code(),
            object,
            &self.given(side.reader()),
        )
        .ok()
    }

    /// Whether somebody else could act over every side, if that person stood in this relation to the matter: whoever
    /// could not is neither asked nor named.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn could(
        &self,
        query: &mut impl Query,
        other: &Reader,
        relation: &'static str,
        what: (&str, &str),
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.could_for(query, other, relation, what, &self.clients(), now)
    }

    /// The same over some of the clients: an own worker is one client's.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn could_for(
        &self,
        query: &mut impl Query,
        other: &Reader,
        relation: &'static str,
        (class, action): (&str, &str),
        clients: &[ClientId],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let object = ("matter", self.id.bytes());
        let mut given = self.extra.clone();
        given.push("open_only");
        let gates = Gate::open_many(query, other, clients, now)?;
        Ok(gates.len() == clients.len()
            && gates.iter().all(|gate| {
                let task = self.service_task.code();
                gate.standing_as(relation, Some(object))
                    .acting(class, action, task, Some(object), &given)
                    .is_ok()
            }))
    }

    /// Decides an action on an object of this matter.
    ///
    /// # Errors
    /// [`MatterError::NotFound`] when the table gives no right over any side: what one may not see does not exist.
    /// [`MatterError::Ended`] for a change to a matter that has ended and that the reader may see.
    pub fn authorise(
        &self,
        reader: &Reader,
        class: &str,
        action: &str,
    ) -> Result<Acting, MatterError> {
        self.right(reader, class, action).map(|(acting, _)| acting)
    }

    /// The right over one client of the matter: what is written of her needs it, whatever one may do with the others.
    ///
    /// # Errors
    /// As [`Facts::authorise`], and [`MatterError::NotFound`] for somebody who is no client of the matter.
    pub fn authorise_over(
        &self,
        reader: &Reader,
        class: &str,
        action: &str,
        client: ClientId,
    ) -> Result<Acting, MatterError> {
        // Told as any other refusal: an ended matter as ended.
        self.authorise(reader, class, action)?;
        let side = self.sides.iter().find(|side| side.client() == client);
        side.and_then(|side| self.over(side, class, action))
            .map(|granted| Acting {
                staff: reader.staff,
                right: granted.right,
                purpose: granted.purpose,
            })
            .ok_or(MatterError::NotFound)
    }

    /// The right over every client of the matter, for what is written of them all.
    ///
    /// # Errors
    /// As [`Facts::authorise`].
    pub fn authorise_all(
        &self,
        reader: &Reader,
        class: &str,
        action: &str,
    ) -> Result<Acting, MatterError> {
        let acting = self.authorise(reader, class, action)?;
        self.sides
            .iter()
            .all(|side| self.over(side, class, action).is_some())
            .then_some(acting)
            .ok_or(MatterError::NotFound)
    }

    /// The same as [`Facts::authorise`], with the sides over which it holds.
    ///
    /// # Errors
    /// As [`Facts::authorise`].
    pub fn right(
        &self,
        reader: &Reader,
        class: &str,
        action: &str,
    ) -> Result<(Acting, Seen), MatterError> {
        let granted: Vec<(ClientId, Granted)> = self
            .sides
            .iter()
            .filter_map(|side| Some((side.client(), self.over(side, class, action)?)))
            .collect();
        let Some((_, widest)) = granted.iter().min_by_key(|(_, one)| narrows(one.row)) else {
            let may_see = action != "read" && self.authorise(reader, "matter", "read").is_ok();
            return Err(if may_see && self.life.holder().is_none() {
                MatterError::Ended
            } else {
                MatterError::NotFound
            });
        };
        let acting = Acting {
            staff: reader.staff,
            right: widest.right,
            purpose: widest.purpose,
        };
        let content = granted
            .iter()
            .filter(|(_, one)| !narrows(one.row))
            .map(|(client, _)| *client)
            .collect();
        let titles = granted.iter().map(|(client, _)| *client).collect();
        Ok((acting, Seen { content, titles }))
    }

    /// The rows of the table by which the reader may do this, client by client: for what a row tells beyond yes and no, such
    /// as that one section alone is opened.
    pub fn rows(
        &self,
        reader: &Reader,
        class: &str,
        action: &str,
    ) -> Vec<(ClientId, &'static RightsRow)> {
        debug_assert!(
            self.sides
                .iter()
                .all(|side| side.reader().staff == reader.staff)
        );
        self.sides
            .iter()
            .filter_map(|side| Some((side.client(), self.over(side, class, action)?.row)))
            .collect()
    }

    /// The right to read the matter, as a party to it or as the receiver of an offer.
    ///
    /// # Errors
    /// As [`Facts::authorise`].
    pub fn reading(&self, reader: &Reader) -> Result<(Acting, Seen), MatterError> {
        let as_party = self.right(reader, "matter", "read");
        let offered = self.offer.is_some_and(|offer| offer.is_for(reader));
        match &as_party {
            Ok((_, seen)) if !seen.content.is_empty() || !offered => as_party,
            // The receiver of an offer sees what it is about before answering.
            _ => self.right(reader, "offer", "read").or(as_party),
        }
    }
}

/// The clients of matters, each person once: a record that was merged into another of the same matter stays as a row,
/// for its history and for the parting, and is told of no more.
pub(crate) fn members(
    query: &mut impl Query,
    matters: &[MatterId],
) -> Result<HashMap<MatterId, Vec<ClientId>>, StoreError> {
    let list = places(matters.len(), 0);
    let values: Vec<_> = matters.iter().map(|matter| matter.bytes().into()).collect();
    let rows = query.query(
        &format!("select matter_id, client_id from matter_client where matter_id in ({list}) and left_at is null and not exists (select 1 from client c where c.id = client_id and c.state = 'merged') order by joined_at, id"),
        &values,
    )?;
    let mut members: HashMap<MatterId, Vec<ClientId>> = HashMap::new();
    for row in rows {
        members
            .entry(MatterId::from_bytes(row.get(0)?))
            .or_default()
            .push(ClientId::from_bytes(row.get(1)?));
    }
    Ok(members)
}

/// Whose parts of a matter a reader sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Whole.
    pub content: Vec<ClientId>,
    /// Title, state and unit at least.
    pub titles: Vec<ClientId>,
}

/// Whether a row shows title, state and unit only.
pub(crate) fn narrows(row: &RightsRow) -> bool {
    row.shows("title_state_unit") || row.shows("no_content")
}

fn life(stage: Stage, last: Holder, ended: Option<Timestamp>) -> Result<Life, StoreError> {
    Ok(match stage {
        Stage::Initiated => Life::Initiated { unit: last.unit() },
        Stage::Open => Life::Open { holder: last },
        Stage::Transferred => Life::Transferred {
            at: ended.ok_or_else(unreadable)?,
        },
        Stage::Closed => Life::Closed {
            at: ended.ok_or_else(unreadable)?,
        },
    })
}
