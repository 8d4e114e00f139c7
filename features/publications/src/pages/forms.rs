//! The forms of the staff: what each asks, with what it begins, and what it does.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::people::Unit;
use identity::session::CurrentUser;
use identity::units;
use kernel::language::Language;
use reporting::store::{PhenomenonId, pages};
use statistics::domain::IndicatorId;
use statistics::store as open;
use web::drafts::DraftName;
use web::{Answer, Choice, Failure, Form, House, Posted, Texts, Visit, go_to};

use super::sheet::{self, Clash, Field, Kind as Asked, Sheet};
use super::{act, id, read, ready, refused};
use crate::compose::{language, own, quarter, title};
use crate::domain::{Kind, LONGEST_TITLE, PublishError, Quarter, Section, Span, VersionState};
use crate::paper_of::{self, heading, word};
use crate::store::read::{self as rows, Draft};
use crate::store::write::{self, Head};
use crate::store::{EVIDENCE, HandPart, PublicationId, steps};

/// Quarters that one chooses among.
const QUARTERS: usize = 24;

/// What a form does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    About,
    Material,
    Back,
    Withdraw,
    Correct,
}

const ALL: [Act; 5] = [
    Act::About,
    Act::Material,
    Act::Back,
    Act::Withdraw,
    Act::Correct,
];

impl Act {
    const fn code(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Material => "material",
            Self::Back => "back",
            Self::Withdraw => "withdraw",
            Self::Correct => "correct",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::About => "publication-about-title",
            Self::Material => "publication-material-title",
            Self::Back => "publication-back-title",
            Self::Withdraw => "publication-withdraw-title",
            Self::Correct => "publication-correct-title",
        }
    }

    const fn lead(self) -> &'static str {
        match self {
            Self::About => "publication-about-lead",
            Self::Material => "publication-material-lead",
            Self::Back => "publication-back-lead",
            Self::Withdraw => "publication-withdraw-lead",
            Self::Correct => "publication-correct-lead",
        }
    }

    fn draft(self, id: PublicationId) -> String {
        format!("publication-{}-{id}", self.code())
    }

    /// Whether the version stands where this may be done by her.
    fn possible(self, draft: &Draft) -> bool {
        match self {
            Self::About | Self::Material => {
                draft.state.is_open() && draft.hand != Some(HandPart::Publishes)
            }
            Self::Back => {
                draft.state.is_open()
                    && draft.state != VersionState::Draft
                    && draft.hand != Some(HandPart::Edits)
            }
            // An older version may be withdrawn while a new one is written.
            Self::Withdraw => true,
            Self::Correct => !draft.state.is_open(),
        }
    }
}

const NEW: &str = "publication-new";

