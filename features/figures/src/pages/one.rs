//! `GET /figures/{id}`: what a figure is, how it has moved, its municipalities with how far chance reaches, how it was released.

use askama::Template;
use axum::extract::{Path, Query as Pairs, State};
use charts::Picture;
use identity::session::CurrentUser;
use kernel::time::{Date, Timestamp, day};
use store::Log;
use web::{Answer, Choice, Failure, House, Page, Texts, Visit, client_page};

use super::areas::{Areas, areas, rate_head};
use super::chart::Drawn;
use super::filter::{Asked, Chosen, chosen};
use super::{
    about_words, age_words, chart, entry, granted, interval_words, municipalities, part_words,
    period_words, trend_words, value_words,
};
use crate::Definition;
use crate::definition::{Measure, Span};
use crate::dictionary;
use crate::layout::ALL;
use crate::population::Populations;
use crate::release::seal_key;
use crate::store::releases::{Recall, Release, last_recall, newest};
use crate::store::{FiguresError, first_day};
use crate::view::{Told, View};

/// A name and a value.
pub struct Pair {
    pub name: String,
    pub value: String,
}

/// A picture with what it is, or why there is none.
pub struct Shown {
    pub id: &'static str,
    pub heading: String,
    pub picture: Option<Picture>,
    /// Empty with a picture.
    pub words: String,
}

#[derive(Template)]
#[template(path = "figure.html")]
struct OnePage {
    page: Page,
    code: &'static str,
    counts: String,
    told: String,
    wrong: Vec<String>,
    years: Vec<Choice>,
    year: String,
    areas: Vec<Choice>,
    area: String,
    value: String,
    facts: Vec<Pair>,
    caveats: Vec<String>,
    pictures: Vec<Shown>,
    areas_told: Areas,
    parts: Vec<Pair>,
    ages: Vec<Pair>,
    equality: Vec<Shown>,
    definition: Vec<Pair>,
    released: Vec<Pair>,
    csv: String,
    recall: String,
    recalled: String,
    counted: bool,
}

struct Read {
    releases: Vec<Release>,
    populations: Populations,
    opened: Option<Date>,
    recalled: Option<(Timestamp, Recall)>,
    chosen: Option<Chosen>,
}

pub async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(code): Path<String>,
    Pairs(asked): Pairs<Asked>,
) -> Answer {
    let (reader, right) = granted(&house, &user, "read")?;
    let definition = dictionary::find(&code).ok_or(Failure::NotFound)?;
    let may_export = granted(&house, &user, "export").is_ok();
    let may_recall = granted(&house, &user, "approve").is_ok();
    let (now, key, county) = (
        house.now(),
        seal_key(&house.secrets),
        house.county.code.clone(),
    );
    let (words, again) = (visit.t(), asked.told.clone());
    let receipt = house
        .store
        .show(move |tx| {
            let releases = newest(tx, &key, definition.code, definition.version)?;
            let populations = Populations::read(tx, &county)?;
            let opened = first_day(tx)?;
            let municipalities = municipalities(&county, words.language());
            let chosen = chosen(&words, &asked, &releases, &municipalities);
            let recalled = match &chosen {
                Some(one) => last_recall(tx, releases[one.release].meta.id)?,
                None => None,
            };
            tx.log(entry(
                now,
                &reader,
                &right,
                "figures.read",
                definition.code.to_owned(),
            ))?;
            Ok::<_, FiguresError>(Read {
                releases,
                populations,
                opened,
                recalled,
                chosen,
            })
        })
        .await?;
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a figure without a log entry"))?;
    let read = receipt.value;
    let page = visit.page_titled(definition.title.of(visit.language).to_owned());
    let mut shown = OnePage::of(page, definition);
    if let Some(chosen) = &read.chosen {
        shown.fill(&house.county.code, definition, &read, chosen)?;
        let meta = &read.releases[chosen.release].meta;
        if may_export {
            shown.csv = format!("/figures/{}/csv?year={}", definition.code, meta.year);
        }
        if may_recall {
            shown.recall = meta.id.to_string();
        }
        // The words of a recall that has just been made; they are read from what is kept, never from the address.
        if again == "recall" {
            shown.told.clone_from(&shown.recalled);
        }
    }
    Ok(client_page(shown, logged))
}

fn pair(name: String, value: String) -> Pair {
    Pair { name, value }
}

