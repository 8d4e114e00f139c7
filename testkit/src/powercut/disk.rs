//! The disk's files, locks and shared memory, without any pointers.

use std::collections::HashMap;

use kernel::chance::Chance;

const SECTOR: usize = 512;
/// Slots of the lock table of the shared memory, as SQLite numbers them.
const SLOTS: usize = 8;
/// Bytes of a region of shared memory.
pub const REGION: usize = 32 * 1024;

/// Lock levels of a database file, as SQLite numbers them.
pub const NONE: i32 = 0;
const SHARED: i32 = 1;
const RESERVED: i32 = 2;
const PENDING: i32 = 3;
const EXCLUSIVE: i32 = 4;

#[derive(Clone)]
enum Op {
    Write { at: usize, bytes: Vec<u8> },
    Length(usize),
}

/// What a request met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

#[derive(Default)]
pub struct File {
    written: Vec<u8>,
    forced: Vec<u8>,
    /// What was written since the file was last forced.
    pending: Vec<Op>,
    levels: HashMap<u64, i32>,
    slots: [Slot; SLOTS],
    regions: Vec<Box<[u64; REGION / 8]>>,
    mapped: Vec<u64>,
}

#[derive(Default)]
struct Slot {
    exclusive: Option<u64>,
    shared: Vec<u64>,
}

#[derive(Default)]
pub struct Disk {
    pub files: HashMap<String, File>,
    /// Forcing does nothing and says it did.
    pub lies: bool,
    /// Forcing fails.
    pub fails: bool,
    /// So many times more forcing fails and what it should have forced is forgotten: the next forcing says it did all, as
    /// an operating system does that has told of a failed write once.
    pub forgets: u32,
    /// Nothing can be written any more.
    pub read_only: bool,
    /// Bytes that all files together may have.
    pub room: Option<usize>,
}

/// What a power cut leaves of what was written and not forced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    Nothing,
    Everything,
    /// Every sector by accident.
    Some,
    /// What came first, up to a sector that was cut in the middle.
    Torn,
}

impl Left {
    /// Each way once.
    pub const ALL: [Self; 4] = [Self::Nothing, Self::Everything, Self::Some, Self::Torn];
}

fn apply(bytes: &mut Vec<u8>, at: usize, part: &[u8]) {
    if bytes.len() < at + part.len() {
        bytes.resize(at + part.len(), 0);
    }
    bytes[at..at + part.len()].copy_from_slice(part);
}

impl Disk {
    /// The disk after the power was cut at this moment.
    pub fn after_cut(&self, left: Left, chance: &dyn Chance) -> Self {
        let files = self
            .files
            .iter()
            .map(|(name, file)| (name.clone(), file.after_cut(left, chance)));
        Self {
            files: files.collect(),
            ..Self::default()
        }
    }

    /// The bytes as they are now, written and forced, without locks and faults.
    pub fn still(&self) -> Self {
        let files = self.files.iter().map(|(name, file)| {
            let still = File {
                written: file.written.clone(),
                forced: file.forced.clone(),
                pending: file.pending.clone(),
                ..File::default()
            };
            (name.clone(), still)
        });
        Self {
            files: files.collect(),
            ..Self::default()
        }
    }

    /// Whether a write of so many bytes from a place of a file has room.
    pub fn has_room(&self, name: &str, end: usize) -> bool {
        let Some(room) = self.room else { return true };
        let length = |file: &File| file.length();
        let own = self.files.get(name).map_or(0, length);
        let all: usize = self.files.values().map(length).sum();
        all + end.saturating_sub(own) <= room || end <= own
    }
}

impl File {
    pub fn length(&self) -> usize {
        self.written.len()
    }

    /// Fills `out` from the file; gives how many bytes were there.
    pub fn read(&self, at: usize, out: &mut [u8]) -> usize {
        let there = self.written.get(at..).unwrap_or_default();
        let count = there.len().min(out.len());
        out[..count].copy_from_slice(&there[..count]);
        out[count..].fill(0);
        count
    }

    pub fn write(&mut self, at: usize, bytes: &[u8]) {
        apply(&mut self.written, at, bytes);
        // Sector by sector: each one may or may not survive.
        let mut from = 0;
        while from < bytes.len() {
            let end = (from + SECTOR - (at + from) % SECTOR).min(bytes.len());
            self.pending.push(Op::Write {
                at: at + from,
                bytes: bytes[from..end].to_vec(),
            });
            from = end;
        }
    }

    pub fn set_length(&mut self, length: usize) {
        self.written.resize(length, 0);
        self.pending.push(Op::Length(length));
    }

    /// Forces everything written to the disk.
    pub fn force(&mut self) {
        for op in self.pending.drain(..) {
            match op {
                Op::Write { at, bytes } => apply(&mut self.forced, at, &bytes),
                Op::Length(length) => self.forced.resize(length, 0),
            }
        }
    }

    /// Forgets what should have been forced; who reads still gets it.
    pub fn forget(&mut self) {
        self.pending.clear();
    }

    fn after_cut(&self, left: Left, chance: &dyn Chance) -> Self {
        let mut bytes = self.forced.clone();
        let torn = match left {
            Left::Torn if !self.pending.is_empty() => chance.below(self.pending.len() as u64),
            _ => u64::MAX,
        };
        for (index, op) in self.pending.iter().enumerate() {
            let survives = match left {
                Left::Nothing => false,
                Left::Everything => true,
                Left::Some => chance.below(2) == 1,
                Left::Torn => index as u64 <= torn,
            };
            match op {
                _ if !survives => {}
                Op::Write { at, bytes: sector } if index as u64 == torn => {
                    let part = chance.below(sector.len() as u64) as usize;
                    apply(&mut bytes, *at, &sector[..part]);
                }
                Op::Write { at, bytes: sector } => apply(&mut bytes, *at, sector),
                Op::Length(length) => bytes.resize(*length, 0),
            }
        }
        Self {
            written: bytes.clone(),
            forced: bytes,
            ..Self::default()
        }
    }

