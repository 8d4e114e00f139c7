//! Writing imported rows: each row in its place or refused with its reason, the same file again changes nothing.

use std::borrow::Cow;

use access::log::{Actor, LogEntry};
use clients::store::create::{self, NewClient};
use clients::store::orders;
use clients::{ClientError, ClientId};
use identity::people::UnitId;
use kernel::time::{Time, day, millis, moment};
use store::{Query, StoreError, WriteTx, params};

use crate::domain::initiation::{Initiation, OutsideSource};
use crate::domain::{Ground, Holder, InitiationKind, Initiator, MatterError, MatterId, Way};
use crate::import::{ImportMatter, ImportOrder, ImportRow};
use crate::store::open::{self, NewMatter};
use crate::store::{By, Casework, relation};

/// Days of five years with their leap days.
const LONGEST_ORDER: i32 = 5 * 365 + 2;

/// What came of a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    pub clients_made: u64,
    /// Clients known here already by their identity code.
    pub clients_met: u64,
    pub matters_made: u64,
    /// Orders of non-disclosure written down.
    pub orders_made: u64,
    /// Rows that had been brought in before, word for word.
    pub unchanged: u64,
}

impl Done {
    /// Adds another outcome.
    pub const fn add(&mut self, other: Self) {
        self.clients_made += other.clients_made;
        self.clients_met += other.clients_met;
        self.matters_made += other.matters_made;
        self.orders_made += other.orders_made;
        self.unchanged += other.unchanged;
    }
}

/// Why a row was not written.
#[derive(Debug, thiserror::Error)]
pub enum RowError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("unit is no code of a unit here")]
    NoUnit,
    #[error("client_id was brought in before with other data: correct it on the client's page")]
    OtherClient,
    #[error("matter_id was brought in before with other data")]
    OtherMatter,
    #[error("pending_on is to come")]
    Future,
    #[error("non_disclosure_until has passed: leave it out if the order has ended")]
    OrderPast,
    #[error("non_disclosure_until is more than five years away")]
    OrderLong,
    #[error("no time limit in law can be counted from pending_on")]
    Law,
    #[error("the client cannot be made: {0}")]
    Client(String),
}

impl From<ClientError> for RowError {
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Store(error) => error.into(),
            other => Self::Client(other.to_string()),
        }
    }
}

impl From<MatterError> for RowError {
    fn from(error: MatterError) -> Self {
        match error {
            MatterError::Store(error) => error.into(),
            MatterError::Client(error) => error.into(),
            _ => Self::Law,
        }
    }
}

/// Writes a row, or tells what would come of it when `dry`. The rest of the transaction stands when a row is refused only
/// if the caller gives each row a transaction of its own.
///
/// # Errors
/// [`RowError`].
pub fn row(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    system: &str,
    row: &ImportRow,
    dry: bool,
) -> Result<Done, RowError> {
    let unit = unit(tx, &row.unit)?;
    check_order(casework, row.order)?;
    let mut done = Done::default();
    let digest = digest(&[
        &row.family,
        &row.given,
        &row.birth.map(|day| day.to_string()).unwrap_or_default(),
        &row.code
            .map(|code| code.expose().to_owned())
            .unwrap_or_default(),
    ]);
    let client = match brought(tx, system, "client", &row.client_id, &digest)? {
        Brought::Same(id) => Some(ClientId::from_bytes(id)),
        Brought::Other => return Err(RowError::OtherClient),
        Brought::Never => match known(tx, casework, row)? {
            Some(client) => {
                done.clients_met += 1;
                Some(client)
            }
            None => {
                done.clients_made += 1;
                None
            }
        },
    };
    let new_client = done.clients_made + done.clients_met > 0;
    let client = match (client, dry) {
        (Some(client), _) => Some(client),
        (None, true) => None,
        (None, false) => Some(make(tx, casework, unit, row)?),
    };
    if let (Some(client), true, false) = (client, new_client, dry) {
        keep(
            tx,
            casework,
            system,
            "client",
            &row.client_id,
            client.bytes(),
            &digest,
        )?;
        relation::answered_by(tx, client, unit)?;
    }
    // In the transaction of the client: her number is open at no moment.
    let protected = match row.order {
        Some(order) => self::order(tx, casework, client, order, dry)?,
        None => false,
    };
    done.orders_made += u64::from(protected);
    let made = match &row.matter {
        Some(matter) => self::matter(tx, casework, system, unit, client, matter, dry)?,
        None => false,
    };
    done.matters_made += u64::from(made);
    if !new_client && !made && !protected {
        done.unchanged += 1;
    }
    Ok(done)
}

