//! A version put together as it stands now, and what is in the way of its check.

use std::collections::BTreeSet;

use identity::units;
use reporting::acting;
use reporting::store::Editor;
use store::Query;
use text::screening::{Screener, Weight};
use text::search::Analysers;
use web::House;

use crate::compose::{self, Composed};
use crate::domain::content::{Content, Material};
use crate::domain::figures::Number;
use crate::domain::hinder::{self, Hindrance};
use crate::domain::{PublishError, Recheck};
use crate::store::read::{self, Draft};
use crate::store::{At, PublicationId, runs, shown};

/// A version with its content put together today.
pub struct Ready {
    pub draft: Draft,
    pub composed: Composed,
    /// How many versions had been released when it was read.
    pub after: i64,
}

/// Which version.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    Newest(PublicationId),
    One(At),
}

/// Reads and puts together.
///
/// # Errors
/// [`PublishError::NotFound`] without the rights, [`PublishError::Seal`].
pub async fn ready(house: &House, editor: &Editor, which: Which) -> Result<Ready, PublishError> {
    let (key, code) = (crate::key(house), house.county.code.clone());
    let figures = figures::seal_key(&house.secrets);
    let (draft, drawn, unit, after) = acting::read_as(house, editor.clone(), move |tx, editor| {
        let draft = match which {
            Which::Newest(id) => read::newest(tx, editor, id)?,
            Which::One(at) => read::version(tx, editor, at)?,
        };
        let drawn = compose::draw(tx, editor, &draft, &code, (&key, &figures))?;
        let unit = unit_of(tx, &draft)?;
        Ok::<_, PublishError>((draft, drawn, unit, runs::releases(tx)?))
    })
    .await?;
    let (t, today) = (house.texts(draft.language), house.today());
    let names = compose::names(&t, &house.county, &draft.municipality, unit.as_ref());
    // Linear programs take their time: not on a thread that serves others.
    let work = move || {
        let composed = compose::compose(&t, &draft, &drawn, &names, today);
        (draft, composed)
    };
    let (draft, composed) = tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| store::StoreError::Config(error.to_string()))?;
    Ok(Ready {
        draft,
        composed,
        after,
    })
}

fn unit_of(
    query: &mut impl Query,
    draft: &Draft,
) -> Result<Option<identity::people::Unit>, store::StoreError> {
    let Some(wanted) = draft.unit else {
        return Ok(None);
    };
    Ok(units::at_work(query)?
        .into_iter()
        .find(|unit| unit.id == wanted))
}

/// What looks for personal data; none in a house without it, and then nothing may be checked.
pub fn screener(house: &House) -> Result<Screener, PublishError> {
    let analysers = house.extra::<Analysers>().ok_or_else(|| {
        store::StoreError::Config("the house has no analysers of text".to_owned())
    })?;
    Ok(Screener::new((*analysers).clone()))
}

/// Everything in the way of a check.
///
/// # Errors
/// When the house cannot look for personal data.
pub async fn hindrances(house: &House, ready: &Ready) -> Result<Vec<Hindrance>, PublishError> {
    let mut found = hinder::found(
        &ready.composed.content,
        &ready.composed.unsent,
        &ready.composed.unstated,
        ready.draft.phenomena.len(),
    );
    let unheard = ready.composed.unheard.iter().cloned();
    found.extend(unheard.map(Hindrance::Unheard));
    let bare = ready.composed.without_figures.iter().cloned();
    found.extend(bare.map(Hindrance::NoFigures));
    let (screener, content) = (screener(house)?, ready.composed.content.clone());
    let persons = tokio::task::spawn_blocking(move || persons(&screener, &content))
        .await
        .map_err(|error| store::StoreError::Config(error.to_string()))?;
    found.extend(persons);
    Ok(found)
}

/// Where a text may tell who somebody is. In a quote every doubt counts; elsewhere what is beyond doubt.
fn persons(screener: &Screener, content: &Content) -> Vec<Hindrance> {
    let certain = |text: &str| {
        screener
            .find(text)
            .iter()
            .any(|finding| finding.weight == Weight::Certain)
    };
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    if certain(&content.title) {
        found.push(Hindrance::PersonIn(content.title.clone()));
    }
    for part in &content.parts {
        let Some(section) = part.section() else {
            continue;
        };
        if certain(&part.words) {
            found.push(Hindrance::Person(section));
        }
        for one in &part.material {
            if let Material::Quote { words, .. } = one
                && !screener.find(words).is_empty()
                && seen.insert("quote".to_owned())
            {
                found.push(Hindrance::PersonInQuote);
            }
            let name = match one {
                Material::Phenomenon { title, .. } => title.clone(),
                Material::Analysis(analysis) => analysis.about.clone(),
                Material::Proposal(proposal) => proposal.words().to_owned(),
                Material::Action(action) => action.words.clone(),
                Material::Influence(taken) => taken.forum.clone(),
                _ => continue,
            };
            let personal = hinder::texts_of(one).into_iter().any(certain);
            if personal && seen.insert(name.clone()) {
                found.push(Hindrance::PersonIn(name));
            }
        }
    }
    found
}

/// Rows with their numbers.
type Rows = Vec<(String, Vec<Number>)>;

/// What every run of a version shows, by its name.
fn runs_of(content: &Content) -> Vec<(String, Rows)> {
    content
        .figures()
        .filter_map(|figures| {
            let (name, _, _) = figures.run()?;
            let rows = figures.rows().into_iter();
            let rows = rows.map(|(row, cells)| (row.to_owned(), cells)).collect();
            Some((name.to_owned(), rows))
        })
        .collect()
}

/// Runs disclosure control again over what a version told, and says whether it would tell the same today.
///
/// # Errors
/// As [`ready`].
pub async fn again(house: &House, editor: &Editor, at: At) -> Result<Recheck, PublishError> {
    let key = crate::key(house);
    let old = acting::read_as(house, editor.clone(), move |tx, _| {
        shown::content(tx, at, &key)
    })
    .await?;
    let now = ready(house, editor, Which::One(at)).await?.composed.content;
    let (told, today) = (runs_of(&old), runs_of(&now));
    let gone = told
        .iter()
        .any(|(name, _)| !today.iter().any(|(other, _)| other == name));
    Ok(if gone {
        Recheck::Refused
    } else if told.iter().all(|one| today.contains(one)) {
        Recheck::Same
    } else {
        Recheck::Changed
    })
}