    /// Raises the lock of one handle.
    pub fn lock(&mut self, handle: u64, level: i32) -> Result<(), Busy> {
        let highest = self.highest_of_others(handle);
        let own = self.levels.entry(handle).or_insert(NONE);
        if *own >= level {
            return Ok(());
        }
        let free = match level {
            SHARED => highest < PENDING,
            RESERVED => highest < RESERVED,
            _ => highest == NONE,
        };
        if !free {
            // Waiting for the readers keeps new ones out.
            if level == EXCLUSIVE && highest == SHARED {
                *own = PENDING;
            }
            return Err(Busy);
        }
        *own = level;
        Ok(())
    }

    pub fn unlock(&mut self, handle: u64, level: i32) {
        self.levels.insert(handle, level);
    }

    pub fn is_reserved(&self) -> bool {
        self.levels.values().any(|level| *level >= RESERVED)
    }

    fn highest_of_others(&self, handle: u64) -> i32 {
        let others = self.levels.iter().filter(|(other, _)| **other != handle);
        others.map(|(_, level)| *level).max().unwrap_or(NONE)
    }

    /// The address of a region of shared memory; `None` when it is not there and not to be made.
    pub fn region(&mut self, handle: u64, index: usize, make: bool) -> Option<*mut u64> {
        if !self.mapped.contains(&handle) {
            self.mapped.push(handle);
        }
        while make && self.regions.len() <= index {
            self.regions.push(Box::new([0; REGION / 8]));
        }
        self.regions
            .get_mut(index)
            .map(|region| region.as_mut_ptr())
    }

    /// Takes slots of the shared memory's lock table.
    pub fn take(
        &mut self,
        handle: u64,
        from: usize,
        count: usize,
        exclusive: bool,
    ) -> Result<(), Busy> {
        let slots = &mut self.slots[from..from + count];
        let free = |slot: &Slot| {
            slot.exclusive.is_none_or(|holder| holder == handle)
                && (!exclusive || slot.shared.iter().all(|holder| *holder == handle))
        };
        if !slots.iter().all(free) {
            return Err(Busy);
        }
        for slot in slots {
            match exclusive {
                true => slot.exclusive = Some(handle),
                false => slot.shared.push(handle),
            }
        }
        Ok(())
    }

    pub fn release(&mut self, handle: u64, from: usize, count: usize, exclusive: bool) {
        for slot in &mut self.slots[from..from + count] {
            if exclusive {
                slot.exclusive = slot.exclusive.filter(|holder| *holder != handle);
            } else if let Some(place) = slot.shared.iter().position(|holder| *holder == handle) {
                slot.shared.swap_remove(place);
            }
        }
    }

    /// Ends a handle's part in the shared memory, which goes with the last one.
    pub fn unmap(&mut self, handle: u64) {
        self.mapped.retain(|other| *other != handle);
        for slot in &mut self.slots {
            slot.exclusive = slot.exclusive.filter(|holder| *holder != handle);
            slot.shared.retain(|holder| *holder != handle);
        }
        if self.mapped.is_empty() {
            self.regions.clear();
        }
    }

    pub fn close(&mut self, handle: u64) {
        self.unmap(handle);
        self.levels.remove(&handle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::chance::SeededChance;

    #[test]
    fn what_was_forced_survives_and_the_rest_by_accident() {
        let mut file = File::default();
        file.write(0, &[1; 4096]);
        file.force();
        file.write(0, &[2; 4096]);
        let left = file.after_cut(Left::Some, &SeededChance::new(1));
        let sectors: Vec<u8> = left
            .written
            .chunks(SECTOR)
            .map(|sector| sector[0])
            .collect();
        assert!(sectors.contains(&1) && sectors.contains(&2), "{sectors:?}");
        assert!(
            left.written
                .chunks(SECTOR)
                .all(|sector| sector.iter().all(|byte| *byte == sector[0]))
        );
        file.force();
        assert_eq!(
            file.after_cut(Left::Some, &SeededChance::new(1)).written,
            [2; 4096]
        );
    }

    #[test]
    fn locks_keep_each_other_out() {
        let mut file = File::default();
        assert_eq!(file.lock(1, SHARED), Ok(()));
        assert_eq!(file.lock(2, SHARED), Ok(()));
        assert_eq!(file.lock(1, RESERVED), Ok(()));
        assert_eq!(file.lock(2, RESERVED), Err(Busy));
        assert_eq!(file.lock(1, EXCLUSIVE), Err(Busy));
        assert_eq!(
            file.lock(3, SHARED),
            Err(Busy),
            "somebody waits to be alone"
        );
        file.unlock(2, NONE);
        assert_eq!(file.lock(1, EXCLUSIVE), Ok(()));
        assert_eq!(file.take(1, 0, 1, true), Ok(()));
        assert_eq!(file.take(2, 0, 1, false), Err(Busy));
        file.release(1, 0, 1, true);
        assert_eq!(file.take(2, 0, 2, false), Ok(()));
        assert_eq!(file.take(1, 1, 1, true), Err(Busy));
    }
}
