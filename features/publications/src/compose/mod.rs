//! Material is drawn in: read from the rooms that keep it, then put under the sections of the outline.

pub mod observations;
pub mod own;
pub mod share;
mod statistic;

use std::collections::BTreeMap;

use disclosure::{Released, Run};
use kernel::language::Language;
use kernel::time::Date;
use opendata::Gender;
use reporting::domain::{ProposalState, owed};
use reporting::store::gather::{self, Gathered};
use reporting::store::pages::{Behind, Month};
use reporting::store::{Editor, PhenomenonId};
use statistics::compare::{Comparison, compare};
use store::Query;
use web::Texts;

use crate::domain::content::{
    Analysis, Content, Material, Part, ToldAction, ToldEvidence, ToldInfluence, ToldProposal,
};
use crate::domain::figures::{Figures, Layout, Spec};
use crate::domain::{PublishError, Quarter, Section, Span};
use crate::store::read::Draft;
pub use statistic::title;

/// Where a publication is about, in words.
#[derive(Debug, Clone)]
pub struct Names {
    pub county_code: String,
    pub county: String,
    pub municipality: Option<String>,
    pub unit: String,
}

impl Names {
    /// The name of the municipality, else of the county.
    pub fn area(&self) -> &str {
        self.municipality.as_deref().unwrap_or(&self.county)
    }
}

/// What was read for a version.
#[derive(Debug)]
pub struct Drawn {
    pub gathered: Vec<Gathered>,
    months: BTreeMap<PhenomenonId, BTreeMap<Month, Behind>>,
    /// Tables that earlier releases have told, by population.
    earlier: BTreeMap<String, Vec<Released>>,
    statistics: Vec<Comparison>,
    own: Vec<own::Own>,
    part: share::Part,
}

/// A run that a version stands on.
#[derive(Debug)]
pub struct NewRun {
    pub name: String,
    pub population: String,
    pub released: Released,
    pub run: Run,
}

/// A content with the runs it stands on, and the phenomena that hold a proposal which cannot be told yet.
#[derive(Debug)]
pub struct Composed {
    pub content: Content,
    pub runs: Vec<NewRun>,
    pub unsent: Vec<String>,
    /// Phenomena of which nothing is stated on evidence.
    pub unstated: Vec<String>,
    /// Phenomena of which the county asks more experts by experience.
    pub unheard: Vec<String>,
    /// Chosen statistics that have nothing of the county, the municipality or the country.
    pub without_figures: Vec<String>,
}

/// The population of a phenomenon's observations.
pub fn observations_of(id: PhenomenonId) -> String {
    format!("observations {id}")
}

/// Reads what a version is made of. Statements do not grow with the phenomena; each chosen indicator takes its own six, each
/// own figure two. `figures` is the key of the seals of the county's own figures.
///
/// # Errors
/// [`PublishError::NotFound`] without the rights, [`PublishError::Seal`] when an earlier table was changed.
pub fn draw(
    query: &mut impl Query,
    editor: &Editor,
    draft: &Draft,
    county: &str,
    (key, figures): (&[u8; 32], &[u8; 32]),
) -> Result<Drawn, PublishError> {
    let gathered = gather::gather(query, editor, &draft.phenomena)?;
    let ids: Vec<PhenomenonId> = gathered.iter().map(|one| one.id).collect();
    let months = gather::months_of(query, editor, &ids)?;
    let populations: Vec<String> = ids.iter().map(|id| observations_of(*id)).collect();
    let earlier = crate::store::runs::earlier(query, &populations, draft.at, key)?;
    let mut statistics = Vec::with_capacity(draft.statistics.len());
    for id in &draft.statistics {
        statistics.extend(compare(query, *id, county, Gender::Total)?);
    }
    let own = own::read(query, figures, &draft.own, draft.span)?;
    let part = share::read(query, editor, &ids, draft.kind)?;
    Ok(Drawn {
        gathered,
        months,
        earlier,
        statistics,
        own,
        part,
    })
}

/// Puts together what was read. `t` speaks the publication's language. No database.
pub fn compose(t: &Texts, draft: &Draft, drawn: &Drawn, names: &Names, today: Date) -> Composed {
    let mut making = Making {
        t,
        draft,
        drawn,
        names,
        today,
        runs: Vec::new(),
    };
    let parts = draft
        .kind
        .outline()
        .iter()
        .map(|section| Part {
            section: section.code().to_owned(),
            words: draft.words(*section).to_owned(),
            material: making.material(*section),
        })
        .collect();
    let content = Content {
        kind: draft.kind.code().to_owned(),
        language: draft.language,
        title: draft.title.clone(),
        span: draft.span.to_string(),
        area: names.area().to_owned(),
        unit: names.unit.clone(),
        as_of: today.to_string(),
        parts,
    };
    Composed {
        content,
        runs: making.runs,
        unsent: unsent(drawn),
        unstated: drawn
            .gathered
            .iter()
            .filter(|one| one.statements.is_empty())
            .map(|one| one.title.clone())
            .collect(),
        unheard: drawn
            .gathered
            .iter()
            .filter(|one| drawn.part.lacking.contains(&one.id))
            .map(|one| one.title.clone())
            .collect(),
        without_figures: drawn
            .statistics
            .iter()
            .filter(|one| statistic::figures(t, one, names, &draft.municipality).is_none())
            .map(|one| title(t.language(), &one.known))
            .collect(),
    }
}

