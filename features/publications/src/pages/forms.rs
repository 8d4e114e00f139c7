//! The forms about a version: what each asks, with what it begins, and what it does.

use axum::http::StatusCode;
use identity::session::CurrentUser;
use reporting::acting::editor;
use web::drafts::DraftName;
use web::{Answer, Choice, Failure, Form, House, Posted, Texts, Visit, go_to};

use super::sheet::{self, Field, Kind as Asked, Sheet};
use super::{act, head, id, material, read, refused};
use crate::domain::{PublishError, Section, VersionState};
use crate::paper_of::{heading, word};
use crate::ready;
use crate::store::read::{self as rows, Draft};
use crate::store::write;
use crate::store::{HandPart, PublicationId, steps};

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

/// The page and name of a draft of these forms.
pub fn draft_name(t: &Texts, key: &str) -> Option<DraftName> {
    if key == head::NEW {
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
            sheet.fields = head::fields(house, &t).await?;
            head::filled(&mut form, &draft);
        }
        Act::Material => {
            sheet.fields = material::fields(house, user, &t, &draft).await?;
            material::filled(&mut form, &draft);
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
                let said = ready::again(house, &editor(house, user), draft.at).await?;
                sheet.told = vec![word(&t, "publication-recheck", said.code())];
            }
        }
    }
    Ok((sheet, form, draft))
}

fn reason(t: &Texts, key: &str) -> Field {
    Field::new(t, Asked::Area, "reason", key)
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
            let said = ready::again(house, &editor(house, user), (id, version)).await;
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
            let Some(head) = head::read(form) else {
                return Ok(None);
            };
            act(house, user, &kept, move |tx, editor, _| {
                write::describe(tx, editor, (at, revision), head)
            })
            .await?;
            Ok(Some("saved"))
        }
        Act::Material => {
            let chosen = material::chosen(form);
            act(house, user, &kept, move |tx, editor, _| {
                write::set_material(
                    tx,
                    editor,
                    (at, revision),
                    &chosen.phenomena,
                    &chosen.indicators,
                )?;
                write::set_own(tx, editor, at, &chosen.own)
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
            let said = match ready::again(house, &editor(house, user), at).await {
                // What does not open any more is all the more to be withdrawn.
                Err(PublishError::Seal) => crate::domain::Recheck::Refused,
                said => said?,
            };
            let (reason, key) = (form.value("reason").to_owned(), crate::key(house));
            act(house, user, &kept, move |tx, editor, _| {
                let now = rows::version(tx, editor, at)?.revision;
                steps::withdraw(tx, editor, (at, now), &reason, said, &key)
            })
            .await?;
            Ok(Some("withdrawn"))
        }
        Act::Correct => {
            let said = if draft.state.is_public() {
                ready::again(house, &editor(house, user), at).await?
            } else {
                draft.recheck.unwrap_or(crate::domain::Recheck::Changed)
            };
            let (reason, old) = (form.value("reason").to_owned(), draft.clone());
            let key = crate::key(house);
            act(house, user, &kept, move |tx, editor, _| {
                steps::correct(tx, editor, (&old, revision), &reason, said, &key)
            })
            .await?;
            Ok(Some("corrected"))
        }
    }
}
