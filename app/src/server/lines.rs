//! The connections that are open, what each is doing, and which of them must go.
//!
//! A connection waits for a request, sends its head, or is worked on. Heads, waiting and writing have their time; when
//! there are too many connections, one that is not worked on makes room, from whoever has the most.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// How long things may take.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// From the first byte of a request to the end of its head.
    pub head: Duration,
    /// Between requests: longer than proxies keep a connection that they may use again (nginx 60 s).
    pub idle: Duration,
    /// Without a byte taken of what is written.
    pub write: Duration,
    /// A whole request with its answer: longer than a live channel lasts.
    pub work: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            write: Duration::from_secs(30),
            work: Duration::from_secs(15 * 60),
        }
    }
}

/// How many connections there may be.
#[derive(Debug, Clone, Copy)]
pub struct Most {
    pub all: usize,
    /// From one address, or one network of 64 bits with IPv6; `None` behind a proxy, which has them all.
    pub of_one: Option<usize>,
}

/// What a connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    Waiting,
    Head,
    Work,
}

/// Why a connection was cut or not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    SlowHead,
    Idle,
    SlowReader,
    TooLong,
    /// To make room.
    Room,
    /// There was no room to make.
    Refused,
}

impl Why {
    pub const ALL: [Self; 6] = [
        Self::SlowHead,
        Self::Idle,
        Self::SlowReader,
        Self::TooLong,
        Self::Room,
        Self::Refused,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::SlowHead => "slow_head",
            Self::Idle => "idle",
            Self::SlowReader => "slow_reader",
            Self::TooLong => "too_long",
            Self::Room => "room",
            Self::Refused => "refused",
        }
    }
}

struct State {
    doing: Doing,
    since: Instant,
    /// Since when nothing of what is written was taken.
    stalled: Option<Instant>,
}

/// One connection.
pub struct Line {
    number: u64,
    place: u128,
    state: Mutex<State>,
    pub cut: Notify,
}

impl Line {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn turn(&self, doing: Doing) {
        let mut state = self.state();
        state.doing = doing;
        state.since = Instant::now();
    }

    /// Bytes came.
    pub fn came(&self) {
        let mut state = self.state();
        if state.doing == Doing::Waiting {
            state.doing = Doing::Head;
            state.since = Instant::now();
        }
    }

    /// A head is whole.
    pub fn works(&self) {
        self.turn(Doing::Work);
    }

    /// An answer is through.
    pub fn waits(&self) {
        self.turn(Doing::Waiting);
    }

    /// Something was to be written; `taken` tells whether any of it was.
    pub fn writes(&self, taken: bool) {
        let mut state = self.state();
        if taken {
            state.stalled = None;
        } else if state.stalled.is_none() {
            state.stalled = Some(Instant::now());
        }
    }

    fn overdue(&self, patience: &Patience, now: Instant) -> Option<Why> {
        let state = self.state();
        let took = now.saturating_duration_since(state.since);
        let stalled = state
            .stalled
            .map(|since| now.saturating_duration_since(since));
        if stalled.is_some_and(|stalled| stalled > patience.write) {
            return Some(Why::SlowReader);
        }
        match state.doing {
            Doing::Head if took > patience.head => Some(Why::SlowHead),
            Doing::Waiting if took > patience.idle => Some(Why::Idle),
            Doing::Work if took > patience.work => Some(Why::TooLong),
            _ => None,
        }
    }
}

/// All connections of a listener.
pub struct Lines {
    most: Most,
    patience: Patience,
    open: Mutex<HashMap<u64, Arc<Line>>>,
    next: AtomicU64,
    gone: [AtomicU64; Why::ALL.len()],
}

/// A connection's place among the open ones; given back when it goes.
pub struct Place {
    lines: Arc<Lines>,
    pub line: Arc<Line>,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.lines.open().remove(&self.line.number);
    }
}

impl Lines {
    pub fn new(most: Most, patience: Patience) -> Arc<Self> {
        Arc::new(Self {
            most,
            patience,
            open: Mutex::default(),
            next: AtomicU64::new(0),
            gone: Default::default(),
        })
    }

