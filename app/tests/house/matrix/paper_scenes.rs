//! A client's matter with the papers of casework as an act needs them: an assessment, a plan, a note, each drafted or
//! finished, the worker's own or another's. Put there without the rooms' own acts, so that nothing but the relation of the
//! scene stands between the worker and the client.

use assessment::domain::parts::own_part;
use clients::ClientId;
use documents::{Body, Fields};
use identity::people::StaffId;
use kernel::time::{SignedDuration, Timestamp, day};
use store::{StoreError, WriteTx, params};

use super::scenes::{Scene, Set, set};
use crate::actors::{Actor, Cast, fresh};
use crate::between::{Between, relate};
use crate::county::County;

/// Which paper is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Paper {
    /// None yet.
    Bare,
    /// Everything that the law asks is written; the worker has a section in it.
    Assessment,
    /// As before, and a social worker in public office works on the matter.
    AssessmentOfPair,
    AssessmentFinished,
    OwnAssessment,
    AssessmentForMe,
    AssessmentForTutor,
    AssessmentToVoid,
    /// With a goal, an action, a section of the worker's own.
    PlanDraft,
    PlanInForce,
    OwnPlan,
    /// A student has asked this worker to approve it.
    PlanForMe,
    /// The worker has asked a tutor.
    PlanForTutor,
    /// Another asks that it be voided.
    PlanToVoid,
    OwnDraft,
    OthersDraft,
    /// A student's note that waits for this worker.
    WaitsForMe,
    /// The worker's own note that waits for a tutor.
    WaitsForTutor,
    OwnNote,
    OthersNote,
    /// Another's note, which its writer asks to be voided.
    VoidAsked,
}

/// What stands in the addresses and forms.
#[derive(Debug, Clone, Copy)]
pub struct Laid {
    pub set: Set,
    pub document: [u8; 16],
    pub goal: [u8; 16],
    pub action: [u8; 16],
    pub section: [u8; 16],
    /// A plan kept elsewhere.
    pub elsewhere: [u8; 16],
    pub step: [u8; 16],
}

impl Laid {
    fn over(set: Set) -> Self {
        Self {
            set,
            document: fresh(),
            goal: fresh(),
            action: fresh(),
            section: fresh(),
            elsewhere: fresh(),
            step: fresh(),
        }
    }

    /// Other papers of the same matter.
    pub fn anew(&self) -> Self {
        Self::over(self.set)
    }
}

/// Where papers are laid.
pub struct Table<'t, 'w> {
    tx: &'t mut WriteTx<'w>,
    pub laid: Laid,
    me: StaffId,
    cast: Cast,
    now: Timestamp,
}

/// Lays the papers on a client's matter in a relation to the worker.
pub fn lay(
    county: &County,
    model: (ClientId, [u8; 16]),
    actor: &Actor,
    cast: &Cast,
    (between, paper): (Between, Paper),
) -> Laid {
    let laid = Laid::over(set(county, model, actor, cast, (between, Scene::Plain)));
    let (me, cast, now) = (actor.staff, *cast, county.built.house.now());
    let store = &county.built.house.store;
    store
        .write_blocking(move |tx| Table::over(tx, laid, me, cast, now).put(paper))
        .expect("papers");
    laid
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().copied().collect()
}

impl<'t, 'w> Table<'t, 'w> {
    pub fn over(
        tx: &'t mut WriteTx<'w>,
        laid: Laid,
        me: StaffId,
        cast: Cast,
        now: Timestamp,
    ) -> Self {
        Self {
            tx,
            laid,
            me,
            cast,
            now,
        }
    }