fn unit(query: &mut impl Query, code: &str) -> Result<UnitId, RowError> {
    let row = query
        .query_optional("select id from unit where code = $1", &params![code])?
        .ok_or(RowError::NoUnit)?;
    Ok(UnitId::from_bytes(row.get(0)?))
}

enum Brought {
    Never,
    Same([u8; 16]),
    Other,
}

fn brought(
    query: &mut impl Query,
    system: &str,
    kind: &str,
    source_id: &str,
    digest: &[u8; 32],
) -> Result<Brought, StoreError> {
    let row = query.query_optional(
        "select object_id, digest from import_row where system = $1 and kind = $2 and source_id = $3",
        &params![system, kind, source_id],
    )?;
    Ok(match row {
        None => Brought::Never,
        Some(row) if row.get::<[u8; 32]>(1)? == *digest => Brought::Same(row.get(0)?),
        Some(_) => Brought::Other,
    })
}

fn keep(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    system: &str,
    kind: &str,
    source_id: &str,
    object: [u8; 16],
    digest: &[u8; 32],
) -> Result<(), StoreError> {
    tx.execute(
        "insert into import_row (system, kind, source_id, object_id, digest, imported_at) values ($1, $2, $3, $4, $5, $6)",
        &params![system, kind, source_id, object, *digest, millis(casework.now())],
    )?;
    Ok(())
}

/// The client with the row's identity code, when there is one already.
fn known(
    query: &mut impl Query,
    casework: &Casework,
    row: &ImportRow,
) -> Result<Option<ClientId>, StoreError> {
    let Some(code) = &row.code else {
        return Ok(None);
    };
    query
        .query_optional(
            "select id from client where identity_hash = $1 and state = 'active'",
            &params![casework.clients.key.hash(code)],
        )?
        .map(|row| row.get(0).map(ClientId::from_bytes))
        .transpose()
}

fn make(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    unit: UnitId,
    row: &ImportRow,
) -> Result<ClientId, RowError> {
    let new = NewClient {
        code: row.code,
        birth: row.birth,
        family: row.family.clone(),
        given: row.given.clone(),
        called: None,
        sex: None,
        source: "import".to_owned(),
        unit: Some(unit),
        details: row.details.clone(),
        protect: false,
    };
    let client = create::insert(tx, &casework.clients, &new, None)?;
    tx.log(LogEntry {
        at: casework.now(),
        actor: Actor::System,
        event: "client.create",
        right: Cow::Borrowed("JB-07"),
        purpose: "P21",
        subjects: vec![client.bytes()],
        detail: "import".to_owned(),
        digest: None,
    })?;
    Ok(client)
}

/// An order that has ended protects nobody, and one is given for five years at most (661/2009 36 §).
fn check_order(casework: &Casework, order: Option<ImportOrder>) -> Result<(), RowError> {
    let Some(last) = order.and_then(ImportOrder::last) else {
        return Ok(());
    };
    let today = day(casework.now());
    if last < today {
        return Err(RowError::OrderPast);
    }
    let days = last.since(today).map_or(i32::MAX, |span| span.get_days());
    if days > LONGEST_ORDER {
        return Err(RowError::OrderLong);
    }
    Ok(())
}

