//! What a form holds before anything is written: what is known is not asked again.

use clients::Reader;
use documents::Fields;
use kernel::time::day;
use web::{Form, House};

use crate::domain::parts::{Input, PartType, SECTION};
use crate::domain::{ActionState, GoalState, Owner, written};
use crate::pages::act::What;
use crate::pages::act_read::ACTIONS;
use crate::pages::frames::find_action;
use crate::store::read::View;

/// Fills a form.
pub fn fill(house: &House, view: &View, reader: &Reader, what: What, form: &mut Form) {
    let today = written(day(house.now()));
    match what {
        What::GoalNew => {
            form.set("kind", "1");
            form.set("whose", "");
            for row in 1..ACTIONS {
                // The first is the client's own step, the second the worker's: most goals have one of each.
                let owner = match (row, view.people.first()) {
                    (1, Some(person)) => Owner::Client(person.id),
                    _ => Owner::Worker(reader.staff),
                };
                form.set(&format!("owner-{row}"), owner.pick());
            }
        }
        What::Goal(id) => {
            if let Some(goal) = view.goals.iter().find(|one| one.id == id) {
                form.set(
                    "whose",
                    goal.client.map(|one| one.to_string()).unwrap_or_default(),
                );
                form.set("words", goal.words.as_str());
                form.set("kind", goal.kind.code());
                form.set("steps", goal.steps.as_str());
                form.set("helps", goal.helps.as_str());
                form.set("hinders", goal.hinders.as_str());
                form.set("revision", goal.revision.to_string());
            }
        }
        What::GoalEnd(_) => form.set("state", GoalState::Attained.code()),
        What::ActionNew(_) => form.set("owner", Owner::Worker(reader.staff).pick()),
        What::Action(id) => {
            if let Some((_, action)) = find_action(view, id) {
                form.set("what", action.what.as_str());
                form.set("owner", action.owner.pick());
                if let Owner::Partner(name) = &action.owner {
                    form.set("name", name.as_str());
                }
                form.set("due", written(action.due));
                if action.development {
                    form.set("development", "yes");
                }
                form.set("revision", action.revision.to_string());
            }
        }
        What::ActionEnd(_) => form.set("state", ActionState::Done.code()),
        What::Part(part, no) => {
            let code = crate::domain::body::code(part.code, no);
            put(view, &code, part, form);
            if part.code == "made" && form.value("day").is_empty() {
                form.set("day", today);
            }
        }
        What::Section(id) => {
            if let Some(section) = view.sections.iter().find(|one| one.id == id) {
                put(view, &section.code(&view.opened), &SECTION, form);
            }
        }
        What::Finish => form.set("with", "yes"),
        What::Review => {
            form.set("with", "yes");
            form.set("on", today);
            // The services that were agreed are those that were used, unless somebody says otherwise.
            if let Some(means) = view.part("means") {
                for code in means.fields.all("services") {
                    form.add("services", code.as_str());
                }
            }
        }
        What::Elsewhere => {
            if let [person] = &view.people[..] {
                form.set("whose", person.id.to_string());
            }
            form.set("known_on", today);
        }
        What::Coordinator => {
            let plan = &view.opened.plan;
            match plan.coordinator_staff {
                Some(staff) => form.set("staff", staff.to_string()),
                None => form.set("name", plan.coordinator.clone().unwrap_or_default()),
            }
        }
        What::Ask => {
            if let [(tutor, _)] = &view.tutors[..] {
                form.set("tutor", tutor.to_string());
            }
        }
        What::SectionNew
        | What::Change
        | What::End
        | What::SectionEnd(_)
        | What::Return
        | What::Void => form.set("whose", ""),
    }
}

fn put(view: &View, code: &str, part: &PartType, form: &mut Form) {
    let none = Fields::default();
    let saved = view.part(code);
    let fields = saved.map_or(&none, |part| &part.fields);
    for field in part.fields {
        if matches!(field.input, Input::Codes(_)) {
            for value in fields.all(field.name) {
                form.add(field.name, value.as_str());
            }
        } else {
            form.set(field.name, fields.get(field.name));
        }
    }
    let revision = saved.map_or(0, |part| part.revision);
    form.set("revision", revision.to_string());
}