    fn put(&mut self, paper: Paper) -> Result<(), StoreError> {
        let (other, third, me) = (self.cast.other, self.cast.third, self.me);
        match paper {
            Paper::Bare => Ok(()),
            Paper::Assessment => self.assessment("draft", other, None),
            Paper::AssessmentOfPair => {
                self.third_is(Between::Matter)?;
                self.assessment("draft", other, None)
            }
            Paper::AssessmentFinished => self.assessment("finished", other, None),
            Paper::OwnAssessment => self.assessment("finished", me, None),
            Paper::AssessmentForMe => self.assessment("waiting", third, Some(me)),
            Paper::AssessmentForTutor => self.assessment("waiting", me, Some(third)),
            Paper::AssessmentToVoid => {
                self.assessment("finished", other, None)?;
                self.voiding_is_asked(other)
            }
            Paper::PlanDraft => self.plan("draft", other, None),
            Paper::PlanInForce => self.plan("finished", other, None),
            Paper::OwnPlan => self.plan("finished", me, None),
            Paper::PlanForMe => self.plan("waiting", third, Some(me)),
            Paper::PlanForTutor => self.plan("waiting", me, Some(third)),
            Paper::PlanToVoid => {
                self.plan("finished", other, None)?;
                self.voiding_is_asked(other)
            }
            Paper::OwnDraft => self.note("draft", me, None),
            Paper::OthersDraft => self.note("draft", other, None),
            Paper::WaitsForMe => self.note("waiting", third, Some(me)),
            Paper::WaitsForTutor => self.note("waiting", me, Some(third)),
            Paper::OwnNote => self.note("finished", me, None),
            Paper::OthersNote => self.note("finished", other, None),
            Paper::VoidAsked => {
                self.note("finished", other, None)?;
                self.voiding_is_asked(other)
            }
        }
    }

    /// A relation of the third to the client.
    fn third_is(&mut self, between: Between) -> Result<(), StoreError> {
        let both = (self.laid.set.client, self.laid.set.matter);
        let (third, unit, now) = (self.cast.third, self.cast.foreign, self.now);
        relate(self.tx, both, third, unit, between, now)
    }

    /// Somebody asks that the document be voided.
    fn voiding_is_asked(&mut self, by: StaffId) -> Result<(), StoreError> {
        self.tx.execute(
            "insert into document_void (document_id, reason, asked_at, asked_by) values ($1, 'Syy', $2, $3)",
            &params![self.laid.document, self.now, by.bytes()],
        )?;
        Ok(())
    }

    fn on(&self, days: i64) -> String {
        day(self.now + SignedDuration::from_hours(24 * days)).to_string()
    }

    fn document(
        &mut self,
        kind: &str,
        state: &str,
        by: StaffId,
        tutor: Option<StaffId>,
        body: &Body,
    ) -> Result<(), StoreError> {
        let finished = state == "finished";
        let (document, text) = (
            self.laid.document,
            serde_json::to_string(body).expect("text"),
        );
        self.tx.execute(
            "insert into document (id, kind, matter_id, service_task, state, version_no, revision, language, made_at, made_by, changed_at, finished_at, tutor, asked_by) values ($1, $2, $3, 'working_age', $4, $5, 1, 'fi', $6, $7, $6, $8, $9, $10)",
            &params![
                document,
                kind,
                self.laid.set.matter,
                state,
                i64::from(finished),
                self.now,
                by.bytes(),
                finished.then_some(self.now),
                tutor.map(|staff| staff.bytes()),
                tutor.map(|_| by.bytes())
            ],
        )?;
        self.tx.execute(
            "insert into document_client (id, document_id, client_id) values ($1, $2, $3)",
            &params![fresh(), document, self.laid.set.client.bytes()],
        )?;
        for (part, fields) in &body.0 {
            self.tx.execute(
                "insert into document_part (id, document_id, part, fields, revision, changed_at, changed_by) values ($1, $2, $3, $4, 1, $5, $6)",
                &params![fresh(), document, part, fields.to_json(), self.now, by.bytes()],
            )?;
        }
        if finished {
            self.tx.execute(
                "insert into document_version (document_id, no, body, digest, finished_at, finished_by) values ($1, 1, $2, $3, $4, $5)",
                &params![
                    document,
                    text.as_str(),
                    blake3::hash(text.as_bytes()).as_bytes().to_vec(),
                    self.now,
                    by.bytes()
                ],
            )?;
        }
        Ok(())
    }

