//! Units, staff, duty and absence as facts in the store.

use kernel::time::{Date, Timestamp, day, from_millis, millis};
use store::{Query, StoreError, WriteTx, params};

kernel::id_type!(/** A unit of the county. */ UnitId);
kernel::id_type!(/** An employee. */ StaffId);
kernel::id_type!(/** A shift in the duty list. */ DutyId);

/// What kind of work a unit does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// The county's advice unit (neuvonta): receives what names no municipality.
    Advice,
    /// Adult social work of an area.
    SocialWork,
    /// Health and social centre (sote-keskus).
    Centre,
}

impl UnitKind {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::SocialWork => "social_work",
            Self::Centre => "centre",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Advice, Self::SocialWork, Self::Centre]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub id: UnitId,
    pub code: String,
    pub kind: UnitKind,
    pub name_fi: String,
    pub name_sv: String,
    pub name_en: String,
    pub phone: Option<String>,
    /// Answers for the unit's duty when the duty list is empty.
    pub lead: StaffId,
}

impl Unit {
    /// The unit's name in a language; Easy Finnish uses the Finnish name.
    pub fn name(&self, language: kernel::language::Language) -> &str {
        use kernel::language::Language;
        match language {
            Language::Sv => &self.name_sv,
            Language::En => &self.name_en,
            Language::Fi | Language::Easy => &self.name_fi,
        }
    }
}

/// An employee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    pub id: StaffId,
    pub name: String,
    /// Name for ordering, see `text::sort_key`.
    pub sort_key: String,
    /// Title code: `front_door`, `centre`, `counsellor`, `social_worker`, `lead`; messages name it.
    pub title: String,
    pub tasks: Vec<String>,
    pub qualifications: Vec<String>,
    pub unit: UnitId,
    pub began_on: Date,
    pub ended_on: Option<Date>,
    /// Set for identities that a demo offers on its start page.
    pub demo_role: Option<String>,
}

/// Adds a unit.
///
/// # Errors
/// When the code is already in use or the engine fails.
pub fn add_unit(tx: &mut WriteTx<'_>, unit: &Unit) -> Result<(), StoreError> {
    tx.execute(
        "insert into unit (id, code, kind, name_fi, name_sv, name_en, phone, lead_id) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &params![
            unit.id.bytes(),
            unit.code.as_str(),
            unit.kind.code(),
            unit.name_fi.as_str(),
            unit.name_sv.as_str(),
            unit.name_en.as_str(),
            unit.phone.clone(),
            unit.lead.bytes()
        ],
    )?;
    Ok(())
}

/// Lets `unit` answer for a municipality's contacts.
///
/// # Errors
/// When another unit already does, or the engine fails.
pub fn assign_municipality(
    tx: &mut WriteTx<'_>,
    municipality: &str,
    unit: UnitId,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into unit_municipality (municipality_code, unit_id) values ($1, $2)",
        &params![municipality, unit.bytes()],
    )?;
    Ok(())
}

/// Adds an employee, with the facts that give these tasks and qualifications: an employment, the tasks, and
/// the professional rights behind the qualifications.
///
/// # Errors
/// When the unit is unknown or the engine fails.
pub fn add_staff(tx: &mut WriteTx<'_>, staff: &Staff) -> Result<(), StoreError> {
    insert_staff(tx, staff)?;
    crate::facts::record::first_facts(tx, staff)
}

/// Adds an employee of whom no fact is known yet.
pub(crate) fn insert_staff(tx: &mut WriteTx<'_>, staff: &Staff) -> Result<(), StoreError> {
    tx.execute(
        "insert into staff (id, name, sort_key, title, tasks, qualifications, unit_id, began_on, ended_on, demo_role) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &params![
            staff.id.bytes(),
            staff.name.as_str(),
            staff.sort_key.as_str(),
            staff.title.as_str(),
            staff.tasks.join(" "),
            staff.qualifications.join(" "),
            staff.unit.bytes(),
            staff.began_on.to_string(),
            staff.ended_on.map(|day| day.to_string()),
            staff.demo_role.clone()
        ],
    )?;
    Ok(())
}

/// Name for ordering.
pub fn sort_key(name: &str) -> String {
    text::sort::sort_key(name)
}

