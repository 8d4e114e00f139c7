//! The fields of each form.

use casework::domain::ServiceTask;
use casework::pages::capital;
use identity::people::StaffId;
use web::{Choice, Texts};

use crate::domain::parts::{self, Field, Input, PartType, SECTION};
use crate::domain::{ActionState, Attained, EndReason, Factor, GoalId, GoalKind, GoalState, Owner};
use crate::pages::act::What;
use crate::pages::act_read::{ACTIONS, REMOVED};
use crate::pages::ask::{Ask, Block, Group, Pick};
use crate::pages::common::word;
use crate::pages::frames::{Offered, find_action};
use crate::store::read::View;
use crate::store::review;

/// The blocks of a form; `offered` are those who may be named in it.
pub fn blocks(t: &Texts, me: StaffId, view: &View, what: What, offered: &Offered) -> Vec<Block> {
    match what {
        What::GoalNew => goal_blocks(t, me, view, offered, ACTIONS - 1),
        What::Goal(_) => goal_blocks(t, me, view, offered, 0),
        What::GoalEnd(id) => vec![Block::plain(vec![
            Ask::radios(
                "state",
                t.get("plan-goal-state"),
                states(
                    t,
                    "plan-goal-state",
                    GoalState::ALL.iter().map(|one| one.code()),
                    is_new(view, id),
                ),
            ),
            Ask::text("words", t.get("plan-state-words")).optional(),
        ])],
        What::ActionNew(_) | What::Action(_) => vec![action_block(t, me, view, offered, "")],
        What::ActionEnd(id) => vec![Block::plain(vec![
            Ask::radios(
                "state",
                t.get("plan-action-state"),
                states(
                    t,
                    "plan-action-state",
                    ActionState::ALL.iter().map(|one| one.code()),
                    find_action(view, id)
                        .is_some_and(|(_, one)| one.since_version.is_none() && view.may.write),
                ),
            ),
            Ask::text("words", t.get("plan-state-words")).optional(),
        ])],
        What::Part(part, _) => vec![part_block(t, part)],
        What::Section(_) => vec![part_block(t, &SECTION)],
        What::SectionNew => section_blocks(t, view, &offered.staff),
        What::Finish => finish_blocks(t, view),
        What::Change => vec![Block::plain(vec![
            Ask::line("why", t.get("plan-why")).hint(t.get("plan-why-hint")),
        ])],
        What::Review => review_blocks(t, view),
        What::End => vec![Block::plain(vec![
            Ask::radios(
                "reason",
                t.get("plan-end-reason"),
                choices(
                    t,
                    "plan-end",
                    EndReason::chosen(view.opened.stage())
                        .iter()
                        .map(|one| one.code()),
                ),
            ),
            Ask::text("words", t.get("plan-end-words")).optional(),
        ])],
        What::SectionEnd(_) => Vec::new(),
        What::Ask => vec![Block::plain(vec![Ask::radios(
            "tutor",
            t.get("plan-ask-tutor"),
            view.tutors
                .iter()
                .map(|(id, name)| Choice::new(id.to_string(), name.clone()))
                .collect(),
        )])],
        What::Return => vec![Block::plain(vec![
            Ask::text("words", t.get("plan-return-words")).rows(4),
        ])],
        What::Void => vec![Block::plain(vec![
            Ask::text("why", t.get("plan-void-why"))
                .hint(t.get("plan-void-why-hint"))
                .rows(4),
        ])],
        What::Elsewhere => elsewhere_blocks(t, view),
        What::Coordinator => vec![Block::plain(vec![
            Ask::select(
                "staff",
                t.get("plan-coordinator-staff"),
                coordinators(view, &offered.staff),
                t.get("plan-nobody"),
            )
            .optional(),
            Ask::line("name", t.get("plan-coordinator-name")).optional(),
        ])],
    }
}

