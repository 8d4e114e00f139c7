//! What the synthetic county is made with: a store on a clock that can be set, the desks of its acts, a bar of progress.

use std::path::Path;
use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};
use intake::domain::IntakeSettings;
use kernel::chance::{Chance, SeededChance, SystemChance};
use kernel::clock::{Clock, ManualClock, SystemClock};
use store::{Engine, LogKey, Store, StoreConfig};
use web::Secrets;

use crate::commands::SECRET_FILE;
use crate::demo::Size;
use crate::error::AppError;
use crate::features;
use crate::house::{endings, new_desk};

/// Where a synthetic county is made.
pub struct Making {
    pub store: Store,
    pub clock: Arc<ManualClock>,
    pub desks: synth::Desks,
    pub plan: synth::Plan,
}

impl Making {
    /// Opens the county's store and the desks. `seed` is that of ids and chance: a run that goes on has another than the one
    /// that was cut off.
    ///
    /// # Errors
    /// When a key cannot be read or made, or the store does not open.
    pub fn open(
        code: &str,
        engine: Engine,
        heads: &Path,
        key: LogKey,
        (size, seed): (Size, u64),
    ) -> Result<Self, AppError> {
        let now = SystemClock.now();
        let secret = LogKey::load_or_create(&heads.join(SECRET_FILE), &SystemChance)?;
        let secrets = Secrets::of_county(secret.0, code);
        let clock = Arc::new(ManualClock::new(now));
        let chance: Arc<dyn Chance> = Arc::new(SeededChance::new(seed));
        let as_clock: Arc<dyn Clock> = clock.clone();
        let config = StoreConfig::new(
            code,
            engine,
            heads,
            key,
            Arc::clone(&as_clock),
            Arc::clone(&chance),
        );
        let desk = new_desk(&as_clock, &chance, IntakeSettings::default());
        Ok(Self {
            store: Store::open(config, &features::migrations())?,
            clock,
            desks: synth::Desks::of(desk, &secrets, endings()),
            plan: synth::Plan {
                county: code.to_owned(),
                persons: size.persons,
                years: size.years,
                seed: size.seed,
                now,
                identity_key: identity::IdentityKey::of(&secrets),
                register: Some(identity::RegisterFile::beside(heads, code).0),
            },
        })
    }
}

/// A bar of progress by this template.
pub fn bar(template: &str) -> ProgressBar {
    let bar = ProgressBar::new(1);
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar
}

/// What tells the bar how much of how much is done.
pub fn told(bar: &ProgressBar) -> impl FnMut(u64, u64) {
    let bar = bar.clone();
    move |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    }
}
