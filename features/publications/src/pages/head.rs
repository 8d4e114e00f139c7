//! What a version is called and about: its fields, and the form that begins a publication.

use axum::extract::State;
use axum::http::StatusCode;
use identity::people::Unit;
use identity::session::CurrentUser;
use identity::units;
use kernel::language::Language;
use web::{Answer, Choice, Failure, Form, House, Posted, Texts, Visit, go_to};

use super::sheet::{self, Field, Kind as Asked, Sheet};
use super::{act, refused};
use crate::compose::{language, quarter};
use crate::domain::{Kind, LONGEST_TITLE, Quarter, Span};
use crate::paper_of;
use crate::store::read::Draft;
use crate::store::write::{self, Head};

/// Quarters that one chooses among.
const QUARTERS: usize = 24;

/// The name of the draft of the form that begins one.
pub(super) const NEW: &str = "publication-new";

fn quarters(t: &Texts, house: &House) -> Vec<Choice> {
    let mut at = Quarter::of(house.today());
    let mut choices = Vec::with_capacity(QUARTERS);
    for _ in 0..QUARTERS {
        choices.push(Choice::new(at.to_string(), quarter(t, at)));
        at = at.previous();
    }
    choices
}

/// The fields of what a version is called and about.
fn fields_of(t: &Texts, house: &House, units: &[Unit]) -> Vec<Field> {
    let municipalities = kernel::place::municipalities_of(&house.county.code)
        .into_iter()
        .map(|one| Choice::new(one.code, one.name(t.language())))
        .collect();
    let units = units
        .iter()
        .map(|one| Choice::new(one.id.to_string(), one.name(t.language())))
        .collect();
    let period = |name, key| Field::of(t, Asked::Select, name, key, quarters(t, house));
    vec![
        Field::new(t, Asked::Line, "title", "publication-title"),
        period("from", "publication-from"),
        period("to", "publication-to"),
        Field::of(
            t,
            Asked::Select,
            "municipality",
            "publication-municipality",
            municipalities,
        )
        .or(t.get("publication-whole-county")),
        Field::of(t, Asked::Select, "unit", "publication-unit", units)
            .or(t.get("publication-no-unit")),
    ]
}

/// The same with the units at work.
pub(super) async fn fields(house: &House, t: &Texts) -> Result<Vec<Field>, Failure> {
    let units = house.store.read(|tx| units::at_work(tx)).await?;
    Ok(fields_of(t, house, &units))
}

/// With what they begin.
pub(super) fn filled(form: &mut Form, draft: &Draft) {
    form.set("title", draft.title.clone());
    form.set("from", draft.span.first().to_string());
    form.set("to", draft.span.last().to_string());
    form.set("municipality", draft.municipality.clone());
    form.set(
        "unit",
        draft.unit.map(|unit| unit.to_string()).unwrap_or_default(),
    );
}

/// Reads them; `None` when something is wrong, and then it is marked.
pub(super) fn read(form: &mut Form) -> Option<Head> {
    let title = form.require_line("title", "publication-field-missing", LONGEST_TITLE);
    let first = form.value("from").parse::<Quarter>();
    let last = form.value("to").parse::<Quarter>();
    let span = match (first, last) {
        (Ok(first), Ok(last)) => Span::new(first, last),
        _ => None,
    };
    if span.is_none() {
        form.error("to", "publication-period-wrong");
    }
    let unit = form.value("unit").to_owned();
    let unit = if unit.is_empty() {
        None
    } else {
        let read = unit.parse().ok();
        if read.is_none() {
            form.error("unit", "publication-field-choice");
        }
        read
    };
    let municipality = form.value("municipality").to_owned();
    let head = Head {
        title,
        span: span?,
        municipality,
        unit,
    };
    form.is_valid().then_some(head)
}

async fn new_sheet(house: &House, visit: &Visit) -> Result<Sheet, Failure> {
    let t = visit.t();
    let mut fields = vec![
        Field::of(
            &t,
            Asked::Radios,
            "kind",
            "public-publication-kind",
            Kind::ALL
                .iter()
                .map(|one| Choice::new(one.code(), paper_of::kind(&t, *one)))
                .collect(),
        ),
        Field::of(
            &t,
            Asked::Select,
            "language",
            "publication-language",
            [Language::Fi, Language::Sv, Language::En]
                .map(|one| Choice::new(one.code(), t.get(super::bench::language_key(one))))
                .into(),
        )
        .hint(t.get("publication-language-hint")),
    ];
    // Which period is usual depends on the kind, which is chosen on the same form.
    fields.extend(self::fields(house, &t).await?.into_iter().map(|field| {
        match field.name {
            "from" => field
                .or(t.get("publication-period-usual"))
                .hint(t.get("publication-period-usual-hint")),
            "to" => field.or(t.get("publication-period-usual")),
            _ => field,
        }
    }));
    Ok(Sheet {
        title: t.get("publication-new-title"),
        lead: t.get("publication-new-lead"),
        back: "/publications".to_owned(),
        back_label: t.get("publications-title"),
        action: "/publications/new".to_owned(),
        fields,
        button: t.get("publication-begin"),
        draft: NEW.to_owned(),
        told: Vec::new(),
        clash: None,
    })
}

pub(super) async fn show_new(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
) -> Answer {
    let sheet = new_sheet(&house, &visit).await?;
    let mut form = Form::new();
    form.set("language", visit.language.code());
    sheet::show(&house, &visit, &user, sheet, form).await
}

pub(super) async fn send_new(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let sheet = new_sheet(&house, &visit).await?;
    let mut form = posted.form();
    let kind = Kind::from_code(form.value("kind"));
    if kind.is_none() {
        form.error("kind", "publication-field-choice");
    }
    let language = language(form.value("language"));
    if language.is_none() {
        form.error("language", "publication-field-choice");
    }
    // Without a kind the period waits for it, and nothing is wrong with the period.
    let usual = form.value("from").is_empty() && form.value("to").is_empty();
    if usual {
        let usual = Span::usual(kind.unwrap_or(Kind::Sheet), house.today());
        form.set("from", usual.first().to_string());
        form.set("to", usual.last().to_string());
    }
    let head = read(&mut form);
    if usual && (kind.is_none() || head.is_none()) {
        form.set("from", "");
        form.set("to", "");
    }
    let (Some(kind), Some(language), Some(head)) = (kind, language, head) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(sheet::again(&visit, sheet, form, status));
    };
    let done = act(&house, &user, NEW, move |tx, editor, made| {
        write::begin(tx, editor, made.by(), (kind, language), head)
    })
    .await;
    match done {
        Ok(id) => Ok(go_to(&format!("/publications/{id}?done=begun"))),
        Err(error) => {
            let status = refused(&mut form, error)?;
            Ok(sheet::again(&visit, sheet, form, status))
        }
    }
}
