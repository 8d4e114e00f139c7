//! A forum's pack for its meeting: open proposals, late answers first, decisions and what is looked at when.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use identity::session::CurrentUser;
use kernel::time::{Date, SignedDuration};
use paper::{Cell, Table};
use reporting::domain::{ActionState, Owed, Themes};
use reporting::store::{pages, proposals as theirs, themes};
use web::{Answer, House, Page, Texts, Visit, page};

use super::cycle::{RowView, download};
use super::{asked, labels, may, read};
use crate::domain::Forum;
use crate::store::share::Told;
use crate::store::sums::{self, Key, Sum};
use crate::store::{NO_CLIENT, cycle, forum};

/// What a forum decided stays on its pack so long after somebody looked what came of it.
const KEPT_DAYS: i64 = 365;

struct ProposalView {
    href: String,
    words: String,
    phenomenon: String,
    recipient: String,
    due: String,
    iso: String,
    standing: String,
    color: &'static str,
}

struct ActionView {
    href: String,
    words: String,
    /// The proposal it follows from, and its phenomenon.
    about: String,
    role: String,
    ends: String,
    iso: String,
    late: bool,
    target: String,
    state: String,
    /// What came of it; empty while nobody has told.
    effect: String,
}

struct DecisionView {
    href: String,
    words: String,
    about: String,
    role: String,
    follow: String,
    iso: String,
    late: bool,
    came: String,
}

struct TabView {
    href: String,
    label: String,
    current: bool,
}

struct SumView {
    municipality: String,
    theme: String,
    kind: String,
    gatherings: u32,
    people: String,
}

#[derive(Template)]
#[template(path = "pack.html")]
struct PackPage {
    page: Page,
    notice: String,
    decide: String,
    forums: Vec<TabView>,
    lead: String,
    proposals: Vec<ProposalView>,
    late: String,
    actions: Vec<ActionView>,
    actions_count: String,
    decisions: Vec<DecisionView>,
    steps: Vec<RowView>,
    has_sums: bool,
    sums_title: String,
    sums_file: String,
    year_before: String,
    sums: Vec<SumView>,
    may_decide: bool,
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let forum = Forum::from_code(asked(&pairs, "forum")).unwrap_or(Forum::Management);
    let (today, year) = (house.today(), year(&pairs, house.today()));
    let since = today.saturating_sub(SignedDuration::from_hours(24 * KEPT_DAYS));
    let (owed, phenomena, decisions, steps, sums, themes, under_way) =
        read(&house, &user, move |tx, editor| {
            Ok((
                theirs::owed_answers(tx, editor)?,
                pages::list(tx, editor, false)?,
                forum::of(tx, editor, forum, since)?,
                cycle::all(tx, editor)?,
                sums::of_year(tx, editor, year)?,
                themes::on(tx, editor.today())?,
                pages::under_way(tx, editor, since)?,
            ))
        })
        .await?;
    let page_ = visit.page("pack-title");
    let t = &page_.t;
    let titles: BTreeMap<_, _> = phenomena
        .into_iter()
        .map(|one| (one.id, one.title))
        .collect();
    let proposals: Vec<ProposalView> = owed
        .into_iter()
        .filter(|(one, _)| forum.follows(one.level))
        .map(|(one, owed)| {
            let title = titles.get(&one.phenomenon).cloned();
            proposal_view(t, one, owed, title.unwrap_or_default())
        })
        .collect();
    let late = proposals.iter().filter(|one| !one.color.is_empty()).count();
    let actions: Vec<ActionView> = under_way
        .into_iter()
        .filter(|one| forum.follows(one.level))
        .map(|one| {
            let title = titles.get(&one.phenomenon).cloned();
            action_view(t, one, title.unwrap_or_default(), today)
        })
        .collect();
    let delayed = actions.iter().filter(|one| one.late).count();
    let of_forum: Vec<_> = steps
        .into_iter()
        .filter(|step| step.written.forum == Some(forum))
        .collect();
    Ok(page(PackPage {
        notice: super::done(&visit, &pairs),
        decide: format!("/participation/pack/{}/decisions", forum.code()),
        forums: Forum::ALL
            .iter()
            .map(|one| TabView {
                href: format!("/participation/pack?forum={}", one.code()),
                label: labels::forum(t, *one),
                current: *one == forum,
            })
            .collect(),
        lead: t.get(&format!("pack-lead-{}", forum.code())),
        late: t.with(
            "pack-late",
            &[("count", late.into()), ("all", proposals.len().into())],
        ),
        proposals,
        actions_count: t.with(
            "pack-late",
            &[("count", delayed.into()), ("all", actions.len().into())],
        ),
        actions,
        decisions: decisions
            .into_iter()
            .map(|one| decision_view(t, one, today))
            .collect(),
        steps: super::cycle::rows(t, &of_forum, today),
        has_sums: forum == Forum::Hyte,
        sums_title: sums_title(t, year),
        sums_file: format!("/participation/themes.csv?year={year}"),
        year_before: format!("/participation/pack?forum=hyte&year={}", year - 1),
        sums: if forum == Forum::Hyte {
            sum_views(t, &themes, sums)
        } else {
            Vec::new()
        },
        may_decide: may(&house, &user, "yearly_cycle", "create", NO_CLIENT),
        page: page_,
    }))
}

