//! `GET /unit`: what waits in the units that a lead leads, and what fell through somebody's hands.

use askama::Template;
use axum::extract::State;
use casework::alerts::Alerts;
use casework::domain::MatterSettings;
use casework::sources::WaitingOffer;
use casework::store::Casework;
use clients::Reader;
use clients::pages::told::{self, ToldRow};
use identity::session::CurrentUser;
use intake::domain::IntakeSettings;
use intake::glue;
use intake::store::Worker;
use intake::store::lead::{self, Situation, Unheld, Why};
use intake::store::safety_net::LeadRow;
use intake::store::self_started::{self, Started};
use intake::store::tasks::Task;
use kernel::language::Language;
use kernel::time::{SignedDuration, Timestamp, day};
use web::{Answer, Failure, House, Page, Texts, Visit, client_page};

use crate::chart::{self, Chart};
use crate::days::DayChart;
use crate::net::{self, AlertGroup, Net, ShareRow};
use crate::notice::{self, Notice, Pairs};
use crate::words::{self, Due};

/// One of the figures at the top.
pub struct Figure {
    pub name: String,
    pub value: String,
    pub words: String,
    pub late: bool,
}

/// A contact in one of the lists.
pub struct Line {
    pub due: Due,
    pub href: String,
    pub title: String,
    pub number: String,
    pub holder: String,
    /// "away", "leaves on Tuesday"; empty for a holder at work.
    pub away: String,
    pub note: String,
    /// Where the lead takes over; empty when the holder is at work.
    pub take_over: String,
    /// Where the lead hands it over; empty when there is no need yet.
    pub hand_over: String,
    /// The queue, when nobody has taken it.
    pub queue: bool,
    /// Where a not-reached ending is marked as seen; empty elsewhere.
    pub seen: String,
}

#[derive(Template)]
#[template(path = "unit.html")]
pub struct UnitPage {
    pub page: Page,
    pub lead: String,
    pub notice: Option<Notice>,
    /// What the lead was told at once about clients of the unit.
    pub clients_told: Vec<ToldRow>,
    pub figures: Vec<Figure>,
    pub chart: Chart,
    pub open_words: String,
    /// What the chart is about, read after "show as a table".
    pub ages_about: String,
    pub untouched: Vec<Line>,
    pub overdue: Vec<Line>,
    pub away: Vec<Line>,
    pub matters: Vec<Line>,
    pub unanswered: Vec<Line>,
    pub not_reached: Vec<Line>,
    pub many_holders: Vec<Line>,
    /// What nobody may let fall, by kind.
    pub alerts: Vec<AlertGroup>,
    /// What each answers for, by name.
    pub shares: Vec<ShareRow>,
    /// Days in law ahead.
    pub days: DayChart,
    /// Offers of matters that wait, or came back unanswered.
    pub offers: Vec<Line>,
    /// Contacts of a worker's own making that were tied to a client in the last week.
    pub self_started: Vec<Line>,
}

impl UnitPage {
    /// The number over a list. The lists end at fifty, and then say that there is more.
    fn count(&self, rows: usize) -> String {
        const MOST: usize = 50;
        if rows >= MOST {
            format!("{MOST}+")
        } else {
            rows.to_string()
        }
    }
}

pub async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    pairs: Pairs,
) -> Answer {
    let desk = glue::desk(&house)?;
    let worker = Worker::from(&user);
    let settings = std::sync::Arc::clone(&desk.settings);
    let alerts = house.extra::<Alerts>();
    let matters = house
        .extra::<Casework>()
        .map_or_else(MatterSettings::default, |casework| {
            (*casework.settings).clone()
        });
    let (t, now) = (visit.t(), desk.now());
    let receipt = house
        .store
        .show(move |tx| {
            let reader = Reader::from(&worker);
            let net = Net::read(tx, alerts.as_deref(), &matters, &reader, &t, now)?;
            let seen = lead::read_with(tx, &desk, &worker, &net.clients())?;
            let started = self_started::list(tx, &desk, &worker)?;
            Ok::<_, intake::domain::IntakeError>((seen, started, net))
        })
        .await?;
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading of the unit without a log entry"))?;
    let notice = notice::of(&pairs, &visit.t());
    let clients_told = told::unseen(&house, &user, &visit.t(), "unit").await?;
    let (seen, begun, net) = &receipt.value;
    let page = page_of(visit.page("unit-title"), seen, &settings, notice);
    let (t, now) = (page.page.t.clone(), page.page.now);
    let self_started = begun.iter().map(|one| started(&page.page, one)).collect();
    Ok(client_page(
        UnitPage {
            clients_told,
            self_started,
            alerts: net::groups(&t, &net.alerts),
            shares: net::share_rows(&t, net),
            days: net::chart(&t, net, now),
            offers: net.offers.iter().map(|one| waiting(&t, one, now)).collect(),
            ..page
        },
        logged,
    ))
}

