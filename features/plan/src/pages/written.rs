//! The written parts of a plan in the words of its page.

use casework::pages::capital;
use clients::Reader;
use documents::Fields;
use web::Texts;

use crate::domain::body;
use crate::domain::parts::{Input, PARTS, PartType, SECTION};
use crate::pages::act::What;
use crate::pages::common::{path, word};
use crate::pages::frames::is_open_to;
use crate::pages::model::{Fact, PartModel};
use crate::store::read::View;

/// The parts in their order, each client's own where there are many, and the sections.
pub fn parts(t: &Texts, view: &View, reader: &Reader) -> Vec<PartModel> {
    let mut models = Vec::new();
    for part in PARTS {
        let owners: Vec<Option<i64>> = if part.own {
            view.people.iter().map(|one| Some(one.no)).collect()
        } else {
            vec![None]
        };
        for no in owners {
            let what = What::Part(part, no);
            let name = view
                .people
                .iter()
                .find(|one| Some(one.no) == no)
                .filter(|_| view.joint())
                .map(|one| one.name.clone());
            let heading = word(t, "plan-part", part.code);
            models.push(part_model(
                t,
                view,
                (part, what),
                &body::code(part.code, no),
                name.map_or(heading.clone(), |name| format!("{heading}: {name}")),
                is_open_to(view, reader, what),
            ));
        }
    }
    for section in &view.sections {
        let what = What::Section(section.id);
        let mut one = part_model(
            t,
            view,
            (&SECTION, what),
            &section.code(&view.opened),
            section.heading.clone(),
            is_open_to(view, reader, what),
        );
        one.law = section.service_task.map_or_else(
            || section.partner.clone().unwrap_or_default(),
            |task| capital(&word(t, "service-task", task.code())),
        );
        let end = What::SectionEnd(section.id);
        if is_open_to(view, reader, end) {
            one.end = format!("{}/{}", path(view.opened.id()), end.tail());
        }
        if let Some(name) = &section.writer_name {
            one.facts.push(Fact {
                name: t.get("plan-section-writer"),
                value: name.clone(),
                own: false,
            });
        }
        models.push(one);
    }
    models
}

fn part_model(
    t: &Texts,
    view: &View,
    (part, what): (&PartType, What),
    code: &str,
    heading: String,
    may: bool,
) -> PartModel {
    let facts = view
        .part(code)
        .map_or_else(Vec::new, |saved| part_facts(t, part, &saved.fields));
    PartModel {
        id: code.replace('@', "-"),
        heading,
        law: part.law.to_owned(),
        href: if may {
            format!("{}/{}", path(view.opened.id()), what.tail())
        } else {
            String::new()
        },
        link: t.get("plan-part-edit"),
        end: String::new(),
        facts,
    }
}

/// The written fields of a part in their order.
pub fn part_facts(t: &Texts, part: &PartType, fields: &Fields) -> Vec<Fact> {
    part.fields
        .iter()
        .filter(|field| !fields.all(field.name).is_empty())
        .map(|field| Fact {
            name: word(t, "plan-field", &format!("{}-{}", part.code, field.name)),
            value: value(t, part, field.name, fields.all(field.name)),
            own: field.input == Input::Own,
        })
        .collect()
}

/// A value in words: codes have their names.
pub fn value(t: &Texts, part: &PartType, name: &str, values: &[String]) -> String {
    let family = format!("plan-code-{}-{name}", part.code);
    match part.field(name).map(|field| field.input) {
        Some(Input::Codes(_) | Input::One(_)) => values
            .iter()
            .map(|code| word(t, &family, code))
            .collect::<Vec<_>>()
            .join(", "),
        Some(Input::Tick) => t.get("plan-yes"),
        _ => values.join("\n"),
    }
}