/// The page and name of a draft of these forms.
pub fn draft_name(t: &Texts, key: &str) -> Option<DraftName> {
    if key == NEW {
        return Some(DraftName {
            href: "/publications/new".to_owned(),
            label: t.get("publication-new-title"),
        });
    }
    let rest = key.strip_prefix("publication-")?;
    let acts = ALL.into_iter().find_map(|act| {
        let id = rest.strip_prefix(act.code())?.strip_prefix('-')?;
        Some(DraftName {
            href: format!("/publications/{id}/{}", act.code()),
            label: t.get(act.title()),
        })
    });
    acts.or_else(|| {
        let (section, id) = rest.strip_prefix("section-")?.split_once('-')?;
        let section = Section::from_code(section)?;
        Some(DraftName {
            href: format!("/publications/{id}/sections/{}", section.code()),
            label: heading(t, section),
        })
    })
}

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
fn head_fields(t: &Texts, house: &House, units: &[Unit]) -> Vec<Field> {
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

fn read_head(form: &mut Form) -> Option<Head> {
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

async fn units_of(house: &House) -> Result<Vec<Unit>, Failure> {
    Ok(house.store.read(|tx| units::at_work(tx)).await?)
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
    fields.extend(head_fields(&t, house, &units_of(house).await?));
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
    let last = Quarter::of(house.today()).previous();
    form.set("from", last.previous().to_string());
    form.set("to", last.to_string());
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
    let head = read_head(&mut form);
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

/// A day written as one types it, whatever the language.
fn base(t: &Texts, draft: &Draft, act: Act) -> Sheet {
    let id = draft.at.0;
    Sheet {
        title: t.get(act.title()),
        lead: t.get(act.lead()),
        back: format!("/publications/{id}"),
        back_label: draft.title.clone(),
        action: format!("/publications/{id}/{}", act.code()),
        fields: Vec::new(),
        button: t.get(match act {
            Act::About | Act::Material => "publication-save",
            other => other.title(),
        }),
        draft: act.draft(id),
        told: Vec::new(),
        clash: None,
    }
}

/// A form with what it begins with.
async fn asked(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    id: PublicationId,
    act: Act,
) -> Result<(Sheet, Form, Draft), Failure> {
    let draft = read(house, user, move |tx, editor| rows::newest(tx, editor, id)).await?;
    if !act.possible(&draft) {
        return Err(Failure::NotFound);
    }
    let t = visit.t();
    let mut sheet = base(&t, &draft, act);
    let mut form = Form::new();
    form.set("revision", draft.revision.to_string());
    match act {
        Act::About => {
            sheet.fields = head_fields(&t, house, &units_of(house).await?);
            form.set("title", draft.title.clone());
            form.set("from", draft.span.first().to_string());
            form.set("to", draft.span.last().to_string());
            form.set("municipality", draft.municipality.clone());
            form.set(
                "unit",
                draft.unit.map(|unit| unit.to_string()).unwrap_or_default(),
            );
        }
        Act::Material => {
            sheet.fields = material(house, user, &t, &draft).await?;
            for one in &draft.phenomena {
                form.add("phenomenon", one.to_string());
            }
            for one in &draft.statistics {
                form.add("statistic", one.to_string());
            }
            for code in &draft.own {
                form.add("own", code);
            }
        }
        Act::Back => sheet.fields = vec![reason(&t, "publication-back-reason")],
        Act::Withdraw => {
            sheet.fields = withdrawn(house, user, &t, &draft).await?;
            if sheet.fields.is_empty() {
                return Err(Failure::NotFound);
            }
        }
        Act::Correct => {
            sheet.fields = vec![reason(&t, "publication-correct-reason")];
            if draft.state.is_public() {
                let said = ready::again(house, user, draft.at).await?;
                sheet.told = vec![word(&t, "publication-recheck", said.code())];
            }
        }
    }
    Ok((sheet, form, draft))
}

fn reason(t: &Texts, key: &str) -> Field {
    Field::new(t, Asked::Area, "reason", key)
}

async fn material(
    house: &House,
    user: &CurrentUser,
    t: &Texts,
    draft: &Draft,
) -> Result<Vec<Field>, Failure> {
    let (key, span, words) = (figures::seal_key(&house.secrets), draft.span, t.clone());
    let (mut phenomena, closed, indicators, latest, own) = read(house, user, move |tx, editor| {
        Ok((
            pages::list(tx, editor, false)?,
            pages::list(tx, editor, true)?,
            open::list(tx)?,
            open::latest_years(tx)?,
            own::choices(tx, &key, &words, span)?,
        ))
    })
    .await?;
    phenomena.extend(closed);
    let phenomena = phenomena
        .into_iter()
        .map(|one| Choice::new(one.id.to_string(), one.title))
        .collect();
    let mut indicators: Vec<(String, Choice)> = indicators
        .iter()
        .filter(|one| latest.contains_key(&one.id))
        .map(|one| {
            let name = title(t.language(), one);
            (name.to_lowercase(), Choice::new(one.id.to_string(), name))
        })
        .collect();
    indicators.sort_by(|one, other| one.0.cmp(&other.0));
    let mut fields = vec![
        Field::of(
            t,
            if draft.kind.most_phenomena() == 1 {
                Asked::Radios
            } else {
                Asked::Checks
            },
            "phenomenon",
            "publication-phenomena",
            phenomena,
        )
        .hint(t.get("publication-phenomena-hint")),
    ];
    if !own.is_empty() {
        let choices = own
            .into_iter()
            .map(|(code, title)| Choice::new(code, title))
            .collect();
        fields.push(
            Field::of(t, Asked::Checks, "own", "publication-own", choices)
                .hint(t.get("publication-own-hint")),
        );
    }
    if !indicators.is_empty() {
        let choices = indicators.into_iter().map(|(_, choice)| choice).collect();
        fields.push(
            Field::of(
                t,
                Asked::Checks,
                "statistic",
                "publication-statistics",
                choices,
            )
            .hint(t.get("publication-statistics-hint")),
        );
    }
    Ok(fields)
}

async fn withdrawn(
    house: &House,
    user: &CurrentUser,
    t: &Texts,
    draft: &Draft,
) -> Result<Vec<Field>, Failure> {
    let id = draft.at.0;
    let versions = read(house, user, move |tx, _| rows::versions(tx, id)).await?;
    let mut choices = Vec::new();
    for (version, state, _) in versions {
        if state.is_public() {
            let said = ready::again(house, user, (id, version)).await;
            let said = match said {
                Ok(said) => word(t, "publication-recheck", said.code()),
                Err(PublishError::Seal) => t.get("publication-seal"),
                Err(error) => return Err(error.into()),
            };
            let name = t.with("public-publication-version", &[("version", version.into())]);
            choices.push(Choice::new(version.to_string(), name).hint(said));
        }
    }
    if choices.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![
        Field::of(
            t,
            Asked::Radios,
            "version",
            "publication-withdraw-version",
            choices,
        ),
        reason(t, "publication-withdraw-reason").hint(t.get("publication-withdraw-reason-hint")),
    ])
}

pub(super) async fn show(
    house: House,
    visit: Visit,
    user: CurrentUser,
    wanted: String,
    act: Act,
) -> Answer {
    let (sheet, form, _) = asked(&house, &visit, &user, id(&wanted)?, act).await?;
    sheet::show(&house, &visit, &user, sheet, form).await
}

pub(super) async fn send(
    house: House,
    visit: Visit,
    user: CurrentUser,
    wanted: String,
    posted: Posted,
    act_: Act,
) -> Answer {
    let wanted = id(&wanted)?;
    let (sheet, now, draft) = asked(&house, &visit, &user, wanted, act_).await?;
    let mut form = posted.form();
    match performed(&house, &user, &mut form, &draft, act_).await {
        Ok(Some(code)) => Ok(go_to(&format!("/publications/{wanted}?done={code}"))),
        Ok(None) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(sheet::again(&visit, sheet, form, status))
        }
        Err(error) => {
            let status = refused(&mut form, error)?;
            // The page says that it has changed; sent again, it changes what stands now.
            form.set("revision", now.value("revision"));
            Ok(sheet::again(&visit, sheet, form, status))
        }
    }
}

/// Does what the form asks; `None` when something in it is wrong, and then it is marked.
async fn performed(
    house: &House,
    user: &CurrentUser,
    form: &mut Form,
    draft: &Draft,
    act_: Act,
) -> Result<Option<&'static str>, PublishError> {
    let at = draft.at;
    let revision: i64 = form.value("revision").parse().unwrap_or(0);
    let kept = act_.draft(at.0);
    match act_ {
        Act::About => {
            let Some(head) = read_head(form) else {
                return Ok(None);
            };
            act(house, user, &kept, move |tx, editor, _| {
                write::describe(tx, editor, (at, revision), head)
            })
            .await?;
            Ok(Some("saved"))
        }
        Act::Material => {
            let phenomena: Vec<PhenomenonId> = parsed(form, "phenomenon");
            let indicators: Vec<IndicatorId> = parsed(form, "statistic");
            let own = form.values("own").to_vec();
            act(house, user, &kept, move |tx, editor, _| {
                write::set_material(tx, editor, (at, revision), &phenomena, &indicators)?;
                write::set_own(tx, editor, at, &own)
            })
            .await?;
            Ok(Some("saved"))
        }
        Act::Back => {
            let reason = form.value("reason").to_owned();
            act(house, user, &kept, move |tx, editor, _| {
                steps::send_back(tx, editor, (at, revision), &reason)
            })
            .await?;
            Ok(Some("back"))
        }
        Act::Withdraw => {
            let Ok(version) = form.value("version").parse::<i64>() else {
                form.error("version", "publication-field-choice");
                return Ok(None);
            };
            let at = (at.0, version);
            let said = match ready::again(house, user, at).await {
                // What does not open any more is all the more to be withdrawn.
                Err(PublishError::Seal) => crate::domain::Recheck::Refused,
                said => said?,
            };
            let reason = form.value("reason").to_owned();
            act(house, user, &kept, move |tx, editor, _| {
                let now = rows::version(tx, editor, at)?.revision;
                steps::withdraw(tx, editor, (at, now), &reason, said)
            })
            .await?;
            Ok(Some("withdrawn"))
        }
        Act::Correct => {
            let said = if draft.state.is_public() {
                ready::again(house, user, at).await?
            } else {
                draft.recheck.unwrap_or(crate::domain::Recheck::Changed)
            };
            let (reason, old) = (form.value("reason").to_owned(), draft.clone());
            act(house, user, &kept, move |tx, editor, _| {
                steps::correct(tx, editor, (&old, revision), &reason, said)
            })
            .await?;
            Ok(Some("corrected"))
        }
    }
}