/// An offer of a matter: until when an answer is waited for, or that none came.
fn waiting(t: &Texts, one: &WaitingOffer, now: Timestamp) -> Line {
    let due = words::due_at(t, one.answer_by, now);
    Line {
        due: if one.unanswered {
            Due {
                text: t.get("unit-offer-unanswered"),
                color: "danger",
                ..due
            }
        } else {
            due
        },
        href: format!("/matters/{}", one.matter),
        title: one.title.clone(),
        number: one.number.clone(),
        holder: String::new(),
        away: String::new(),
        note: match &one.to {
            Some(to) => t.with(
                "unit-offered-to",
                &[("from", (&one.from).into()), ("to", to.into())],
            ),
            None => t.with("unit-offered-to-unit", &[("from", (&one.from).into())]),
        },
        take_over: String::new(),
        hand_over: String::new(),
        queue: false,
        seen: String::new(),
    }
}

/// A self-started contact: when it was tied to a client, and who began it.
fn started(page: &Page, one: &Started) -> Line {
    Line {
        due: Due {
            text: page.t.when(one.linked_at, page.now),
            color: "",
            iso: one.linked_at.to_string(),
        },
        href: format!("/contacts/{}", one.contact),
        title: one.title.clone(),
        number: one.number.clone(),
        holder: one.worker.clone(),
        away: String::new(),
        note: String::new(),
        take_over: String::new(),
        hand_over: String::new(),
        queue: false,
        seen: String::new(),
    }
}

/// Builds the page. Pure.
pub fn page_of(
    page: Page,
    seen: &Situation,
    settings: &IntakeSettings,
    notice: Option<Notice>,
) -> UnitPage {
    let (t, now) = (page.t.clone(), page.now);
    let lines = |rows: &[LeadRow], note: fn(&Texts, &LeadRow) -> String| -> Vec<Line> {
        rows.iter()
            .map(|row| line(&t, row, now, note(&t, row)))
            .collect()
    };
    let lists = &seen.lists;
    let today = words::today(&t, day(now));
    UnitPage {
        lead: t.with(
            "unit-lead",
            &[
                ("units", units(&t, seen).into()),
                ("date", today.into()),
                ("clock", t.clock(now).into()),
            ],
        ),
        notice,
        clients_told: Vec::new(),
        figures: figures(&t, seen, settings, now),
        chart: chart::draw(&t, &seen.ages),
        ages_about: format!(": {}", t.get("unit-ages-caption")),
        open_words: t.with("unit-open-count", &[("count", seen.figures.open.into())]),
        untouched: lines(&lists.raised, |_, _| String::new()),
        overdue: seen
            .overdue
            .iter()
            .map(|task| promise(&t, task, now))
            .collect(),
        away: lines(&lists.away, |_, _| String::new()),
        matters: seen
            .matters
            .iter()
            .map(|row| matter(&t, row, now))
            .collect(),
        unanswered: lines(&lists.unanswered, |t, row| match &row.other {
            Some(name) => t.with(
                "unit-offered-to",
                &[("from", (&row.holder).into()), ("to", name.into())],
            ),
            None => t.with("unit-offered-to-unit", &[("from", (&row.holder).into())]),
        }),
        not_reached: lists
            .not_reached
            .iter()
            .map(|row| Line {
                seen: format!("/contacts/{}/seen", row.contact),
                ..line(&t, row, now, String::new())
            })
            .collect(),
        many_holders: lines(&lists.many_holders, |t, row| {
            let met: i64 = row
                .other
                .as_deref()
                .and_then(|count| count.parse().ok())
                .unwrap_or_default();
            t.with("unit-holders-met", &[("count", met.into())])
        }),
        self_started: Vec::new(),
        alerts: Vec::new(),
        shares: Vec::new(),
        days: DayChart::default(),
        offers: Vec::new(),
        page,
    }
}

