//! The editor's bench: texts by their state, with what may tell who somebody is marked; a person groups those that tell of the same.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use web::{Answer, Choice, Failure, Form, House, Page, Posted, Visit, go_to, page_with_status};

use super::named::with_names;
use super::reading::{Piece, Reader};
use super::{act, deed, labels, read, refused};
use crate::domain::ObservationState;
use crate::store::bench::{self, Seen};
use crate::store::{ObservationId, PhenomenonId, pages, phenomena, themes};

/// Value of the choice to group into a new phenomenon.
const NEW: &str = "new";
/// The lists of the bench, by their states.
const TABS: [ObservationState; 4] = [
    ObservationState::Sent,
    ObservationState::Screened,
    ObservationState::Grouped,
    ObservationState::SetAside,
];

pub(super) struct Tab {
    pub href: String,
    pub label: String,
    pub current: bool,
}

/// The lists of the bench, and after them the words that rise; `state` is the list that is shown.
pub(super) fn tabs(t: &web::Texts, state: Option<ObservationState>) -> Vec<Tab> {
    let lists = TABS.iter().map(|tab| Tab {
        href: format!("/observations?state={}", tab.code()),
        label: labels::observation_state(t, *tab),
        current: Some(*tab) == state,
    });
    let rising = Tab {
        href: super::rising::PATH.to_owned(),
        label: t.get("rising-title"),
        current: state.is_none(),
    };
    lists.chain([rising]).collect()
}

struct RowView {
    id: String,
    href: String,
    day: String,
    kind: String,
    valence: String,
    area: String,
    body: Vec<Piece>,
    /// How many places look like personal data.
    marks: usize,
}

/// Observations that seem to tell of the same.
struct AlikeView {
    /// Leads to the list with these ticked.
    href: String,
    label: String,
    words: String,
}

#[derive(Template)]
#[template(path = "bench.html")]
struct BenchPage {
    page: Page,
    form: Form,
    notice: String,
    tabs: Vec<Tab>,
    rows: Vec<RowView>,
    /// Those that seem to tell of the same: a proposal, and a person groups.
    alike: Vec<AlikeView>,
    /// Only what is screened can be grouped.
    groups: bool,
    phenomena: Vec<Choice>,
    themes: Vec<Choice>,
}

/// How many places of a text are marked.
pub(super) fn marks(pieces: &[Piece]) -> usize {
    pieces.iter().filter(|piece| piece.marked).count()
}

fn state_of(pairs: &[(String, String)]) -> ObservationState {
    pairs
        .iter()
        .find(|(name, _)| name == "state")
        .and_then(|(_, code)| ObservationState::from_code(code))
        .filter(|state| TABS.contains(state))
        .unwrap_or(ObservationState::Sent)
}

pub(super) async fn list(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let notice = super::done(&visit, &pairs);
    let state = state_of(&pairs);
    let mut form = Form::new();
    // What a proposed group leads to: the same list with its observations ticked.
    for (_, one) in pairs.iter().filter(|(name, _)| name == "pick") {
        if one.parse::<ObservationId>().is_ok() {
            form.add("observation", one);
        }
    }
    bench_page(&house, &visit, &user, state, form, notice, StatusCode::OK).await
}

