//! What stands on the sender's own page.

use askama::Template;
use intake::domain::Parties;
use intake::domain::attachment::MAX_FILES;
use intake::store::sender::{SenderEnding, SenderView};
use kernel::language::Language;
use kernel::place;
use kernel::time::{Date, SignedDuration, day};
use web::{Choice, Form, Page, Texts, Visit};

use crate::contact::choices;

/// What was just done, told once on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    Message,
    Municipality,
    Parties,
    Files,
    Reopened,
}

impl Done {
    /// The word in the address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Message => "viesti",
            Self::Municipality => "kunta",
            Self::Parties => "ketka",
            Self::Files => "liitteet",
            Self::Reopened => "avattu",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [
            Self::Message,
            Self::Municipality,
            Self::Parties,
            Self::Files,
            Self::Reopened,
        ]
        .into_iter()
        .find(|done| done.code() == code)
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Message => "public-state-done-message",
            Self::Municipality => "public-state-done-municipality",
            Self::Parties => "public-state-done-parties",
            Self::Files => "public-state-done-files",
            Self::Reopened => "public-state-done-reopened",
        }
    }
}

/// Who answers now, and by when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answering {
    /// A person's name, or the unit's while its duty holder answers.
    pub who: String,
    /// What else is told of them: the person's unit, or that the duty holder reads it.
    pub about: String,
    /// The promise in a sentence; empty when an answer has come.
    pub promise: String,
    /// The promised day has passed without an answer.
    pub late: bool,
    pub phone: String,
}

impl Answering {
    pub fn of(page: &Page, view: &SenderView, today: Date) -> Self {
        let t = &page.t;
        let unit = unit_name(view, page.language).to_owned();
        let late = view.answer_due < today;
        let day = t.long_day(view.answer_due);
        let promise = if view.answered {
            String::new()
        } else {
            t.with(
                if late {
                    "public-state-promise-late"
                } else {
                    "public-state-promise"
                },
                &[("day", day.into())],
            )
        };
        let (who, about) = match &view.holder_name {
            Some(name) => (name.clone(), unit),
            None => (
                unit,
                t.get(if view.notification {
                    "public-state-duty-notification"
                } else {
                    "public-state-duty"
                }),
            ),
        };
        Self {
            who,
            about,
            promise,
            late: late && !view.answered,
            phone: view.unit_phone.clone().unwrap_or_default(),
        }
    }
}

fn unit_name(view: &SenderView, language: Language) -> &str {
    match language {
        Language::Fi | Language::Easy => &view.unit[0],
        Language::Sv => &view.unit[1],
        Language::En => &view.unit[2],
    }
}

/// A message as it is shown.
struct Line {
    who: String,
    at: String,
    body: String,
    own: bool,
}

/// How it ended, in the sender's language.
struct EndingWords {
    heading: String,
    what: String,
    /// "Aino Salmela tekee tämän viimeistään perjantaina 13. maaliskuuta", empty for none.
    who: String,
}

/// The sender's own page.
#[derive(Template)]
#[template(path = "state.html")]
pub struct StatePage {
    page: Page,
    form: Form,
    view: SenderView,
    arrived: String,
    answering: Answering,
    ending: Option<EndingWords>,
    /// The last day of reopening; empty when it has passed or the contact is open.
    reopen_until: String,
    lines: Vec<Line>,
    files: Vec<String>,
    more_files: bool,
    municipality: String,
    municipalities: Vec<Choice>,
    parties: Vec<Choice>,
    done: String,
}