    pub fn assessment(
        &mut self,
        state: &str,
        by: StaffId,
        tutor: Option<StaffId>,
    ) -> Result<(), StoreError> {
        // Whoever learns may ask the one who guides.
        self.third_is(Between::Kind("tutor_of"))?;
        let own = own_part(self.laid.set.client);
        let section = StaffId::from_bytes(self.laid.section);
        let mut body = Body::default();
        for (part, pairs) in [
            (own.as_str(), &[("own", "Haluan pitää kotini")][..]),
            ("areas", &[("open", "money")]),
            (
                "money",
                &[("own", "Rahat eivät riitä"), ("need", "temporary")],
            ),
            (
                "conclusions",
                &[
                    ("conclusions", "Tarvitsee ohjausta"),
                    ("continues", "yes"),
                    ("own_worker", "yes"),
                    ("plan", "yes"),
                ],
            ),
        ] {
            body.put(part, fields(pairs));
        }
        body.put(
            format!("expert-{section}"),
            fields(&[("view", "Näin arvioin")]),
        );
        self.document("assessment", state, by, tutor, &body)?;
        self.asked()
    }

    /// The worker is asked for a section of the assessment.
    pub fn asked(&mut self) -> Result<(), StoreError> {
        let due = self.on(5);
        self.tx.execute(
            "insert into assessment_section (id, document_id, kind, staff_id, question, due_on, asked_at, asked_by) values ($1, $2, 'health', $3, 'Mitä?', $4, $5, $6)",
            &params![
                self.laid.section,
                self.laid.document,
                self.me.bytes(),
                due,
                self.now,
                self.cast.other.bytes()
            ],
        )?;
        Ok(())
    }

    fn plan(&mut self, state: &str, by: StaffId, tutor: Option<StaffId>) -> Result<(), StoreError> {
        self.third_is(Between::Kind("tutor_of"))?;
        let mut body = Body::default();
        body.put("made", fields(&[("place", "Toimisto")]));
        self.document("plan", state, by, tutor, &body)?;
        let finished = state == "finished";
        let stage = if finished { "in_force" } else { "draft" };
        let (document, client, now) = (self.laid.document, self.laid.set.client.bytes(), self.now);
        let review = self.on(60);
        self.tx.execute(
            "insert into plan (document_id, matter_id, state, in_force_at, review_on, with_client) values ($1, $2, $3, $4, $5, 1)",
            &params![document, self.laid.set.matter, stage, finished.then_some(now), finished.then_some(review)],
        )?;
        self.tx.execute(
            "insert into plan_client (id, document_id, client_id, no, state, began_at) values ($1, $2, $3, 1, $4, $5)",
            &params![fresh(), document, client, stage, now],
        )?;
        self.goal(finished, by)?;
        self.section()?;
        self.elsewhere()
    }

    /// A goal with an action of a partner.
    pub fn goal(&mut self, agreed: bool, by: StaffId) -> Result<(), StoreError> {
        let (document, now, due) = (self.laid.document, self.now, self.on(7));
        let since = agreed.then_some(1_i64);
        self.tx.execute(
            "insert into plan_goal (id, document_id, words, kind, steps, helps, hinders, state, since_version, revision, made_at, changed_at, changed_by) values ($1, $2, 'Oma koti', '1', '', '', '', 'open', $3, 1, $4, $4, $5)",
            &params![self.laid.goal, document, since, now, by.bytes()],
        )?;
        self.tx.execute(
            "insert into plan_action (id, goal_id, document_id, what, owner_kind, owner_name, due_on, development, state, since_version, revision, made_at, changed_at, changed_by) values ($1, $2, $3, 'Neuvo', 'partner', 'Talous- ja velkaneuvonta', $4, 0, 'open', $5, 1, $6, $6, $7)",
            &params![self.laid.action, self.laid.goal, document, due, since, now, by.bytes()],
        )?;
        Ok(())
    }

