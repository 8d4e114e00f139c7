//! The form of what is drawn in: phenomena, own figures that were released, open statistics.

use identity::session::CurrentUser;
use reporting::store::{PhenomenonId, pages};
use statistics::domain::IndicatorId;
use statistics::store as open;
use web::{Choice, Failure, Form, House, Texts};

use super::read;
use super::sheet::{Field, Kind as Asked};
use crate::compose::{own, title};
use crate::store::read::Draft;

/// What was chosen.
pub(super) struct Chosen {
    pub phenomena: Vec<PhenomenonId>,
    pub indicators: Vec<IndicatorId>,
    pub own: Vec<String>,
}

/// Reads what was chosen; what is no id is left out.
pub(super) fn chosen(form: &Form) -> Chosen {
    Chosen {
        phenomena: parsed(form, "phenomenon"),
        indicators: parsed(form, "statistic"),
        own: form.values("own").to_vec(),
    }
}

/// Ids of a field.
fn parsed<T: std::str::FromStr>(form: &Form, name: &str) -> Vec<T> {
    form.values(name)
        .iter()
        .filter_map(|text| text.parse().ok())
        .collect()
}

/// With what it begins.
pub(super) fn filled(form: &mut Form, draft: &Draft) {
    for one in &draft.phenomena {
        form.add("phenomenon", one.to_string());
    }
    for one in &draft.statistics {
        form.add("statistic", one.to_string());
    }
    for code in &draft.own {
        form.add("own", code);
    }
}

/// What may be chosen.
pub(super) async fn fields(
    house: &House,
    user: &CurrentUser,
    t: &Texts,
    draft: &Draft,
) -> Result<Vec<Field>, Failure> {
    let (key, span, words) = (figures::seal_key(&house.secrets), draft.span, t.clone());
    let (mut phenomena, closed, indicators, latest, own) = read(house, user, move |tx, editor| {
        Ok((
            pages::list(tx, editor, false)?,
            pages::list(tx, editor, true)?,
            open::list(tx)?,
            open::latest_years(tx)?,
            own::choices(tx, &key, &words, span)?,
        ))
    })
    .await?;
    phenomena.extend(closed);
    let phenomena = phenomena
        .into_iter()
        .map(|one| Choice::new(one.id.to_string(), one.title))
        .collect();
    let mut indicators: Vec<(String, Choice)> = indicators
        .iter()
        .filter(|one| latest.contains_key(&one.id))
        .map(|one| {
            let name = title(t.language(), one);
            (name.to_lowercase(), Choice::new(one.id.to_string(), name))
        })
        .collect();
    indicators.sort_by(|one, other| one.0.cmp(&other.0));
    let mut fields = vec![
        Field::of(
            t,
            if draft.kind.most_phenomena() == 1 {
                Asked::Radios
            } else {
                Asked::Checks
            },
            "phenomenon",
            "publication-phenomena",
            phenomena,
        )
        .hint(t.get("publication-phenomena-hint")),
    ];
    if !own.is_empty() {
        let choices = own
            .into_iter()
            .map(|(code, title)| Choice::new(code, title))
            .collect();
        fields.push(
            Field::of(t, Asked::Checks, "own", "publication-own", choices)
                .hint(t.get("publication-own-hint")),
        );
    }
    if !indicators.is_empty() {
        let choices = indicators.into_iter().map(|(_, choice)| choice).collect();
        fields.push(
            Field::of(
                t,
                Asked::Checks,
                "statistic",
                "publication-statistics",
                choices,
            )
            .hint(t.get("publication-statistics-hint")),
        );
    }
    Ok(fields)
}
