//! The one place that a client has for a plan (invariant I2).
//!
//! A plan begins, and comes into force, only with a [`Place`] for each of its clients, and a place is made only from what is
//! known of all plans of that client. The table says the same with a unique index.

use clients::ClientId;
use documents::DocumentId;

use super::Stage;

/// A plan of a client, as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub plan: DocumentId,
    pub client: ClientId,
    pub stage: Stage,
}

/// The free place of one client.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    client: ClientId,
}

/// The plan that is in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken(pub Known);

impl Place {
    /// The place of a client for a new plan: free when none is in force and none is being made.
    ///
    /// # Errors
    /// [`Taken`] with the plan in force, or else the one being made.
    pub fn to_begin(client: ClientId, known: &[Known]) -> Result<Self, Taken> {
        let of = |stage| {
            known
                .iter()
                .find(move |one| one.client == client && one.stage == stage)
        };
        match of(Stage::InForce).or_else(|| of(Stage::Draft)) {
            Some(one) => Err(Taken(*one)),
            None => Ok(Self { client }),
        }
    }

    /// The place of a client for this plan to come into force: free when no other is in force.
    ///
    /// # Errors
    /// [`Taken`] with the other one.
    pub fn to_come_into_force(
        plan: DocumentId,
        client: ClientId,
        known: &[Known],
    ) -> Result<Self, Taken> {
        let other = known
            .iter()
            .find(|one| one.client == client && one.plan != plan && one.stage == Stage::InForce);
        match other {
            Some(one) => Err(Taken(*one)),
            None => Ok(Self { client }),
        }
    }

    /// Whose it is.
    pub const fn client(&self) -> ClientId {
        self.client
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STAGES: [Stage; 3] = [Stage::Draft, Stage::InForce, Stage::Ended];

    fn client(number: u8) -> ClientId {
        ClientId::from_bytes([number; 16])
    }

    fn plan(number: u8) -> DocumentId {
        DocumentId::from_bytes([number; 16])
    }

    fn known() -> impl Strategy<Value = Vec<Known>> {
        prop::collection::vec((0_u8..4, 0_u8..3, 0_usize..3), 0..6).prop_map(|rows| {
            rows.into_iter()
                .map(|(number, whose, stage)| Known {
                    plan: plan(number),
                    client: client(whose),
                    stage: STAGES[stage],
                })
                .collect()
        })
    }

    /// What the plans are after random steps that go through a place.
    fn run(steps: &[(u8, u8, u8)]) -> Vec<Known> {
        let mut plans: Vec<Known> = Vec::new();
        for (number, whose, what) in steps {
            let (plan, whose) = (plan(*number), client(*whose));
            let mine = plans
                .iter()
                .position(|one| one.plan == plan && one.client == whose);
            match (what, mine) {
                (0, None) if Place::to_begin(whose, &plans).is_ok() => plans.push(Known {
                    plan,
                    client: whose,
                    stage: Stage::Draft,
                }),
                (1, Some(at))
                    if plans[at].stage == Stage::Draft
                        && Place::to_come_into_force(plan, whose, &plans).is_ok() =>
                {
                    plans[at].stage = Stage::InForce;
                }
                (2, Some(at)) => plans[at].stage = Stage::Ended,
                _ => {}
            }
        }
        plans
    }

    proptest! {
        #[test]
        fn a_place_is_free_exactly_when_nothing_is_in_it(known in known(), whose in 0_u8..3) {
            let open = known.iter().any(|one| one.client == client(whose) && one.stage != Stage::Ended);
            prop_assert_eq!(Place::to_begin(client(whose), &known).is_err(), open);
        }

        #[test]
        fn one_plan_is_in_force_after_every_history(steps in prop::collection::vec((0_u8..5, 0_u8..3, 0_u8..3), 0..40)) {
            let plans = run(&steps);
            for whose in 0..3 {
                for stage in [Stage::InForce, Stage::Draft] {
                    let count = plans.iter().filter(|one| one.client == client(whose) && one.stage == stage).count();
                    prop_assert!(count <= 1);
                }
            }
        }
    }
}
