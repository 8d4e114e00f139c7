//! Counts what a run asks of memory: the same every time, so that growth can be judged where time cannot.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static ASKED: Cell<u64> = const { Cell::new(0) };
}

/// The system's allocator, which also adds up the bytes that each thread asks for.
struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

fn count(bytes: usize) {
    // A thread that ends has nothing left to count in.
    let _ = ASKED.try_with(|asked| asked.set(asked.get() + bytes as u64));
}

#[expect(unsafe_code, reason = "an allocator is asked through an unsafe trait")]
// SAFETY: every call is passed on to the system's allocator as it came; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size);
        // SAFETY: as the caller promises.
        unsafe { System.realloc(at, layout, size) }
    }
}

/// The bytes that this thread asks for while it does something: each copy of a text counts again.
pub fn asked(run: impl FnOnce()) -> u64 {
    let before = ASKED.with(Cell::get);
    run();
    ASKED.with(Cell::get) - before
}