fn sums_title(t: &Texts, year: i16) -> String {
    t.with("pack-sums", &[("year", year.to_string().into())])
}

/// The year that is asked for; this one without.
fn year(pairs: &[(String, String)], today: Date) -> i16 {
    asked(pairs, "year")
        .parse()
        .ok()
        .filter(|year| (2000..=today.year()).contains(year))
        .unwrap_or(today.year())
}

fn proposal_view(
    t: &Texts,
    one: reporting::store::proposals::Proposal,
    owed: Owed,
    phenomenon: String,
) -> ProposalView {
    let (standing, color) = match owed {
        Owed::Late => ("pack-owed-late", "warning"),
        Owed::Silent => ("pack-owed-silent", "danger"),
        Owed::Waiting | Owed::Nothing => ("pack-owed-waiting", ""),
    };
    ProposalView {
        href: format!("/proposals/{}", one.id),
        words: one.words,
        phenomenon,
        recipient: one.recipient,
        due: t.full_day(one.due_on),
        iso: one.due_on.to_string(),
        standing: t.get(standing),
        color,
    }
}

fn action_view(t: &Texts, one: pages::UnderWay, phenomenon: String, today: Date) -> ActionView {
    let action = one.action;
    let effect = [
        action
            .effect
            .map_or_else(String::new, |effect| labels::effect(t, effect)),
        action.effect_words,
    ];
    ActionView {
        href: format!("/proposals/{}", action.proposal),
        about: [one.proposal_words, phenomenon]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" – "),
        role: action.written.responsible_role,
        ends: t.full_day(action.written.ends_on),
        iso: action.written.ends_on.to_string(),
        late: action.state != ActionState::Done && action.written.ends_on < today,
        target: action.written.target,
        state: labels::action_state(t, action.state),
        effect: effect
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(": "),
        words: action.written.words,
    }
}

fn decision_view(t: &Texts, one: forum::Decision, today: Date) -> DecisionView {
    let open = one.followed.is_none();
    DecisionView {
        href: if open {
            format!("/participation/decisions/{}", one.id)
        } else {
            String::new()
        },
        about: [t.full_day(one.written.decided_on), one.written.minutes]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        late: open && one.written.follow_on < today,
        follow: t.full_day(one.written.follow_on),
        iso: one.written.follow_on.to_string(),
        came: one.followed.map_or_else(String::new, |(on, came)| {
            t.with(
                "forum-followed",
                &[("day", t.full_day(on).into()), ("came", came.into())],
            )
        }),
        words: one.written.words,
        role: one.written.role,
    }
}

/// A number of people as anybody may read it: the sums go into the wellbeing report of a municipality.
fn told(t: &Texts, people: u32) -> String {
    match Told::of(people) {
        Told::Nobody => "0".to_owned(),
        Told::Few => t.get("participation-few"),
        Told::Number(number) => number.to_string(),
    }
}

fn sum_views(t: &Texts, themes: &Themes, sums: BTreeMap<Key, Sum>) -> Vec<SumView> {
    let mut rows: Vec<SumView> = sums
        .into_iter()
        .map(|((municipality, theme, kind), sum)| SumView {
            municipality: labels::area(t, Some(municipality.as_str())),
            theme: themes.name(&theme, t.language()),
            kind: labels::kind(t, kind),
            gatherings: sum.gatherings,
            people: told(t, sum.people),
        })
        .collect();
    rows.sort_by_key(|row| {
        (
            text::sort::sort_key(&row.municipality),
            text::sort::sort_key(&row.theme),
            row.kind.clone(),
        )
    });
    rows
}

/// `GET /participation/themes.csv?year=…`: gatherings of a year by municipality, theme and kind.
pub(super) async fn themes(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let year = year(&pairs, house.today());
    let (sums, themes) = read(&house, &user, move |tx, editor| {
        Ok((
            sums::of_year(tx, editor, year)?,
            themes::on(tx, editor.today())?,
        ))
    })
    .await?;
    let t = visit.t();
    let table = Table {
        caption: sums_title(&t, year),
        head: [
            "gathering-municipality",
            "gathering-theme",
            "gathering-kind",
            "pack-gatherings",
            "gathering-people",
        ]
        .map(|key| t.get(key))
        .into(),
        rows: sum_views(&t, &themes, sums)
            .into_iter()
            .map(|row| {
                vec![
                    Cell::text(row.municipality),
                    Cell::text(row.theme),
                    Cell::text(row.kind),
                    Cell::number(row.gatherings.to_string()),
                    Cell::text(row.people),
                ]
            })
            .collect(),
        note: None,
    };
    let name = format!("tapaamiset-{year}.csv");
    Ok(download("text/csv; charset=utf-8", &name, table.csv()))
}
