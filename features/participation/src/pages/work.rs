//! The forms of the room: shown, sent, and shown again with what was wrong.

use axum::http::StatusCode;
use identity::session::CurrentUser;
use web::drafts::DraftName;
use web::{Answer, Failure, Form, House, Posted, Texts, Visit, go_to};

use super::ground::{self, Ground};
use super::sheet::{self, Sheet};
use super::{deed, fields, read, refused, screen};

/// What a form does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    New,
    Change,
    Hold,
    Tell,
    Link,
    Say,
    Feed,
    BikvaNew,
    BikvaAnswer,
    StepNew,
    StepChange,
    Decide,
    Follow,
    Rules,
}

const ALL: [Act; 14] = [
    Act::New,
    Act::Change,
    Act::Hold,
    Act::Tell,
    Act::Link,
    Act::Say,
    Act::Feed,
    Act::BikvaNew,
    Act::BikvaAnswer,
    Act::StepNew,
    Act::StepChange,
    Act::Decide,
    Act::Follow,
    Act::Rules,
];

impl Act {
    /// Begins the keys of its messages and drafts. None begins another.
    pub const fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Change => "change",
            Self::Hold => "hold",
            Self::Tell => "tell",
            Self::Link => "link",
            Self::Say => "say",
            Self::Feed => "feed",
            Self::BikvaNew => "bikva",
            Self::BikvaAnswer => "stage",
            Self::StepNew => "step",
            Self::StepChange => "cycle",
            Self::Decide => "decide",
            Self::Follow => "follow",
            Self::Rules => "rules",
        }
    }

    fn path(self, id: &str) -> String {
        match self {
            Self::New => "/participation/new".to_owned(),
            Self::Change => format!("/participation/{id}/edit"),
            Self::Hold => format!("/participation/{id}/outcome"),
            Self::Tell => format!("/participation/{id}/told"),
            Self::Link => format!("/participation/{id}/phenomena"),
            Self::Say => format!("/participation/{id}/proposals"),
            Self::Feed => format!("/participation/proposals/{id}"),
            Self::BikvaNew => "/participation/bikva/new".to_owned(),
            Self::BikvaAnswer => format!("/participation/bikva/{id}/answer"),
            Self::StepNew => "/participation/cycle/new".to_owned(),
            Self::StepChange => format!("/participation/cycle/{id}"),
            Self::Decide => format!("/participation/pack/{id}/decisions"),
            Self::Follow => format!("/participation/decisions/{id}"),
            Self::Rules => "/participation/rules".to_owned(),
        }
    }

    fn draft(self, id: &str) -> String {
        format!("participation-{}-{id}", self.code())
    }

    /// Texts that are screened: not places, which have addresses of their own.
    const fn screened(self) -> &'static [&'static str] {
        match self {
            Self::New | Self::Change => &[
                "title",
                "held_by",
                "plan_what",
                "plan_many",
                "plan_how",
                "plan_when",
                "plan_collects",
                "plan_sums_up",
                "plan_results",
                "plan_told",
            ],
            Self::Hold => &["notes", "outcome"],
            Self::Tell => &["told_how"],
            Self::Say | Self::Feed => &["words", "reason"],
            Self::BikvaNew => &["title"],
            Self::BikvaAnswer => &["words", "skipped"],
            Self::StepNew | Self::StepChange => &["title", "words", "role"],
            Self::Decide => &["words", "role"],
            Self::Follow => &["came"],
            Self::Link | Self::Rules => &[],
        }
    }
}

/// The page and name of a draft of these forms.
pub fn draft_name(t: &Texts, key: &str) -> Option<DraftName> {
    let rest = key.strip_prefix("participation-")?;
    ALL.into_iter().find_map(|act| {
        let id = rest.strip_prefix(act.code())?.strip_prefix('-')?;
        Some(DraftName {
            href: act.path(id),
            label: t.get(&format!("participation-{}-title", act.code())),
        })
    })
}

fn sheet(t: &Texts, act: Act, id: &str, ground: Ground) -> (Sheet, Form) {
    let key = |part: &str| t.get(&format!("participation-{}-{part}", act.code()));
    let fields = fields::of(t, act, &ground);
    let sheet = Sheet {
        title: if ground.title.is_empty() {
            key("title")
        } else {
            ground.title
        },
        lead: key("lead"),
        back: ground.back,
        back_label: ground.back_label,
        before: ground.before,
        action: act.path(id),
        fields,
        draft: act.draft(id),
    };
    (sheet, ground.form)
}

async fn ready(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    id: &str,
    act: Act,
) -> Result<(Sheet, Form), Failure> {
    let t = visit.t();
    let (words, of, county) = (t.clone(), id.to_owned(), house.county.code.clone());
    let ground = read(house, user, move |tx, editor| {
        ground::of(tx, editor, act, &of, &words, &county)
    })
    .await?;
    Ok(sheet(&t, act, id, ground))
}

pub(super) async fn show(
    house: House,
    visit: Visit,
    user: CurrentUser,
    id: String,
    act: Act,
) -> Answer {
    let (sheet, form) = ready(&house, &visit, &user, &id, act).await?;
    sheet::show(&house, &visit, &user, sheet, form).await
}

pub(super) async fn send(
    house: House,
    visit: Visit,
    user: CurrentUser,
    id: String,
    posted: Posted,
    act: Act,
) -> Answer {
    let (sheet, now) = ready(&house, &visit, &user, &id, act).await?;
    let mut form = posted.form();
    let deed = deed::read(&mut form, act, &house, visit.language);
    screen::screen(&house, &mut form, act.screened());
    let Some(deed) = deed.filter(|_| form.is_valid()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(sheet::again(&visit, sheet, form, status));
    };
    let revision = form.value("revision").parse().unwrap_or(0);
    let (of, draft) = (id, sheet.draft.clone());
    let done = super::act(&house, &user, &draft, move |tx, editor, made| {
        deed::perform(tx, editor, made, (&of, revision), deed)
    })
    .await;
    match done {
        Ok(path) => Ok(go_to(&path)),
        Err(error) => {
            let status = refused(&mut form, error)?;
            // The page says that it has changed; sent again, it changes what stands now.
            form.set("revision", now.value("revision"));
            Ok(sheet::again(&visit, sheet, form, status))
        }
    }
}