    fn open(&self) -> MutexGuard<'_, HashMap<u64, Arc<Line>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, why: Why) {
        self.gone[why as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// A place for a new connection; one that is not worked on may have to go for it. `None` when there is none.
    pub fn enter(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let place = network(address);
        let mut open = self.open();
        let own = open.values().filter(|line| line.place == place).count();
        let room = if self.most.of_one.is_some_and(|most| own >= most) {
            self.make_room(&mut open, |line| line.place == place)
        } else if open.len() >= self.most.all {
            self.make_room(&mut open, |_| true)
        } else {
            true
        };
        if !room {
            self.tell(Why::Refused);
            return None;
        }
        let line = Arc::new(Line {
            number: self.next.fetch_add(1, Ordering::Relaxed),
            place,
            state: Mutex::new(State {
                doing: Doing::Waiting,
                since: Instant::now(),
                stalled: None,
            }),
            cut: Notify::new(),
        });
        open.insert(line.number, Arc::clone(&line));
        Some(Place {
            lines: Arc::clone(self),
            line,
        })
    }

    /// Cuts the connection that has waited longest, of the network that has the most.
    fn make_room(&self, open: &mut HashMap<u64, Arc<Line>>, among: impl Fn(&Line) -> bool) -> bool {
        let mut of = HashMap::<u128, usize>::new();
        for line in open.values() {
            *of.entry(line.place).or_default() += 1;
        }
        let goes = open
            .values()
            .filter(|line| among(line))
            .filter_map(|line| {
                let state = line.state();
                let many = of.get(&line.place).copied().unwrap_or_default();
                let free = state.doing != Doing::Work;
                free.then_some((many, std::cmp::Reverse(state.since), line.number))
            })
            .max();
        let Some((_, _, number)) = goes else {
            return false;
        };
        if let Some(line) = open.remove(&number) {
            self.tell(Why::Room);
            line.cut.notify_one();
        }
        true
    }

    /// Cuts whatever has taken too long.
    pub fn sweep(&self, now: Instant) {
        let overdue: Vec<(Arc<Line>, Why)> = self
            .open()
            .values()
            .filter_map(|line| {
                let why = line.overdue(&self.patience, now)?;
                Some((Arc::clone(line), why))
            })
            .collect();
        for (line, why) in overdue {
            self.tell(why);
            line.cut.notify_one();
            // Its place is given back at once; its task goes when it is told.
            self.open().remove(&line.number);
        }
    }

    /// How many are open, by what they do: waiting, sending a head, worked on.
    pub fn counts(&self) -> [usize; 3] {
        let mut counts = [0; 3];
        for line in self.open().values() {
            counts[line.state().doing as usize] += 1;
        }
        counts
    }

    /// How many have gone, and why.
    pub fn gone(&self) -> [(Why, u64); Why::ALL.len()] {
        Why::ALL.map(|why| (why, self.gone[why as usize].load(Ordering::Relaxed)))
    }
}

/// What counts as one place: an address of version 4, and of version 6 the network of 64 bits.
fn network(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits() >> 64 << 64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(all: usize, of_one: Option<usize>) -> Arc<Lines> {
        Lines::new(Most { all, of_one }, Patience::default())
    }

    fn from(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn gone(lines: &Lines, why: Why) -> u64 {
        lines.gone()[why as usize].1
    }

    #[test]
    fn the_one_with_the_most_makes_room_and_work_is_never_cut() {
        let lines = lines(4, Some(3));
        let crowd: Vec<_> = (0..3)
            .map(|_| lines.enter(from("192.0.2.1")).unwrap())
            .collect();
        crowd[1].line.works();
        let other = lines.enter(from("192.0.2.2")).unwrap();
        // Full: the oldest of the crowd goes, though another has waited too.
        let third = lines.enter(from("192.0.2.3")).unwrap();
        assert!(!lines.open().contains_key(&crowd[0].line.number));
        assert!(lines.open().contains_key(&other.line.number));
        for place in [&crowd[2], &other, &third] {
            place.line.works();
        }
        assert!(lines.enter(from("192.0.2.4")).is_none());
        assert_eq!(
            (gone(&lines, Why::Room), gone(&lines, Why::Refused)),
            (1, 1)
        );
        drop(third);
        assert!(lines.enter(from("192.0.2.4")).is_some());
    }

    #[test]
    fn one_subscriber_is_one_place() {
        let lines = lines(100, Some(2));
        let both = ["2001:db8:7:1::1", "2001:db8:7:1:ffff::2"]
            .map(|address| lines.enter(from(address)).unwrap());
        both.iter().for_each(|place| place.line.works());
        assert!(lines.enter(from("2001:db8:7:1::3")).is_none());
        assert!(lines.enter(from("2001:db8:7:2::3")).is_some());
        assert_eq!(
            network(from("::ffff:192.0.2.7")),
            network(from("192.0.2.7"))
        );
    }

    #[test]
    fn each_way_of_being_slow_has_its_end() {
        let patience = Patience::default();
        for (act, wait, why) in [
            ("nothing", patience.idle, Why::Idle),
            ("head", patience.head, Why::SlowHead),
            ("read", patience.write, Why::SlowReader),
            ("work", patience.work, Why::TooLong),
        ] {
            let lines = lines(10, None);
            let place = lines.enter(from("192.0.2.1")).unwrap();
            match act {
                "head" => place.line.came(),
                "work" => place.line.works(),
                "read" => {
                    place.line.works();
                    place.line.writes(false);
                }
                _ => {}
            }
            let second = Duration::from_secs(1);
            lines.sweep(Instant::now() + wait - second);
            assert_eq!(gone(&lines, why), 0, "{act}");
            lines.sweep(Instant::now() + wait + second);
            assert_eq!(gone(&lines, why), 1, "{act}");
            assert_eq!(lines.counts(), [0; 3]);
        }
    }

    #[test]
    fn a_reader_who_takes_something_is_not_slow() {
        let lines = lines(10, None);
        let place = lines.enter(from("192.0.2.1")).unwrap();
        place.line.works();
        place.line.writes(false);
        place.line.writes(true);
        lines.sweep(Instant::now() + Duration::from_secs(60));
        assert_eq!(lines.counts(), [0, 0, 1]);
    }
}