/// Puts `staff` on duty in `unit` from `begins` until `ends`.
///
/// # Errors
/// When the shift ends before it begins, or the engine fails.
pub fn add_duty(
    tx: &mut WriteTx<'_>,
    id: DutyId,
    unit: UnitId,
    staff: StaffId,
    begins: Timestamp,
    ends: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into duty (id, unit_id, staff_id, begins_at, ends_at) values ($1, $2, $3, $4, $5)",
        &params![
            id.bytes(),
            unit.bytes(),
            staff.bytes(),
            millis(begins),
            millis(ends)
        ],
    )?;
    Ok(())
}

/// Records that `staff` is away on these days, both included.
///
/// # Errors
/// When the last day is before the first, or the engine fails.
pub fn add_absence(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    first: Date,
    last: Date,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into absence (staff_id, begins_on, ends_on) values ($1, $2, $3)",
        &params![staff.bytes(), first.to_string(), last.to_string()],
    )?;
    Ok(())
}

/// Ends an employment on a day; the day itself is still worked.
///
/// # Errors
/// When the engine fails.
pub fn end_employment(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    last_day: Date,
) -> Result<(), StoreError> {
    crate::facts::record::close_employment(tx, staff, crate::facts::record::after(last_day))
}

/// The duty holder (vuorovastaava) of a unit at a moment: the shift that began last, otherwise the
/// unit's lead. So there is always one.
///
/// # Errors
/// When the unit is unknown or the engine fails.
pub fn duty_holder(
    query: &mut impl Query,
    unit: UnitId,
    at: Timestamp,
) -> Result<StaffId, StoreError> {
    let row = query.query_one(
        "select coalesce((select d.staff_id from duty d where d.unit_id = u.id and d.begins_at <= $2 and d.ends_at > $2 order by d.begins_at desc, d.id limit 1), u.lead_id) from unit u where u.id = $1",
        &params![unit.bytes(), millis(at)],
    )?;
    Ok(StaffId::from_bytes(row.get(0)?))
}

/// The unit that answers for a municipality's contacts. Without a municipality, or when no unit has it, the county's advice
/// unit; a county that has none lets another unit answer, one of social work before others, so that nothing that comes is
/// dropped. `None` when the county has no unit at work at all.
///
/// # Errors
/// When the engine fails.
pub fn unit_that_receives(
    query: &mut impl Query,
    municipality: Option<&str>,
) -> Result<Option<UnitId>, StoreError> {
    if let Some(code) = municipality {
        let row = query.query_optional(
            "select unit_id from unit_municipality where municipality_code = $1",
            &params![code],
        )?;
        if let Some(row) = row {
            return Ok(Some(UnitId::from_bytes(row.get(0)?)));
        }
    }
    let row = query.query_optional(
        "select id from unit where closed_on is null order by case kind when 'advice' then 0 when 'social_work' then 1 else 2 end, code limit 1",
        &[],
    )?;
    row.map(|row| Ok(UnitId::from_bytes(row.get(0)?)))
        .transpose()
}

/// [`unit_that_receives`], for a county that is known to have one.
///
/// # Errors
/// When the county has no unit at work, or the engine fails.
pub fn receiving_unit(
    query: &mut impl Query,
    municipality: Option<&str>,
) -> Result<UnitId, StoreError> {
    unit_that_receives(query, municipality)?.ok_or(StoreError::NotOne(0))
}

/// Who takes what comes without a municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receives {
    /// The advice unit, as it should be.
    Advice,
    /// Another unit, because none of advice is at work: the administrator should found one.
    Another,
    /// Nobody: the county has no unit at work, and refuses contacts.
    Nobody,
}

impl Receives {
    /// For programs that watch the house.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Another => "another-unit",
            Self::Nobody => "nobody",
        }
    }
}

/// Looks who takes what comes without a municipality.
///
/// # Errors
/// When the engine fails.
pub fn who_receives(query: &mut impl Query) -> Result<Receives, StoreError> {
    let row = query.query_one(
        "select count(*), count(*) filter (where kind = 'advice') from unit where closed_on is null",
        &[],
    )?;
    let (all, advice): (i64, i64) = (row.get(0)?, row.get(1)?);
    Ok(match (all, advice) {
        (0, _) => Receives::Nobody,
        (_, 0) => Receives::Another,
        _ => Receives::Advice,
    })
}

