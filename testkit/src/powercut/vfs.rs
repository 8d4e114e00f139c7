//! The disk as SQLite sees it. Every function here is called by SQLite with the pointers it got from
//! `open`, as its documentation of `sqlite3_vfs` and `sqlite3_io_methods` promises.
#![allow(
    unsafe_code,
    reason = "SQLite asks for its file system through pointers to functions"
)]

use std::{
    ffi::{CStr, CString, c_char, c_int, c_void},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use rusqlite::ffi;

use super::device::{Device, SharedDisk, locked};
use super::disk::{Busy, File, NONE, REGION};

/// Registers a file system of SQLite's over the disk, and gives its name.
pub(super) fn register(disk: &SharedDisk) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let name = format!("powercut{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let c_name = CString::new(name.clone()).expect("a name without NUL");
    let vfs = ffi::sqlite3_vfs {
        iVersion: 2,
        szOsFile: size_of::<Handle>() as c_int,
        mxPathname: 512,
        pNext: std::ptr::null_mut(),
        zName: c_name.into_raw(),
        pAppData: Arc::into_raw(Arc::clone(disk)).cast_mut().cast(),
        xOpen: Some(open),
        xDelete: Some(delete),
        xAccess: Some(access),
        xFullPathname: Some(full_path),
        xDlOpen: None,
        xDlError: None,
        xDlSym: None,
        xDlClose: None,
        xRandomness: Some(randomness),
        xSleep: Some(sleep),
        xCurrentTime: Some(current_time),
        xGetLastError: None,
        xCurrentTimeInt64: Some(current_time_int64),
        xSetSystemCall: None,
        xGetSystemCall: None,
        xNextSystemCall: None,
    };
    // SAFETY: the structure and what it points to are leaked, so they outlive every use.
    let registered = unsafe { ffi::sqlite3_vfs_register(Box::leak(Box::new(vfs)), 0) };
    assert_eq!(registered, ffi::SQLITE_OK, "SQLite takes the file system");
    name
}

/// What SQLite keeps for an open file: its own part first.
#[repr(C)]
struct Handle {
    base: ffi::sqlite3_file,
    own: *mut Own,
}

struct Own {
    disk: SharedDisk,
    name: String,
    number: u64,
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// # Safety
/// `vfs` is one of ours.
unsafe fn disk_of(vfs: *mut ffi::sqlite3_vfs) -> SharedDisk {
    // SAFETY: `register` put the pointer of an `Arc` there and never takes it back.
    unsafe {
        let disk = (*vfs).pAppData.cast::<Device>().cast_const();
        Arc::increment_strong_count(disk);
        Arc::from_raw(disk)
    }
}

/// # Safety
/// `file` was opened by `open` and not closed yet.
unsafe fn own_of<'a>(file: *mut ffi::sqlite3_file) -> &'a Own {
    // SAFETY: `open` made the `Own`; `close` frees it last.
    unsafe { &*(*file.cast::<Handle>()).own }
}

/// Does something with the file of a handle.
///
/// # Safety
/// As [`own_of`].
unsafe fn with<T>(file: *mut ffi::sqlite3_file, work: impl FnOnce(u64, &mut File) -> T) -> T {
    // SAFETY: the caller's promise.
    let own = unsafe { own_of(file) };
    work(
        own.number,
        locked(&own.disk).files.entry(own.name.clone()).or_default(),
    )
}

/// # Safety
/// `name` is null or a string of SQLite's.
unsafe fn text(name: *const c_char) -> Option<String> {
    // SAFETY: the caller's promise.
    (!name.is_null()).then(|| {
        unsafe { CStr::from_ptr(name) }
            .to_string_lossy()
            .into_owned()
    })
}

fn code(answer: Result<(), Busy>) -> c_int {
    answer.map_or(ffi::SQLITE_BUSY, |()| ffi::SQLITE_OK)
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    // SAFETY: SQLite's promises for xOpen: `file` has room for a `Handle`, the others are valid or null.
    unsafe {
        let handle = file.cast::<Handle>();
        (*handle).base.pMethods = std::ptr::null();
        let disk = disk_of(vfs);
        let name = text(name).unwrap_or_else(|| format!("temporary {number}"));
        let mut given = flags;
        {
            let mut disk = locked(&disk);
            if disk.read_only && flags & ffi::SQLITE_OPEN_READWRITE != 0 {
                if !disk.files.contains_key(&name) {
                    return ffi::SQLITE_CANTOPEN;
                }
                given = flags & !ffi::SQLITE_OPEN_READWRITE & !ffi::SQLITE_OPEN_CREATE
                    | ffi::SQLITE_OPEN_READONLY;
            }
            if flags & ffi::SQLITE_OPEN_CREATE == 0 && !disk.files.contains_key(&name) {
                return ffi::SQLITE_CANTOPEN;
            }
            disk.files.entry(name.clone()).or_default();
        }
        (*handle).own = Box::into_raw(Box::new(Own { disk, name, number }));
        (*handle).base.pMethods = &raw const METHODS;
        if !out_flags.is_null() {
            *out_flags = given;
        }
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: an open file, used no more after this.
    unsafe {
        with(file, |number, file| file.close(number));
        drop(Box::from_raw((*file.cast::<Handle>()).own));
        (*file).pMethods = std::ptr::null();
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn read(
    file: *mut ffi::sqlite3_file,
    out: *mut c_void,
    count: c_int,
    at: i64,
) -> c_int {
    // SAFETY: `out` has room for `count` bytes.
    let complete = unsafe {
        let out = std::slice::from_raw_parts_mut(out.cast::<u8>(), count as usize);
        with(file, |_, file| file.read(at as usize, out) == out.len())
    };
    if complete {
        ffi::SQLITE_OK
    } else {
        ffi::SQLITE_IOERR_SHORT_READ
    }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    bytes: *const c_void,
    count: c_int,
    at: i64,
) -> c_int {
    // SAFETY: an open file, and `bytes` has `count` bytes.
    let (own, bytes) = unsafe {
        let bytes = std::slice::from_raw_parts(bytes.cast::<u8>(), count as usize);
        (own_of(file), bytes)
    };
    let mut disk = locked(&own.disk);
    if disk.read_only {
        return ffi::SQLITE_IOERR_WRITE;
    }
    if !disk.has_room(&own.name, at as usize + bytes.len()) {
        return ffi::SQLITE_FULL;
    }
    let file = disk.files.entry(own.name.clone()).or_default();
    file.write(at as usize, bytes);
    ffi::SQLITE_OK
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, length: i64) -> c_int {
    // SAFETY: an open file.
    let own = unsafe { own_of(file) };
    let mut disk = locked(&own.disk);
    if disk.read_only {
        return ffi::SQLITE_IOERR_TRUNCATE;
    }
    let file = disk.files.entry(own.name.clone()).or_default();
    file.set_length(length as usize);
    ffi::SQLITE_OK
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    // SAFETY: an open file.
    let own = unsafe { own_of(file) };
    own.disk.wait();
    let mut disk = locked(&own.disk);
    if disk.fails || disk.read_only {
        return ffi::SQLITE_IOERR_FSYNC;
    }
    if disk.forgets > 0 {
        disk.forgets -= 1;
        if let Some(file) = disk.files.get_mut(&own.name) {
            file.forget();
        }
        return ffi::SQLITE_IOERR_FSYNC;
    }
    own.disk.keep_moment(&disk);
    if !disk.lies
        && let Some(file) = disk.files.get_mut(&own.name)
    {
        file.force();
    }
    own.disk.keep_moment(&disk);
    ffi::SQLITE_OK
}

unsafe extern "C" fn file_size(file: *mut ffi::sqlite3_file, out: *mut i64) -> c_int {
    // SAFETY: an open file and a place for the answer.
    unsafe { *out = with(file, |_, file| file.length()) as i64 };
    ffi::SQLITE_OK
}

unsafe extern "C" fn lock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    // SAFETY: an open file.
    code(unsafe { with(file, |number, file| file.lock(number, level)) })
}

unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    // SAFETY: an open file.
    unsafe { with(file, |number, file| file.unlock(number, level.max(NONE))) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn check_reserved(file: *mut ffi::sqlite3_file, out: *mut c_int) -> c_int {
    // SAFETY: an open file and a place for the answer.
    unsafe { *out = with(file, |_, file| file.is_reserved()).into() };
    ffi::SQLITE_OK
}

unsafe extern "C" fn file_control(_: *mut ffi::sqlite3_file, _: c_int, _: *mut c_void) -> c_int {
    ffi::SQLITE_NOTFOUND
}

unsafe extern "C" fn sector_size(_: *mut ffi::sqlite3_file) -> c_int {
    512
}

unsafe extern "C" fn characteristics(_: *mut ffi::sqlite3_file) -> c_int {
    0
}

unsafe extern "C" fn shm_map(
    file: *mut ffi::sqlite3_file,
    index: c_int,
    size: c_int,
    make: c_int,
    out: *mut *mut c_void,
) -> c_int {
    if size as usize != REGION {
        return ffi::SQLITE_IOERR_SHMMAP;
    }
    // SAFETY: an open file and a place for the answer. A region stays where it is until the last
    // handle has let go of the shared memory.
    unsafe {
        let region = with(file, |number, file| {
            file.region(number, index as usize, make != 0)
        });
        *out = region.map_or(std::ptr::null_mut(), |region| region.cast());
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn shm_lock(
    file: *mut ffi::sqlite3_file,
    from: c_int,
    count: c_int,
    flags: c_int,
) -> c_int {
    let exclusive = flags & ffi::SQLITE_SHM_EXCLUSIVE != 0;
    let (from, count) = (from as usize, count as usize);
    // SAFETY: an open file.
    code(unsafe {
        with(file, |number, file| {
            if flags & ffi::SQLITE_SHM_UNLOCK != 0 {
                file.release(number, from, count, exclusive);
                return Ok(());
            }
            file.take(number, from, count, exclusive)
        })
    })
}

unsafe extern "C" fn shm_barrier(_: *mut ffi::sqlite3_file) {
    std::sync::atomic::fence(Ordering::SeqCst);
}

unsafe extern "C" fn shm_unmap(file: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    // SAFETY: an open file.
    unsafe { with(file, |number, file| file.unmap(number)) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn delete(vfs: *mut ffi::sqlite3_vfs, name: *const c_char, _: c_int) -> c_int {
    // SAFETY: one of our file systems and a name.
    let (disk, name) = unsafe { (disk_of(vfs), text(name)) };
    name.and_then(|name| locked(&disk).files.remove(&name))
        .map_or(ffi::SQLITE_IOERR_DELETE_NOENT, |_| ffi::SQLITE_OK)
}

unsafe extern "C" fn access(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    _: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: one of our file systems, a name and a place for the answer.
    unsafe {
        let disk = disk_of(vfs);
        let there = text(name).is_some_and(|name| locked(&disk).files.contains_key(&name));
        *out = there.into();
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn full_path(
    _: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    room: c_int,
    out: *mut c_char,
) -> c_int {
    // SAFETY: a name, and `room` bytes for the answer.
    unsafe {
        let bytes = CStr::from_ptr(name).to_bytes_with_nul();
        if bytes.len() > room as usize {
            return ffi::SQLITE_CANTOPEN;
        }
        std::ptr::copy_nonoverlapping(bytes.as_ptr().cast(), out, bytes.len());
    }
    ffi::SQLITE_OK
}

/// The machine's own file system, for what is not about files.
fn ordinary() -> *mut ffi::sqlite3_vfs {
    // SAFETY: SQLite's default file system is always there.
    unsafe { ffi::sqlite3_vfs_find(c"unix".as_ptr()) }
}

unsafe extern "C" fn randomness(_: *mut ffi::sqlite3_vfs, count: c_int, out: *mut c_char) -> c_int {
    let vfs = ordinary();
    // SAFETY: passed on as it came.
    unsafe {
        (*vfs)
            .xRandomness
            .map_or(0, |randomness| randomness(vfs, count, out))
    }
}

unsafe extern "C" fn sleep(_: *mut ffi::sqlite3_vfs, microseconds: c_int) -> c_int {
    std::thread::sleep(std::time::Duration::from_micros(microseconds.max(0) as u64));
    microseconds
}

unsafe extern "C" fn current_time(_: *mut ffi::sqlite3_vfs, out: *mut f64) -> c_int {
    let vfs = ordinary();
    // SAFETY: passed on as it came.
    unsafe {
        (*vfs)
            .xCurrentTime
            .map_or(ffi::SQLITE_ERROR, |time| time(vfs, out))
    }
}

unsafe extern "C" fn current_time_int64(_: *mut ffi::sqlite3_vfs, out: *mut i64) -> c_int {
    let vfs = ordinary();
    // SAFETY: passed on as it came.
    unsafe {
        (*vfs)
            .xCurrentTimeInt64
            .map_or(ffi::SQLITE_ERROR, |time| time(vfs, out))
    }
}
