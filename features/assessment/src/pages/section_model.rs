//! Sections of others on the page of an assessment.

use identity::session::CurrentUser;
use kernel::time::day;
use web::{House, Texts};

use crate::domain::parts;
use crate::domain::sections::Who;
use crate::pages::glue::{self, path};
use crate::pages::words::{self, Told};
use crate::store::view::View;

/// A section of somebody else.
pub struct SectionModel {
    pub id: String,
    pub name: String,
    pub meta: String,
    pub question: String,
    pub ground: String,
    pub told: Vec<Told>,
    pub write: String,
    /// Its expert may send it.
    pub send: String,
    pub withdraw: String,
}

/// Those that the reader sees.
pub fn sections(t: &Texts, view: &View, user: &CurrentUser, house: &House) -> Vec<SectionModel> {
    let base = path(view.document.id);
    let open = view.document.is_open();
    view.sections
        .iter()
        .map(|one| {
            let code = parts::expert_part(one.id);
            let told = parts::of(&code)
                .map_or_else(Vec::new, |spec| words::told(t, spec, &view.fields(&code)));
            let mine = one.expert() == Some(user.staff.id);
            let running = open && one.sent_at.is_none();
            let writes = running
                && match one.who {
                    Who::Expert(_) => mine && one.is_open(house.today()),
                    Who::Partner { .. } => view.may.edit,
                };
            let meta = match (&one.who, one.sent_at) {
                (Who::Partner { .. }, _) => t.with(
                    "assessment-section-partner",
                    &[
                        ("name", glue::arg(&one.asked_by)),
                        ("day", t.full_day(one.due_on).into()),
                    ],
                ),
                (_, Some(sent)) => t.with(
                    "assessment-section-sent",
                    &[("day", t.full_day(day(sent)).into())],
                ),
                (_, None) => t.with(
                    "assessment-section-due",
                    &[
                        ("day", t.full_day(one.due_on).into()),
                        ("name", glue::arg(&one.asked_by)),
                    ],
                ),
            };
            let when = |yes: bool, address: String| if yes { address } else { String::new() };
            SectionModel {
                name: words::section(t, one),
                meta,
                question: one.question.clone(),
                ground: words::ground(t, one),
                write: when(writes, format!("{base}/parts/{code}")),
                send: when(
                    writes && mine && !told.is_empty(),
                    format!("{base}/sections/{}/send", one.id),
                ),
                withdraw: when(
                    running && view.may.invite && !mine,
                    format!("{base}/sections/{}/withdraw", one.id),
                ),
                id: one.id.to_string(),
                told,
            }
        })
        .collect()
}