/// Writes the order of a client, or tells whether it would; `None` is a client that a dry run does not make. Protection
/// is only ever added: an order here that lasts longer stays as it is.
fn order(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    client: Option<ClientId>,
    order: ImportOrder,
    dry: bool,
) -> Result<bool, RowError> {
    let Some(client) = client else {
        return Ok(true);
    };
    let desk = &*casework.clients;
    if !orders::adds(tx, desk, client, order.last())? {
        return Ok(false);
    }
    if !dry {
        orders::bring(tx, desk, client, order.last())?;
        tx.log(LogEntry {
            at: casework.now(),
            actor: Actor::System,
            event: "client.non_disclosure",
            right: Cow::Borrowed("JB-07"),
            purpose: "P21",
            subjects: vec![client.bytes()],
            detail: "import".to_owned(),
            digest: None,
        })?;
    }
    Ok(true)
}

fn matter(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    system: &str,
    unit: UnitId,
    client: Option<ClientId>,
    matter: &ImportMatter,
    dry: bool,
) -> Result<bool, RowError> {
    let digest = digest(&[
        matter.name.code().code(),
        matter.name.text().unwrap_or_default(),
        matter.service_task.code(),
        &matter.pending_on.to_string(),
        &matter.reasons,
    ]);
    match brought(tx, system, "matter", &matter.matter_id, &digest)? {
        Brought::Same(_) => return Ok(false),
        Brought::Other => return Err(RowError::OtherMatter),
        Brought::Never => {}
    }
    let today = day(casework.now());
    if matter.pending_on > today {
        return Err(RowError::Future);
    }
    let new = new_matter(system, unit, matter, today);
    // The law is asked in a dry run too.
    crate::domain::clocks::starting(&new.initiation, None, &casework.calendar)?;
    if let (Some(client), false) = (client, dry) {
        let opened = open::write(tx, casework, &By::Import, client, &new)?;
        let id: MatterId = opened.id;
        keep(
            tx,
            casework,
            system,
            "matter",
            &matter.matter_id,
            id.bytes(),
            &digest,
        )?;
    }
    Ok(true)
}

fn new_matter(
    system: &str,
    unit: UnitId,
    matter: &ImportMatter,
    today: kernel::time::Date,
) -> NewMatter {
    let pending_at = moment(matter.pending_on, Time::constant(12, 0, 0, 0));
    NewMatter {
        name: matter.name.clone(),
        service_task: matter.service_task,
        // Who answered in the other system is not carried over: somebody here takes it by name.
        holder: Holder::Duty(unit),
        initiation: Initiation {
            kind: InitiationKind::Office,
            way: Way::Api,
            initiator: Initiator::SocialWelfare,
            initiator_name: Some(system.to_owned()),
            pending_at,
            contact_at: pending_at,
            reasons: matter.reasons.clone(),
            own_words: None,
            outside: Some(OutsideSource {
                what: matter.matter_id.clone(),
                from_whom: system.to_owned(),
                got_on: today,
                asked_by: None,
                ground: Ground::OwnRegister,
                purpose: "import".to_owned(),
            }),
            seven_days: None,
        },
    }
}

fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    *hasher.finalize().as_bytes()
}

/// Writes that an import was run, with its numbers.
///
/// # Errors
/// When an earlier statement failed.
pub fn finish(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    system: &str,
    done: Done,
    refused: u64,
) -> Result<(), StoreError> {
    tx.log(LogEntry {
        at: casework.now(),
        actor: Actor::System,
        event: "import.run",
        right: Cow::Borrowed("JB-07"),
        purpose: "P21",
        subjects: Vec::new(),
        detail: format!(
            "{system}: {} clients, {} known, {} matters, {} orders, {} unchanged, {refused} refused",
            done.clients_made, done.clients_met, done.matters_made, done.orders_made, done.unchanged
        ),
        digest: None,
    })
}