impl OnePage {
    fn of(page: Page, definition: &'static Definition) -> Self {
        let t = &page.t;
        let measure = match definition.measure {
            Measure::PerHead => t.get("figures-measure-per-head"),
            Measure::Share(of) => {
                let parts: Vec<String> = of.iter().map(|part| part_words(t, part)).collect();
                t.with(
                    "figures-measure-share",
                    &[("parts", parts.join(", ").into())],
                )
            }
            Measure::Count => t.get("figures-measure-count"),
        };
        let span = match definition.span {
            Span::Flow => "figure-span-flow",
            Span::Stock => "figure-span-stock",
            Span::Now => "figure-span-now",
        };
        let questions = definition
            .questions
            .iter()
            .map(|question| t.get(&format!("figure-question-{question}")));
        let facts = vec![
            pair(
                t.get("figures-fact-questions"),
                // Each of them ends with its own sign.
                questions.collect::<Vec<_>>().join(" "),
            ),
            pair(
                t.get("figures-fact-counts"),
                definition.counts.of(t.language()).to_owned(),
            ),
            pair(
                t.get("figures-fact-omits"),
                definition.omits.of(t.language()).to_owned(),
            ),
            pair(
                t.get("figures-fact-unit"),
                t.get(&format!("figure-unit-{}", definition.unit.code())),
            ),
            pair(t.get("figures-fact-measure"), measure),
            pair(
                t.get("figures-fact-time"),
                t.with(span, &[("days", i64::from(definition.lag).into())]),
            ),
            pair(
                t.get("figures-fact-coarser"),
                t.with(
                    if definition.coarser.rounded {
                        "figures-coarser-rounded"
                    } else {
                        "figures-coarser"
                    },
                    &[("percent", i64::from(definition.coarser.most_hidden).into())],
                ),
            ),
            pair(t.get("figures-fact-tables"), definition.tables.join(", ")),
            pair(
                t.get("figures-fact-version"),
                format!("{} {}", definition.code, definition.version),
            ),
        ];
        Self {
            code: definition.code,
            counts: definition.counts.of(t.language()).to_owned(),
            told: String::new(),
            wrong: Vec::new(),
            years: Vec::new(),
            year: String::new(),
            areas: Vec::new(),
            area: String::new(),
            value: String::new(),
            facts: Vec::new(),
            caveats: Vec::new(),
            pictures: Vec::new(),
            areas_told: Areas::default(),
            parts: Vec::new(),
            ages: Vec::new(),
            equality: Vec::new(),
            definition: facts,
            released: Vec::new(),
            csv: String::new(),
            recall: String::new(),
            recalled: String::new(),
            counted: false,
            page,
        }
    }

    fn fill(
        &mut self,
        county: &str,
        definition: &'static Definition,
        read: &Read,
        chosen: &Chosen,
    ) -> Result<(), Failure> {
        let t = self.page.t.clone();
        let views: Vec<View<'_>> = read
            .releases
            .iter()
            .map(|release| View {
                definition,
                release,
                populations: &read.populations,
                opened: read.opened,
            })
            .collect();
        let view = &views[chosen.release];
        let meta = &view.release.meta;
        self.counted = true;
        self.wrong.clone_from(&chosen.wrong);
        self.year = meta.year.to_string();
        self.area.clone_from(&chosen.area);
        self.years = views
            .iter()
            .map(|one| Choice::new(one.release.meta.year.to_string(), period_words(&t, one)))
            .collect();
        self.areas = municipalities(county, t.language())
            .into_iter()
            .map(|(code, name)| Choice::new(code, name))
            .collect();
        let whole = view.county(ALL);
        self.value = value_words(&t, definition, &whole);
        self.facts = self.key_facts(&t, view, views.get(chosen.release + 1), &whole);
        self.caveats = caveats(&t, view, &whole);
        self.draw(&t, county, &views, view, &chosen.area)?;
        self.areas_told = areas(&t, view, &whole, &chosen.area);
        self.parts = view
            .parts()
            .into_iter()
            .map(|(part, count)| pair(part_words(&t, &part), about_words(&t, count, view.base())))
            .collect();
        self.ages = view
            .ages()
            .into_iter()
            .map(|(age, count)| pair(age_words(&t, &age), about_words(&t, count, view.base())))
            .collect();
        self.released = released(&t, view);
        if let Some((at, recall)) = read.recalled {
            self.recalled = recall_words(&t, at, recall);
        }
        Ok(())
    }

    fn key_facts(
        &self,
        t: &Texts,
        view: &View<'_>,
        before: Option<&View<'_>>,
        whole: &Told,
    ) -> Vec<Pair> {
        let definition = view.definition;
        let mut facts = vec![pair(t.get("figures-fact-period"), period_words(t, view))];
        let trend = trend_words(t, view, before);
        if !trend.is_empty() {
            facts.push(pair(t.get("figures-fact-trend"), trend));
        }
        if whole.rate.is_some() {
            facts.push(pair(
                t.get("figures-fact-interval"),
                interval_words(t, definition, whole.rate),
            ));
        }
        if let Some(rate) = whole.standardised {
            facts.push(pair(
                t.get("figures-fact-standardised"),
                format!(
                    "{} ({})",
                    super::rate_words(t, definition, Some(rate)),
                    interval_words(t, definition, Some(rate))
                ),
            ));
            facts.push(pair(
                t.get("figures-fact-standard"),
                t.get("figures-standard"),
            ));
        }
        if let Some(people) = whole.people {
            facts.push(pair(
                t.get("figures-fact-people"),
                t.with(
                    "figures-people-of",
                    &[
                        ("people", super::whole(t, people.people).into()),
                        ("year", people.year.to_string().into()),
                    ],
                ),
            ));
        }
        facts
    }