    /// A part of the plan that the worker writes.
    pub fn section(&mut self) -> Result<(), StoreError> {
        self.tx.execute(
            "insert into plan_section (id, document_id, heading, partner, writer, made_at, made_by) values ($1, $2, 'Työllistyminen', 'Työllisyyspalvelut', $3, $4, $3)",
            &params![self.laid.section, self.laid.document, self.me.bytes(), self.now],
        )?;
        Ok(())
    }

    /// A plan that somebody else keeps.
    pub fn elsewhere(&mut self) -> Result<(), StoreError> {
        let known = self.on(-1);
        self.tx.execute(
            "insert into plan_elsewhere (id, client_id, matter_id, whose, what, told_by, known_on, recorded_at, recorded_by) values ($1, $2, $3, 'Hoitaja', 'Hoitosuunnitelma', 'Asiakas', $4, $5, $6)",
            &params![
                self.laid.elsewhere,
                self.laid.set.client.bytes(),
                self.laid.set.matter,
                known,
                self.now,
                self.me.bytes()
            ],
        )?;
        Ok(())
    }

    /// Further versions of the document, all alike.
    pub fn versions(&mut self, numbers: std::ops::RangeInclusive<i64>) -> Result<(), StoreError> {
        for no in numbers {
            self.tx.execute(
                "insert into document_version (document_id, no, body, digest, reason, finished_at, finished_by) select document_id, $2, body, digest, 'Syy', finished_at, finished_by from document_version where document_id = $1 and no = 1",
                &params![self.laid.document, no],
            )?;
            self.tx.execute(
                "update document set version_no = $2 where id = $1",
                &params![self.laid.document, no],
            )?;
        }
        Ok(())
    }

    /// A review of every version of a plan.
    pub fn reviews(&mut self, plan: Laid, last: i64) -> Result<(), StoreError> {
        for no in 1..=last {
            let (review, on) = (fresh(), self.on(0));
            self.tx.execute(
                "insert into plan_review (id, document_id, version_no, reviewed_on, at, by_staff, services, services_used, methods, words) values ($1, $2, $3, $4, $5, $6, '', '', '', '')",
                &params![review, plan.document, no, on, self.now, self.me.bytes()],
            )?;
            self.tx.execute(
                "insert into plan_review_goal (id, review_id, goal_id, attained, client_words, worker_words, helped, helped_words, hindered, hindered_words) values ($1, $2, $3, 'partly', '', '', '', '', '', '')",
                &params![fresh(), review, plan.goal],
            )?;
        }
        Ok(())
    }

    pub fn note(
        &mut self,
        state: &str,
        by: StaffId,
        tutor: Option<StaffId>,
    ) -> Result<(), StoreError> {
        let mut body = Body::default();
        body.put(
            "common",
            fields(&[("body", "Tavattiin"), ("when", "1.3.2026 klo 10")]),
        );
        self.document("note", state, by, tutor, &body)?;
        self.tx.execute(
            "insert into note (document_id, what, happened_at) values ($1, 'home', $2)",
            &params![self.laid.document, self.now],
        )?;
        if state == "finished" {
            self.tx.execute(
                "insert into note_step (id, document_id, matter_id, line, what, owner_kind, owner_name, due_on, state, made_at, made_by) values ($1, $2, $3, 1, 'Soittaa', 'other', 'Isännöitsijä', $4, 'open', $5, $6)",
                &params![
                    self.laid.step,
                    self.laid.document,
                    self.laid.set.matter,
                    self.on(3),
                    self.now,
                    by.bytes()
                ],
            )?;
        }
        Ok(())
    }
}