fn choices<'a>(t: &Texts, family: &str, codes: impl Iterator<Item = &'a str>) -> Vec<Choice> {
    codes
        .map(|code| Choice::new(code, word(t, family, code)))
        .collect()
}

/// Where something stands; what nobody has agreed on may be taken away as well.
fn states<'a>(
    t: &Texts,
    family: &str,
    codes: impl Iterator<Item = &'a str>,
    new: bool,
) -> Vec<Choice> {
    choices(t, family, codes.chain(new.then_some(REMOVED)))
}

fn is_new(view: &View, id: GoalId) -> bool {
    let goal = view.goals.iter().find(|one| one.id == id);
    view.may.write && goal.is_some_and(|goal| goal.since_version.is_none())
}

/// Whose it is: all clients', or one's own, which the others' readers do not see.
fn whose(t: &Texts, view: &View, label: &str) -> Option<Ask> {
    if !view.joint() {
        return None;
    }
    let mut choices = vec![Choice::new("", t.get("plan-common"))];
    choices.extend(view.people.iter().map(|one| {
        Choice::new(
            one.id.to_string(),
            t.with("plan-own-of", &[("name", one.name.as_str().into())]),
        )
    }));
    let ask = Ask::radios("whose", t.get(label), choices);
    Some(ask.hint(t.get("plan-whose-hint")))
}

fn goal_blocks(
    t: &Texts,
    me: StaffId,
    view: &View,
    offered: &Offered,
    actions: usize,
) -> Vec<Block> {
    let mut asks: Vec<Ask> = whose(t, view, "plan-whose-goal").into_iter().collect();
    asks.push(
        Ask::text("words", t.get("plan-goal-words"))
            .hint(t.get("plan-goal-words-hint"))
            .rows(2),
    );
    asks.push(Ask::radios(
        "kind",
        t.get("plan-goal-kind"),
        choices(t, "plan-kind", GoalKind::ALL.iter().map(|one| one.code())),
    ));
    let mut blocks = vec![Block::plain(asks)];
    for row in 1..=actions {
        let mut block = action_block(t, me, view, offered, &format!("-{row}"));
        block.legend = t.with("plan-action-row", &[("no", row.into())]);
        blocks.push(block);
    }
    blocks.push(Block::of(
        &t.get("plan-goal-more"),
        vec![
            Ask::text("steps", t.get("plan-goal-steps"))
                .hint(t.get("plan-goal-steps-hint"))
                .optional(),
            Ask::text("helps", t.get("plan-goal-helps"))
                .rows(2)
                .optional(),
            Ask::text("hinders", t.get("plan-goal-hinders"))
                .rows(2)
                .optional(),
        ],
    ));
    blocks
}

fn action_block(t: &Texts, me: StaffId, view: &View, offered: &Offered, end: &str) -> Block {
    let name = |name: &str| format!("{name}{end}");
    let mut block =
        Block::plain(vec![Ask::line(&name("what"), t.get("plan-action-what"))]).row(vec![
            Ask::grouped(
                &name("owner"),
                t.get("plan-action-owner"),
                owners(t, me, view, offered),
                String::new(),
            ),
            Ask::line(&name("name"), t.get("plan-action-partner")).optional(),
            Ask::day(&name("due"), t.get("plan-action-due")),
        ]);
    if end.is_empty() {
        block = block.row(vec![
            Ask::tick("development", t.get("plan-action-development"))
                .hint(t.get("plan-action-development-hint")),
        ]);
    }
    block
}

/// Who can bring the services together; the one who does it stays, whatever has come between.
fn coordinators(view: &View, staff: &[(String, String)]) -> Vec<Choice> {
    let plan = &view.opened.plan;
    let kept = plan.coordinator_staff.map(|staff| staff.to_string());
    let kept = kept
        .zip(plan.coordinator.clone())
        .filter(|(id, _)| staff.iter().all(|(one, _)| one != id));
    kept.iter()
        .chain(staff)
        .map(|(id, name)| Choice::new(id.clone(), name.clone()))
        .collect()
}