/// Phenomena with a proposal that has not been sent, or lacks a recipient or a day of answer.
fn unsent(drawn: &Drawn) -> Vec<String> {
    drawn
        .gathered
        .iter()
        .filter(|one| {
            one.proposals.iter().any(|told| {
                told.proposal.state == ProposalState::Draft
                    || told.proposal.sent_on.is_none()
                    || told.proposal.recipient.trim().is_empty()
            })
        })
        .map(|one| one.title.clone())
        .collect()
}

struct Making<'a> {
    t: &'a Texts,
    draft: &'a Draft,
    drawn: &'a Drawn,
    names: &'a Names,
    today: Date,
    runs: Vec<NewRun>,
}

impl Making<'_> {
    fn material(&mut self, section: Section) -> Vec<Material> {
        let gathered = &self.drawn.gathered;
        match section {
            Section::Summary | Section::Interpretation => Vec::new(),
            Section::Method => self.taken(),
            Section::Phenomena => gathered
                .iter()
                .map(|one| Material::Phenomenon {
                    title: one.title.clone(),
                    words: one.description.clone(),
                })
                .collect(),
            Section::Evidence => gathered.iter().filter_map(analysis).collect(),
            Section::Figures => self.figures(),
            Section::Voices => self
                .draft
                .quotes
                .iter()
                .map(|quote| Material::Quote {
                    about: self.title_of(quote.phenomenon),
                    words: quote.words.clone(),
                })
                .collect(),
            Section::Proposals => self.proposals(),
            Section::FollowUp => {
                let mut done = self.actions();
                done.extend(gathered.iter().flat_map(influences));
                done
            }
            Section::Next => self
                .drawn
                .part
                .days
                .iter()
                .map(|(day, words)| Material::Day {
                    day: day.to_string(),
                    words: words.clone(),
                })
                .collect(),
        }
    }

    fn title_of(&self, id: PhenomenonId) -> String {
        self.drawn
            .gathered
            .iter()
            .find(|one| one.id == id)
            .map(|one| one.title.clone())
            .unwrap_or_default()
    }

    fn proposals(&self) -> Vec<Material> {
        let told = self.drawn.gathered.iter().flat_map(|one| &one.proposals);
        told.filter_map(|told| {
            let stands = owed(told.proposal.state, told.proposal.due_on, self.today);
            ToldProposal::of(told, stands).map(Material::Proposal)
        })
        .collect()
    }

    fn actions(&self) -> Vec<Material> {
        let told = self.drawn.gathered.iter().flat_map(|one| &one.proposals);
        told.flat_map(|told| &told.actions)
            .map(|one| {
                Material::Action(ToldAction {
                    words: one.written.words.clone(),
                    responsible_role: one.written.responsible_role.clone(),
                    ends_on: one.written.ends_on.to_string(),
                    target: one.written.target.clone(),
                    state: one.state.code().to_owned(),
                    effect: one
                        .effect
                        .map_or("", reporting::domain::Effect::code)
                        .to_owned(),
                    effect_words: one.effect_words.clone(),
                })
            })
            .collect()
    }

    fn figures(&mut self) -> Vec<Material> {
        let mut found = Vec::new();
        for (at, one) in self.drawn.gathered.iter().enumerate() {
            found.push(self.counted(at, one));
        }
        for one in &self.drawn.own {
            let municipality = &self.draft.municipality;
            if let Some((figures, run)) = own::figures(self.t, one, self.names, municipality) {
                self.runs.push(run);
                found.push(Material::Figures(figures));
            }
        }
        let open = self.drawn.statistics.iter();
        found.extend(
            open.filter_map(|table| {
                statistic::figures(self.t, table, self.names, &self.draft.municipality)
            })
            .map(Material::Figures),
        );
        if !self.draft.kind.outline().contains(&Section::Method) {
            found.extend(self.taken());
        }
        found
    }

    fn counted(&mut self, at: usize, one: &Gathered) -> Material {
        let none = BTreeMap::new();
        let months = self.drawn.months.get(&one.id).unwrap_or(&none);
        let population = observations_of(one.id);
        let earlier = self
            .drawn
            .earlier
            .get(&population)
            .map_or(&[][..], Vec::as_slice);
        let about = self.t.with(
            "public-publication-observations",
            &[("title", one.title.as_str().into())],
        );
        let Some(told) = observations::counted(months, self.draft.span, earlier) else {
            return Material::NotTold { about };
        };
        let name = format!("observations-{}", at + 1);
        let layout = self.layout(about, &told.quarters);
        self.runs.push(NewRun {
            name: name.clone(),
            population,
            released: told.released.clone(),
            run: told.run,
        });
        Material::Figures(Figures::of_run(name, told.released, layout))
    }

    fn layout(&self, title: String, quarters: &[Quarter]) -> Layout {
        let t = self.t;
        let one = |at: &Quarter| Spec::Count(format!("{at}..{at}"));
        let mut heads: Vec<String> = quarters.iter().map(|at| quarter(t, *at)).collect();
        let mut cells: Vec<Spec> = quarters.iter().map(one).collect();
        if quarters.len() != 1 {
            heads.push(t.get("public-publication-sum"));
            cells.push(Spec::Count(observations::cell(self.draft.span)));
        }
        Layout {
            title,
            unit: t.get("public-publication-unit-observations"),
            row_head: t.get("public-publication-row-head"),
            heads,
            rows: vec![(t.get("public-publication-row-observations"), cells)],
            times: quarters.len(),
            source: t.get("public-publication-own-source"),
        }
    }

    fn taken(&mut self) -> Vec<Material> {
        let titles: Vec<(PhenomenonId, &str)> = self
            .drawn
            .gathered
            .iter()
            .map(|one| (one.id, one.title.as_str()))
            .collect();
        match share::figures(self.t, &self.drawn.part.taken, &titles) {
            None => Vec::new(),
            Some(Ok((figures, run))) => {
                self.runs.push(run);
                vec![Material::Figures(figures)]
            }
            Some(Err(about)) => vec![Material::NotTold { about }],
        }
    }
}