    fn draw(
        &mut self,
        t: &Texts,
        county: &str,
        views: &[View<'_>],
        view: &View<'_>,
        area: &str,
    ) -> Result<(), Failure> {
        let mut add = |id: &'static str, heading: String, drawn: Drawn, equality: bool| {
            let (picture, words) = match drawn {
                Drawn::Picture(picture) => (Some(picture), String::new()),
                Drawn::Hidden => {
                    let threshold = view.release.meta.threshold;
                    let args = [("threshold", threshold.into())];
                    (None, t.with("figures-all-hidden", &args))
                }
                Drawn::Nothing => return,
            };
            let into = if equality {
                &mut self.equality
            } else {
                &mut self.pictures
            };
            into.push(Shown {
                id,
                heading,
                picture,
                words,
            });
        };
        if area.is_empty() {
            let heading = t.with(
                "figures-heading-within",
                &[("year", view.release.meta.year.to_string().into())],
            );
            let picture = chart::within(t, view, &heading)?;
            add("s-within", heading, picture, false);
        }
        let heading = if area.is_empty() {
            t.get("figures-heading-years")
        } else {
            t.with(
                "figures-heading-years-area",
                &[("area", super::area_name(t, area).into())],
            )
        };
        let picture = chart::years(t, views, area, &heading)?;
        add("s-years", heading, picture, false);
        if area.is_empty() && !view.release.meta.layout.areas.is_empty() {
            let heading = t.get("figures-heading-map");
            let picture = chart::map(t, view, county, &heading, &rate_head(t, view.definition))?;
            add("s-map", heading, picture, true);
            let heading = t.get("figures-heading-small");
            let picture = chart::small(t, views, &heading)?;
            add("s-small", heading, picture, true);
        }
        Ok(())
    }
}

fn caveats(t: &Texts, view: &View<'_>, whole: &Told) -> Vec<String> {
    let meta = &view.release.meta;
    let mut told = Vec::new();
    let hidden = view.hidden();
    if hidden > 0 {
        told.push(t.with(
            "figures-hidden-cells",
            &[
                ("count", hidden.into()),
                ("threshold", meta.threshold.into()),
            ],
        ));
    }
    if let Some(base) = view.base() {
        let adds_up = view.release.released.adds_up();
        told.push(t.with("figures-caveat-rounded", &[("base", base.into())]));
        told.push(t.get(if adds_up {
            "figures-caveat-rounded-sums"
        } else {
            "figures-caveat-rounded-no-sums"
        }));
    }
    if whole.is_uncertain(view.definition) {
        told.push(t.get("figures-caveat-few"));
    }
    if !view.is_comparable() && view.base().is_none() {
        told.push(t.get(super::uncompared(view)));
    }
    if let Some(people) = whole.people.filter(|people| people.year != meta.year) {
        told.push(t.with(
            "figures-caveat-people",
            &[("year", people.year.to_string().into())],
        ));
    }
    if view.definition.per_head() && view.base().is_none() && !view.populations.knows_ages() {
        told.push(t.get("figures-no-ages"));
    }
    if view.definition.sensitive {
        told.push(t.with(
            "figures-caveat-sensitive",
            &[("threshold", meta.threshold.into())],
        ));
    }
    let of_area = |told: &Told| told.rate.is_some() || told.standardised.is_some();
    if of_area(whole) || view.areas().iter().any(of_area) {
        told.push(t.get("figures-caveat-chance"));
    }
    told
}

fn released(t: &Texts, view: &View<'_>) -> Vec<Pair> {
    let meta = &view.release.meta;
    let mut facts = vec![
        pair(t.get("figures-fact-through"), t.full_day(meta.through)),
        pair(t.get("figures-fact-made"), t.full_day(day(meta.made_at))),
        pair(t.get("figures-fact-threshold"), meta.threshold.to_string()),
        pair(t.get("figures-fact-hidden"), view.hidden().to_string()),
        pair(t.get("figures-fact-run"), meta.inputs.clone()),
    ];
    if let Some(base) = view.base() {
        facts.push(pair(t.get("figures-fact-rounded"), base.to_string()));
    }
    facts
}

fn recall_words(t: &Texts, at: Timestamp, found: Recall) -> String {
    let key = match (found.same_inputs, found.same_table) {
        (true, true) => "figure-recall-same",
        (false, true) => "figure-recall-same-table",
        (true, false) => "figure-recall-unlike",
        (false, false) => "figure-recall-changed",
    };
    t.with(key, &[("day", t.full_day(day(at)).into())])
}