fn figures(t: &Texts, seen: &Situation, settings: &IntakeSettings, now: Timestamp) -> Vec<Figure> {
    let figures = &seen.figures;
    let waited = figures
        .oldest_untaken
        .map(|since| now.duration_since(since));
    let target = settings.untaken_target_hours;
    let returned = i64::try_from(seen.lists.unanswered.len()).unwrap_or(i64::MAX);
    let mean = figures
        .holders_mean_hundredths
        .map(|hundredths| one_decimal(t, hundredths));
    vec![
        Figure {
            name: t.get("unit-untaken"),
            value: figures.untaken.to_string(),
            words: match waited {
                Some(waited) => t.with(
                    "unit-untaken-longest",
                    &[
                        ("waited", t.duration(waited).into()),
                        ("target", target.into()),
                    ],
                ),
                None => t.with("unit-untaken-target", &[("target", target.into())]),
            },
            late: waited.is_some_and(|waited| waited > SignedDuration::from_hours(target)),
        },
        Figure {
            name: t.get("unit-open"),
            value: figures.open.to_string(),
            words: t.with("unit-open-old", &[("count", seen.ages[6].open.into())]),
            late: false,
        },
        Figure {
            name: t.get("unit-offers"),
            value: figures.offers_open.to_string(),
            words: t.with("unit-offers-returned", &[("count", returned.into())]),
            late: false,
        },
        Figure {
            name: t.get("unit-holders"),
            value: mean.unwrap_or_else(|| t.get("unit-holders-none")),
            words: t.with(
                "unit-holders-target",
                &[("target", settings.holders_target.into())],
            ),
            late: figures
                .holders_mean_hundredths
                .is_some_and(|mean| mean > settings.holders_target * 100),
        },
    ]
}

/// "1,6": one decimal is what two people's counts can carry.
fn one_decimal(t: &Texts, hundredths: i64) -> String {
    let tenths = (hundredths + 5) / 10;
    let point = if t.language() == Language::En {
        '.'
    } else {
        ','
    };
    format!("{}{point}{}", tenths / 10, tenths % 10)
}

/// The names of a few units, the number of many.
fn units(t: &Texts, seen: &Situation) -> String {
    const NAMED: usize = 3;
    let names: Vec<&str> = seen
        .units
        .iter()
        .map(|unit| unit.name(t.language()))
        .collect();
    if names.len() <= NAMED {
        return names.join("; ");
    }
    t.with("unit-many-units", &[("count", names.len().into())])
}

fn line(t: &Texts, row: &LeadRow, now: Timestamp, note: String) -> Line {
    let since = day(row.since);
    Line {
        due: Due {
            text: t.waited(row.since, now),
            color: "",
            iso: since.to_string(),
        },
        href: if row.opens {
            format!("/contacts/{}", row.contact)
        } else {
            String::new()
        },
        title: row.title.clone(),
        number: row.number.clone(),
        holder: if row.by_duty {
            t.with("unit-by-duty", &[("name", (&row.holder).into())])
        } else {
            row.holder.clone()
        },
        away: if row.holder_away {
            t.get("unit-away")
        } else {
            String::new()
        },
        note,
        take_over: if row.holder_away && row.opens {
            format!("/contacts/{}/take-over", row.contact)
        } else {
            String::new()
        },
        hand_over: String::new(),
        queue: row.by_duty,
        seen: String::new(),
    }
}

/// A matter whose holder is away or leaves: its name and state, not whose it is.
fn matter(t: &Texts, row: &Unheld, now: Timestamp) -> Line {
    let to = |may: bool, act: &str| {
        if may {
            format!("/matters/{}/{act}", row.matter)
        } else {
            String::new()
        }
    };
    Line {
        due: Due {
            text: t.waited(row.since, now),
            color: "",
            iso: day(row.since).to_string(),
        },
        href: format!("/matters/{}", row.matter),
        title: glue::matter_name(t, row),
        number: row.number.clone(),
        holder: row.holder.clone(),
        away: match row.why {
            Why::Away => t.get("unit-away"),
            Why::Left => t.get("unit-left"),
            Why::Leaving(last) => t.with("unit-leaving", &[("date", t.day(last).into())]),
        },
        note: String::new(),
        take_over: to(row.take_over, "take-over"),
        hand_over: to(row.hand_over, "offer"),
        queue: false,
        seen: String::new(),
    }
}

/// An overdue promise: its date and owner, not what was promised (row N-21).
fn promise(t: &Texts, task: &Task, now: Timestamp) -> Line {
    Line {
        due: words::due_at(t, task.due_at, now),
        href: if task.opens {
            format!("/contacts/{}", task.contact)
        } else {
            String::new()
        },
        title: task.title.clone(),
        number: t.get(if task.call_back {
            "unit-promised-call"
        } else {
            "unit-promised-step"
        }),
        holder: task
            .owner_name
            .clone()
            .unwrap_or_else(|| t.get("unit-duty")),
        away: String::new(),
        note: String::new(),
        take_over: String::new(),
        hand_over: String::new(),
        queue: task.owner.is_none(),
        seen: String::new(),
    }
}