/// A quarter as a reader meets it.
pub fn quarter(t: &Texts, at: Quarter) -> String {
    // A year is a name here, so no spaces come between its digits.
    t.with(
        "public-publication-quarter",
        &[
            ("part", at.part.to_string().into()),
            ("year", at.year.to_string().into()),
        ],
    )
}

/// A period as a reader meets it: a year or half of it when it is one.
pub fn period(t: &Texts, span: Span) -> String {
    let (first, last) = (span.first(), span.last());
    let year = first.year.to_string();
    match (first.year == last.year, first.part, last.part) {
        (true, 1, 4) => year,
        (true, 1, 2) => t.with("public-publication-half-1", &[("year", year.into())]),
        (true, 3, 4) => t.with("public-publication-half-2", &[("year", year.into())]),
        (true, one, two) if one == two => quarter(t, first),
        _ => format!("{} – {}", quarter(t, first), quarter(t, last)),
    }
}

fn analysis(one: &Gathered) -> Option<Material> {
    if one.statements.is_empty() {
        return None;
    }
    let number = |id| {
        one.evidence
            .iter()
            .position(|own| own.id == id)
            .map(|at| at + 1)
    };
    Some(Material::Analysis(Analysis {
        about: one.title.clone(),
        statements: one
            .statements
            .iter()
            .map(|statement| {
                let numbers = statement.evidence.iter().filter_map(|id| number(*id));
                (statement.words.clone(), numbers.collect())
            })
            .collect(),
        evidence: one
            .evidence
            .iter()
            .map(|own| ToldEvidence {
                kind: own.written.kind.code().to_owned(),
                words: own.written.words.clone(),
                source: own.written.source.clone(),
                period: own.written.period.clone(),
                area: own.written.area.clone(),
                quality: own.written.quality.code().to_owned(),
            })
            .collect(),
    }))
}

/// Where a phenomenon was taken beyond its proposals.
fn influences(one: &Gathered) -> impl Iterator<Item = Material> {
    one.influences.iter().map(|taken| {
        Material::Influence(ToldInfluence {
            about: one.title.clone(),
            level: taken.written.level.code().to_owned(),
            forum: taken.written.forum.clone(),
            brought_on: taken.written.brought_on.to_string(),
            outcome: taken.written.outcome.clone(),
        })
    })
}

/// What names a publication's area, from the county and the place.
pub fn names(
    t: &Texts,
    county: &web::County,
    municipality: &str,
    unit: Option<&identity::people::Unit>,
) -> Names {
    let language = t.language();
    Names {
        county_code: county.code.clone(),
        county: county.name(language).to_owned(),
        municipality: kernel::place::municipality(municipality)
            .map(|one| one.name(language).to_owned()),
        unit: unit.map_or_else(String::new, |unit| unit.name(language).to_owned()),
    }
}

/// The language of a publication: the three of the workers.
pub fn language(code: &str) -> Option<Language> {
    Language::from_code(code).filter(|one| *one != Language::Easy)
}
