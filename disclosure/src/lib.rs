//! Disclosure control of counts of people: what may be printed so that nobody can be recognised (invariant I8).
//!
//! A table is given as cells with counts and the sums that hold between them. Counts under the threshold are hidden
//! (primary), and so many others with them (complementary) that no hidden count can be told from what is printed,
//! neither by a stranger nor by somebody who is the one person of a cell. The judge is always [`audit()`]: an interval for
//! every hidden count, found by linear programming over all tables that agree with the printed numbers.
//!
//! The method is of the kind described in A. Hundepool et al.,
//! *Statistical Disclosure Control* (Wiley, 2012), chapter 4.
//!
//! This room knows nothing of clients, pages or databases.

pub mod audit;
pub mod command;
mod lp;
mod moves;
pub mod protect;
pub mod rates;
pub mod release;
pub mod rounding;
pub mod sources;
mod system;
pub mod table;

pub use audit::{Audit, Interval, audit, audit_knowing};
pub use protect::{Protected, Status, protect, protect_knowing};
pub use release::{Refused, Released, Run, Shown, release, release_knowing, release_rounded};
pub use system::Known;
pub use table::{Equation, Table, TableError};