/// Who can do an action: the clients, the workers of the matter with me first, a partner by name.
fn owners(t: &Texts, me: StaffId, view: &View, offered: &Offered) -> Vec<Group> {
    let pick = |value: String, label: String| Pick {
        value,
        label,
        disabled: false,
    };
    let clients = view
        .people
        .iter()
        .map(|one| pick(format!("client:{}", one.id), one.name.clone()))
        .collect();
    let mut workers = vec![pick(format!("staff:{me}"), t.get("plan-me"))];
    workers.extend(
        view.workers
            .iter()
            .filter(|one| one.staff != me && offered.free.is(one.staff))
            .map(|one| pick(format!("staff:{}", one.staff), one.name.clone())),
    );
    // An owner who no longer works on the matter stays as long as nobody names another.
    for action in view.goals.iter().flat_map(|goal| &goal.actions) {
        let value = action.owner.pick();
        let known = workers.iter().any(|one| one.value == value);
        if matches!(action.owner, Owner::Worker(_)) && !known {
            workers.push(pick(value, action.who.clone()));
        }
    }
    vec![
        Group {
            label: t.get("plan-owner-clients"),
            picks: clients,
        },
        Group {
            label: t.get("plan-owner-workers"),
            picks: workers,
        },
        Group {
            label: t.get("plan-owner-others"),
            picks: vec![pick("partner".to_owned(), t.get("plan-owner-partner"))],
        },
    ]
}

fn part_block(t: &Texts, part: &PartType) -> Block {
    let asks = part
        .fields
        .iter()
        .map(|field| field_ask(t, part, field))
        .collect();
    Block::plain(asks)
}

fn field_ask(t: &Texts, part: &PartType, field: &Field) -> Ask {
    let label = word(t, "plan-field", &format!("{}-{}", part.code, field.name));
    let codes = |codes: &'static [&'static str]| {
        choices(
            t,
            &format!("plan-code-{}-{}", part.code, field.name),
            codes.iter().copied(),
        )
    };
    let ask = match field.input {
        Input::Line => Ask::line(field.name, label),
        Input::Text | Input::Own => Ask::text(field.name, label),
        Input::Day => Ask::day(field.name, label),
        Input::Tick => Ask::tick(field.name, label),
        Input::Codes(all) => Ask::checks(field.name, label, codes(all)),
        Input::One(all) => Ask::radios(field.name, label, codes(all)),
    };
    if field.hint {
        let hint = word(t, "plan-hint", &format!("{}-{}", part.code, field.name));
        ask.hint(hint).optional()
    } else {
        ask.optional()
    }
}

fn section_blocks(t: &Texts, view: &View, staff: &[(String, String)]) -> Vec<Block> {
    let own = view.opened.facts.service_task;
    let tasks = ServiceTask::ALL
        .iter()
        .filter(|task| **task != own)
        .map(|task| Choice::new(task.code(), capital(&word(t, "service-task", task.code()))))
        .collect();
    let writers = staff
        .iter()
        .map(|(id, name)| Choice::new(id.clone(), name.clone()))
        .collect();
    let mut asks: Vec<Ask> = whose(t, view, "plan-whose-section").into_iter().collect();
    asks.extend([
        Ask::line("heading", t.get("plan-section-heading"))
            .hint(t.get("plan-section-heading-hint")),
        Ask::select(
            "task",
            t.get("plan-section-task"),
            tasks,
            t.get("plan-nobody"),
        )
        .optional(),
        Ask::line("partner", t.get("plan-section-partner")).optional(),
        Ask::select(
            "writer",
            t.get("plan-section-writer"),
            writers,
            t.get("plan-nobody"),
        )
        .hint(t.get("plan-section-writer-hint"))
        .optional(),
    ]);
    vec![Block::plain(asks)]
}