fn parsed<T: std::str::FromStr>(form: &Form, name: &str) -> Vec<T> {
    form.values(name)
        .iter()
        .filter_map(|text| text.parse().ok())
        .collect()
}

/// The form of a section's text.
async fn section_sheet(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    wanted: &str,
    code: &str,
) -> Result<(Sheet, Form, Draft, Section), Failure> {
    let wanted = id(wanted)?;
    let section = Section::from_code(code).ok_or(Failure::NotFound)?;
    let draft = read(house, user, move |tx, editor| {
        editor.right("publication", "edit_draft", EVIDENCE)?;
        rows::newest(tx, editor, wanted)
    })
    .await?;
    let here = draft.kind.outline().contains(&section);
    if !here || !draft.state.is_open() || draft.hand == Some(HandPart::Publishes) {
        return Err(Failure::NotFound);
    }
    let t = visit.t();
    let lead = match section {
        Section::Summary => "publication-section-summary-lead",
        Section::Interpretation => "publication-section-interpretation-lead",
        _ => "publication-section-lead",
    };
    let sheet = Sheet {
        title: heading(&t, section),
        lead: t.get(lead),
        back: format!("/publications/{wanted}"),
        back_label: draft.title.clone(),
        action: format!("/publications/{wanted}/sections/{}", section.code()),
        fields: vec![
            Field::new(&t, Asked::Area, "words", "publication-words")
                .hint(t.get("publication-words-hint"))
                .rows(14),
        ],
        button: t.get("publication-save"),
        draft: format!("publication-section-{}-{wanted}", section.code()),
        told: Vec::new(),
        clash: None,
    };
    let mut form = Form::new();
    let own = draft.sections.get(&section);
    form.set("words", draft.words(section));
    form.set("revision", own.map_or(0, |own| own.revision).to_string());
    Ok((sheet, form, draft, section))
}