async fn bench_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    state: ObservationState,
    form: Form,
    notice: String,
    status: StatusCode,
) -> Answer {
    let today = house.today();
    let (seen, followed, known) = read(house, user, move |tx, editor| {
        let seen = bench::in_state(tx, editor, state)?;
        let followed = pages::list(tx, editor, false)?;
        Ok((seen, followed, themes::on(tx, today)?))
    })
    .await?;
    let groups = state == ObservationState::Screened;
    let (seen, bodies, alike) = looked_through(Reader::of(house), seen, groups).await?;
    let page = visit.page("observations-title");
    let t = &page.t;
    let alike = alike
        .into_iter()
        .map(|(members, words)| AlikeView {
            href: picked(&seen, &members),
            label: t.with(
                "observations-alike-some",
                &[("count", members.len().into())],
            ),
            words: t.with("observations-alike-words", &[("words", words.into())]),
        })
        .collect();
    let rows = seen
        .into_iter()
        .zip(bodies)
        .map(|(one, body)| RowView {
            id: one.id.to_string(),
            href: format!("/observations/{}", one.id),
            day: t.full_day(one.written_on),
            kind: labels::kind(t, one.kind),
            valence: labels::valence(t, one.valence),
            area: labels::area(t, &one.area),
            marks: marks(&body),
            body,
        })
        .collect();
    let mut phenomena = vec![Choice::new(NEW, t.get("observations-new-phenomenon"))];
    phenomena.extend(
        followed
            .into_iter()
            .map(|one| Choice::new(one.id.to_string(), one.title)),
    );
    let names = [
        ("into", t.get("observations-into")),
        ("title", t.get("phenomenon-title")),
        ("description", t.get("phenomenon-description")),
        ("theme", t.get("public-observation-theme")),
        ("review_on", t.get("phenomenon-review")),
    ];
    let template = BenchPage {
        form: with_names(t, form, &names),
        notice,
        tabs: tabs(t, Some(state)),
        rows,
        alike,
        groups,
        phenomena,
        themes: labels::themes(t, &known),
        page,
    };
    Ok(page_with_status(status, template))
}

/// Indexes of a group that seems to tell of the same, and the words it rests on.
type AlikeGroup = (Vec<usize>, String);

/// Marks every text, and finds those that seem to tell of the same. Hundreds of texts take a moment: not on the thread that answers.
async fn looked_through(
    reader: Reader,
    seen: Vec<Seen>,
    groups: bool,
) -> Result<(Vec<Seen>, Vec<Vec<Piece>>, Vec<AlikeGroup>), Failure> {
    tokio::task::spawn_blocking(move || {
        let bodies = seen.iter().map(|one| reader.pieces(&one.body)).collect();
        let mut alike = Vec::new();
        if groups {
            let texts = seen.iter().map(|one| (one.language, one.body.as_str()));
            let collection = reader.collection(texts);
            for members in collection.groups() {
                let words = members
                    .first()
                    .and_then(|first| {
                        let likest = collection.alike(*first);
                        likest.into_iter().find(|one| members.contains(&one.index))
                    })
                    .map_or_else(String::new, |one| one.shared.join(", "));
                alike.push((members, words));
            }
        }
        (seen, bodies, alike)
    })
    .await
    .map_err(Failure::internal)
}

/// The list with some of its observations ticked.
fn picked(seen: &[Seen], members: &[usize]) -> String {
    let mut href = format!("/observations?state={}", ObservationState::Screened.code());
    for one in members.iter().filter_map(|at| seen.get(*at)) {
        href.push_str(&format!("&pick={}", one.id));
    }
    href
}

/// Groups the chosen observations into a phenomenon that is there, or into a new one.
pub(super) async fn group(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let chosen: Vec<ObservationId> = form
        .values("observation")
        .iter()
        .filter_map(|text| text.parse().ok())
        .collect();
    if chosen.is_empty() {
        form.error("observation", "observations-choose");
    }
    let into = form.value("into").to_owned();
    let described = (into == NEW)
        .then(|| deed::described(&mut form, &super::editor(&house, &user)))
        .flatten();
    let known: Option<PhenomenonId> = into.parse().ok();
    if into != NEW && known.is_none() {
        form.error("into", "reporting-choose-one");
    }
    let state = ObservationState::Screened;
    if form.has_errors() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return bench_page(&house, &visit, &user, state, form, String::new(), status).await;
    }
    let done = act(&house, &user, "", move |tx, editor, made| {
        let into = match (described, known) {
            (Some(described), _) => phenomena::open(tx, editor, made.by(), described)?,
            (None, Some(known)) => known,
            (None, None) => return Err(crate::domain::ReportError::NotFound),
        };
        bench::group(tx, editor, &chosen, into)?;
        Ok(into)
    })
    .await;
    match done {
        Ok(into) => Ok(go_to(&format!("/phenomena/{into}?done=grouped"))),
        Err(error) => {
            let status = refused(&mut form, error)?;
            bench_page(&house, &visit, &user, state, form, String::new(), status).await
        }
    }
}