fn made(t: &Texts) -> Vec<Ask> {
    vec![
        Ask::radios(
            "with",
            t.get("plan-with"),
            choices(t, "plan-with", ["yes", "no"].into_iter()),
        ),
        Ask::text("obstacle", t.get("plan-obstacle"))
            .hint(t.get("plan-obstacle-hint"))
            .rows(2)
            .optional(),
        Ask::day("review_on", t.get("plan-review-day")).hint(t.get("plan-review-day-hint")),
    ]
}

fn finish_blocks(t: &Texts, view: &View) -> Vec<Block> {
    let mut asks = made(t);
    if view.opened.document.version_no > 0 && view.opened.document.correcting.is_none() {
        asks.push(Ask::line("why", t.get("plan-why")));
    }
    vec![Block::plain(asks)]
}

fn review_blocks(t: &Texts, view: &View) -> Vec<Block> {
    let mut blocks = vec![Block::plain(vec![Ask::day("on", t.get("plan-review-on"))])];
    let factors = || choices(t, "plan-factor", Factor::ALL.iter().map(|one| one.code()));
    for goal in view.goals.iter().filter(|goal| review::is_reviewed(goal)) {
        let name = |field: &str| format!("{field}-{}", goal.id);
        let mut block = Block::plain(vec![
            Ask::hidden("goal", &goal.id.to_string()),
            Ask::radios(
                &name("attained"),
                t.get("plan-review-attained"),
                choices(
                    t,
                    "plan-attained",
                    Attained::ALL.iter().map(|one| one.code()),
                ),
            ),
            Ask::text(&name("client"), t.get("plan-review-client"))
                .rows(2)
                .optional(),
            Ask::text(&name("worker"), t.get("plan-review-worker"))
                .rows(2)
                .optional(),
        ]);
        for field in ["helped", "hindered"] {
            block = block
                .row(vec![
                    Ask::text(
                        &name(&format!("{field}_words")),
                        word(t, "plan-review", field),
                    )
                    .rows(2)
                    .optional(),
                ])
                .row(vec![
                    Ask::checks(&name(field), word(t, "plan-review-codes", field), factors())
                        .optional(),
                ]);
        }
        block.quote = format!("”{}”", goal.words);
        blocks.push(block);
    }
    blocks.push(Block::of(
        &t.get("plan-review-whole"),
        vec![
            Ask::checks(
                "services",
                t.get("plan-review-services-codes"),
                choices(
                    t,
                    "plan-code-means-services",
                    parts::SERVICES.iter().copied(),
                ),
            )
            .optional(),
            Ask::text("services_words", t.get("plan-review-services")).optional(),
            Ask::text("methods", t.get("plan-review-methods"))
                .rows(2)
                .optional(),
            Ask::text("words", t.get("plan-review-words"))
                .rows(2)
                .optional(),
        ],
    ));
    blocks.push(Block::of(&t.get("plan-review-next"), made(t)));
    blocks
}

fn elsewhere_blocks(t: &Texts, view: &View) -> Vec<Block> {
    let mut asks = Vec::new();
    if view.people.len() > 1 {
        let people = view
            .people
            .iter()
            .map(|one| Choice::new(one.id.to_string(), one.name.clone()))
            .collect();
        asks.push(Ask::radios("whose", t.get("plan-whose"), people));
    }
    if let [person] = &view.people[..] {
        asks.push(Ask::hidden("whose", &person.id.to_string()));
    }
    asks.extend([
        Ask::line("keeper", t.get("plan-elsewhere-keeper"))
            .hint(t.get("plan-elsewhere-keeper-hint")),
        Ask::text("what", t.get("plan-elsewhere-what")),
        Ask::line("told_by", t.get("plan-elsewhere-told")),
        Ask::day("known_on", t.get("plan-elsewhere-day")),
    ]);
    vec![Block::plain(asks)]
}