pub(super) async fn show_section(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path((wanted, code)): Path<(String, String)>,
) -> Answer {
    let (sheet, form, _, _) = section_sheet(&house, &visit, &user, &wanted, &code).await?;
    sheet::show(&house, &visit, &user, sheet, form).await
}

pub(super) async fn send_section(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path((wanted, code)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (mut sheet, now, draft, section) =
        section_sheet(&house, &visit, &user, &wanted, &code).await?;
    let mut form = posted.form();
    let (at, words) = (draft.at, form.value("words").to_owned());
    let revision: i64 = form.value("revision").parse().unwrap_or(0);
    let sent = words.clone();
    let done = act(&house, &user, &sheet.draft, move |tx, editor, _| {
        write::set_section(tx, editor, at, (section, revision), &sent)
    })
    .await;
    let error = match done {
        Ok(()) => return Ok(go_to(&format!("/publications/{}?done=saved", at.0))),
        Err(error) => error,
    };
    if matches!(error, PublishError::Changed) {
        let t = visit.t();
        let own = draft.sections.get(&section);
        sheet.clash = Some(Clash {
            mine: words,
            theirs: now.value("words").to_owned(),
            theirs_meta: own.map_or_else(String::new, |own| t.full_day(own.edited_on)),
        });
    }
    let status = refused(&mut form, error)?;
    form.set("revision", now.value("revision"));
    Ok(sheet::again(&visit, sheet, form, status))
}