impl StatePage {
    /// The page; `form` holds what was typed and what was wrong in it.
    pub fn new(
        visit: &Visit,
        view: SenderView,
        mut form: Form,
        done: Option<Done>,
        reopen_days: i64,
    ) -> Self {
        let page = visit.page(if view.notification {
            "public-state-title-notification"
        } else {
            "public-state-title"
        });
        let t = &page.t;
        if form.text("municipality").is_none() {
            form.set(
                "municipality",
                view.municipality.clone().unwrap_or_default(),
            );
        }
        if form.text("parties").is_none() {
            form.set("parties", view.parties.code());
        }
        let municipality = view.municipality.as_deref().and_then(place::municipality);
        Self {
            arrived: t.long_day(day(view.arrived_at)),
            answering: Answering::of(&page, &view, visit.house.today()),
            ending: view.ending.as_ref().map(|ending| ending_words(t, ending)),
            reopen_until: reopen_until(t, visit, &view, reopen_days),
            lines: lines(t, &view),
            files: view
                .files
                .iter()
                .map(|(name, size)| format!("{name} ({})", size_words(t, *size)))
                .collect(),
            more_files: i64::try_from(view.files.len()).is_ok_and(|count| count < MAX_FILES),
            municipality: municipality
                .map_or_else(String::new, |one| one.name(page.language).to_owned()),
            municipalities: municipalities(&visit.house.county.code, page.language),
            parties: parties(t),
            done: done.map_or_else(String::new, |done| t.get(done.words())),
            view,
            form,
            page,
        }
    }
}

/// The county's municipalities in alphabetical order of the language.
pub fn municipalities(county: &str, language: Language) -> Vec<Choice> {
    let mut found: Vec<_> = place::municipalities_of(county)
        .into_iter()
        .map(|one| (one.name(language), one.code))
        .collect();
    found.sort_by_key(|(name, _)| text::sort::sort_key(name));
    found
        .into_iter()
        .map(|(name, code)| Choice::new(code, name))
        .collect()
}

fn parties(t: &Texts) -> Vec<Choice> {
    choices(
        t,
        &[
            (Parties::One.code(), "public-state-parties-one"),
            (Parties::Couple.code(), "public-state-parties-couple"),
            (Parties::Family.code(), "public-state-parties-family"),
        ],
    )
}

fn lines(t: &Texts, view: &SenderView) -> Vec<Line> {
    view.messages
        .iter()
        .map(|message| Line {
            own: message.from.is_none(),
            who: message
                .from
                .clone()
                .unwrap_or_else(|| t.get("public-state-you")),
            at: format!(
                "{} {}",
                t.long_day(day(message.at)),
                t.long_clock(message.at)
            ),
            body: message.body.clone(),
        })
        .collect()
}

fn ending_words(t: &Texts, ending: &SenderEnding) -> EndingWords {
    let heading = t.get(match ending.kind.as_str() {
        "next_step" => "public-state-ended-next-step",
        "not_wanted" => "public-state-ended-not-wanted",
        "not_reached" => "public-state-ended-not-reached",
        _ => "public-state-ended-advised",
    });
    let who = match (&ending.who, ending.by) {
        (Some(who), Some(by)) => t.with(
            "public-state-ended-who",
            &[("who", who.as_str().into()), ("day", t.long_day(by).into())],
        ),
        _ => String::new(),
    };
    EndingWords {
        heading,
        what: ending.what.clone(),
        who,
    }
}

fn reopen_until(t: &Texts, visit: &Visit, view: &SenderView, reopen_days: i64) -> String {
    let until = view
        .ended_at
        .map(|ended| ended + SignedDuration::from_hours(24 * reopen_days));
    match until {
        Some(until) if !view.open && until >= visit.house.now() => t.long_day(day(until)),
        _ => String::new(),
    }
}

/// "2,4 Mt", "310 kt"
fn size_words(t: &Texts, bytes: i64) -> String {
    const MEGA: i64 = 1024 * 1024;
    if bytes >= MEGA {
        let tenths = (bytes * 10 + MEGA / 2) / MEGA;
        t.with(
            "public-state-megabytes",
            &[("size", (tenths as f64 / 10.0).into())],
        )
    } else {
        t.with(
            "public-state-kilobytes",
            &[("size", ((bytes + 1023) / 1024).into())],
        )
    }
}