/// True when the employee is not at work: departed, to the minute, or marked absent that day.
///
/// # Errors
/// When the employee is unknown or the engine fails.
pub fn is_away(query: &mut impl Query, staff: StaffId, at: Timestamp) -> Result<bool, StoreError> {
    let row = query.query_one(
        "select case when s.ended_on < $2 or s.left_at <= $3 then 1 else 0 end + (select count(*) from absence a where a.staff_id = s.id and a.begins_on <= $2 and a.ends_on >= $2) from staff s where s.id = $1",
        &params![staff.bytes(), day(at).to_string(), millis(at)],
    )?;
    Ok(row.get::<i64>(0)? > 0)
}

/// The minute from which the employee is no longer in service; `None` when no end is known.
///
/// # Errors
/// When the employee is unknown or the engine fails.
pub fn leaves_at(
    query: &mut (impl Query + ?Sized),
    staff: StaffId,
) -> Result<Option<Timestamp>, StoreError> {
    let row = query.query_one(
        "select left_at, ended_on from staff where id = $1",
        &params![staff.bytes()],
    )?;
    let last: Option<String> = row.get(1)?;
    let by_day = last
        .map(|last| last.parse().map(crate::facts::record::after))
        .transpose()
        .map_err(|_| unreadable())?;
    Ok(row.get::<Option<i64>>(0)?.map(from_millis).or(by_day))
}

const STAFF_COLUMNS: &str = "select id, name, sort_key, title, tasks, qualifications, unit_id, began_on, ended_on, demo_role from staff";

/// An employee by id.
///
/// # Errors
/// When the engine fails.
pub fn lookup_staff(query: &mut impl Query, id: StaffId) -> Result<Option<Staff>, StoreError> {
    query
        .query_optional(
            &format!("{STAFF_COLUMNS} where id = $1"),
            &params![id.bytes()],
        )?
        .as_ref()
        .map(staff_from_row)
        .transpose()
}

/// The employees in service on a day, by name.
///
/// # Errors
/// When the engine fails.
pub fn list_staff(query: &mut impl Query, on: Date) -> Result<Vec<Staff>, StoreError> {
    query
        .query(
            &format!("{STAFF_COLUMNS} where began_on <= $1 and (ended_on is null or ended_on >= $1) order by sort_key, id"),
            &params![on.to_string()],
        )?
        .iter()
        .map(staff_from_row)
        .collect()
}

/// All employees, also those who have left or are to come, by name.
///
/// # Errors
/// When the engine fails.
pub fn list_all(query: &mut impl Query) -> Result<Vec<Staff>, StoreError> {
    query
        .query(&format!("{STAFF_COLUMNS} order by sort_key, id"), &[])?
        .iter()
        .map(staff_from_row)
        .collect()
}

/// The identities that a demo offers.
///
/// # Errors
/// When the engine fails.
pub fn list_demo_staff(query: &mut impl Query) -> Result<Vec<Staff>, StoreError> {
    query
        .query(
            &format!("{STAFF_COLUMNS} where demo_role is not null order by demo_role"),
            &[],
        )?
        .iter()
        .map(staff_from_row)
        .collect()
}

/// All units, by code.
///
/// # Errors
/// When the engine fails.
pub fn list_units(query: &mut impl Query) -> Result<Vec<Unit>, StoreError> {
    query
        .query("select id, code, kind, name_fi, name_sv, name_en, phone, lead_id from unit order by code", &[])?
        .iter()
        .map(|row| {
            Ok(Unit {
                id: UnitId::from_bytes(row.get(0)?),
                code: row.get(1)?,
                kind: UnitKind::from_code(&row.get::<String>(2)?).ok_or_else(unreadable)?,
                name_fi: row.get(3)?,
                name_sv: row.get(4)?,
                name_en: row.get(5)?,
                phone: row.get(6)?,
                lead: StaffId::from_bytes(row.get(7)?),
            })
        })
        .collect()
}

fn staff_from_row(row: &store::Row) -> Result<Staff, StoreError> {
    let words = |text: String| {
        text.split(' ')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let date = |text: String| text.parse().map_err(|_| unreadable());
    Ok(Staff {
        id: StaffId::from_bytes(row.get(0)?),
        name: row.get(1)?,
        sort_key: row.get(2)?,
        title: row.get(3)?,
        tasks: words(row.get(4)?),
        qualifications: words(row.get(5)?),
        unit: UnitId::from_bytes(row.get(6)?),
        began_on: date(row.get(7)?)?,
        ended_on: row.get::<Option<String>>(8)?.map(date).transpose()?,
        demo_role: row.get(9)?,
    })
}

pub(crate) fn unreadable() -> StoreError {
    StoreError::Decode("a code that this version does not know".to_owned())
}
