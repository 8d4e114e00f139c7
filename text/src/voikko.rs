//! The door to libvoikko, loaded when the program runs.
//!
//! Voikko and its dictionary are GPL. They are never linked and never shipped: if the machine has
//! them they are used, and otherwise the rest of the crate does without (see `analysis`).
//!
//! This is the only module of the crate with `unsafe`. Everything that crosses the border is
//! copied into owned strings before a function returns, so no pointer of the C side escapes.
#![allow(unsafe_code)]

use std::ffi::{CStr, CString, c_char, c_void};
use std::ptr::NonNull;
use std::sync::OnceLock;

use libloading::Library;

/// The names under which the library may be found, the one of Debian first.
const LIBRARY_NAMES: [&str; 2] = ["libvoikko.so.1", "libvoikko.so"];

/// Why Voikko cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VoikkoError {
    /// The shared library is missing or cannot be loaded. Debian: `libvoikko1`.
    #[error("libvoikko.so.1 cannot be loaded (Debian package libvoikko1): {0}")]
    Library(String),
    /// The library lacks a function of the C interface of version 4.
    #[error("libvoikko lacks the function {0}")]
    Function(&'static str),
    /// The library is there but has no Finnish dictionary. Debian: `voikko-fi`.
    #[error("Voikko has no Finnish dictionary (Debian package voikko-fi): {0}")]
    Dictionary(String),
}

type Init = unsafe extern "C" fn(*mut *const c_char, *const c_char, *const c_char) -> *mut c_void;
type Terminate = unsafe extern "C" fn(*mut c_void);
type Analyze = unsafe extern "C" fn(*mut c_void, *const c_char) -> *mut *mut c_void;
type FreeAnalyses = unsafe extern "C" fn(*mut *mut c_void);
type Keys = unsafe extern "C" fn(*const c_void) -> *const *const c_char;
type ReadValue = unsafe extern "C" fn(*const c_void, *const c_char) -> *mut c_char;
type FreeValue = unsafe extern "C" fn(*mut c_char);
type GetVersion = unsafe extern "C" fn() -> *const c_char;

/// The functions in use. The library stays open as long as this value lives.
struct Api {
    init: Init,
    terminate: Terminate,
    analyze: Analyze,
    free_analyses: FreeAnalyses,
    keys: Keys,
    read_value: ReadValue,
    free_value: FreeValue,
    get_version: GetVersion,
    _library: Library,
}

impl Api {
    /// The functions, loaded once. The library is never closed again: unloading C++ code with its
    /// static objects in a running server is a risk that buys nothing.
    fn shared() -> Result<&'static Self, VoikkoError> {
        static SHARED: OnceLock<Result<Api, VoikkoError>> = OnceLock::new();
        SHARED
            .get_or_init(|| Self::load(&LIBRARY_NAMES))
            .as_ref()
            .map_err(Clone::clone)
    }

    fn load(names: &[&str]) -> Result<Self, VoikkoError> {
        let mut reasons = Vec::new();
        for name in names {
            // SAFETY: loading runs the initialisers of the library. libvoikko's only build static
            // tables; the names are constants of this module, none comes from outside.
            match unsafe { Library::new(*name) } {
                Ok(library) => return Self::bind(library),
                Err(error) => reasons.push(error.to_string()),
            }
        }
        Err(VoikkoError::Library(reasons.join("; ")))
    }

    fn bind(library: Library) -> Result<Self, VoikkoError> {
        // SAFETY: the types above are those of `voikko.h` of libvoikko 4 (soname `libvoikko.so.1`).
        // The copied function pointers are used only while `_library` keeps the code mapped.
        unsafe {
            Ok(Self {
                init: symbol(&library, "voikkoInit")?,
                terminate: symbol(&library, "voikkoTerminate")?,
                analyze: symbol(&library, "voikkoAnalyzeWordCstr")?,
                free_analyses: symbol(&library, "voikko_free_mor_analysis")?,
                keys: symbol(&library, "voikko_mor_analysis_keys")?,
                read_value: symbol(&library, "voikko_mor_analysis_value_cstr")?,
                free_value: symbol(&library, "voikko_free_mor_analysis_value_cstr")?,
                get_version: symbol(&library, "voikkoGetVersion")?,
                _library: library,
            })
        }
    }
}

/// # Safety
/// `T` must be the type of the function `name` in the library.
unsafe fn symbol<T: Copy>(library: &Library, name: &'static str) -> Result<T, VoikkoError> {
    // SAFETY: the caller vouches for the type.
    unsafe { library.get::<T>(name) }
        .map(|symbol| *symbol)
        .map_err(|_| VoikkoError::Function(name))
}

/// One reading of a word form, as Voikko gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The dictionary form (`BASEFORM`), in the dictionary's own case: `Matti`, `häätö`.
    pub base: String,
    /// `WORDBASES`: the pieces of the word with their base forms, `+lasten(lapsi)+vaunu(vaunu)`.
    pub word_bases: String,
    /// `CLASS`: the part of speech, or for names what they name: `etunimi`, `sukunimi`, `paikannimi`.
    pub class: String,
    /// `STRUCTURE`: one mark a letter, `=` at each seam of a compound, `=pppppp=pppppp`.
    pub structure: String,
}

/// A Finnish dictionary in use. Not to be used by two threads at once, hence `&mut self`.
pub struct Voikko {
    handle: NonNull<c_void>,
    api: &'static Api,
}

// SAFETY: a libvoikko handle is bound to no thread; it only must not be used by two at the same
// time, which `&mut self` on every method that touches it makes impossible.
unsafe impl Send for Voikko {}

impl Voikko {
    /// Loads the library (once in a process) and opens its Finnish dictionary.
    ///
    /// # Errors
    /// When the library or the dictionary is not on the machine; the text names the Debian package.
    pub fn open() -> Result<Self, VoikkoError> {
        let api = Api::shared()?;
        let mut reason: *const c_char = std::ptr::null();
        // SAFETY: the language is a C string, a null path means the system's own dictionary, and
        // `reason` is a place for a pointer to a static message that nobody frees.
        let handle = unsafe { (api.init)(&raw mut reason, c"fi".as_ptr(), std::ptr::null()) };
        match NonNull::new(handle) {
            Some(handle) => Ok(Self { handle, api }),
            None => Err(VoikkoError::Dictionary(
                // SAFETY: on failure libvoikko sets `reason` to a static C string or leaves it null.
                unsafe { owned(reason) }.unwrap_or_else(|| "no reason given".to_owned()),
            )),
        }
    }

    /// The version of the library, for example `4.3.1`.
    pub fn version(&self) -> String {
        // SAFETY: returns a pointer to a static C string.
        unsafe { owned((self.api.get_version)()) }.unwrap_or_else(|| "unknown".to_owned())
    }

    /// All readings of a word form; empty when the dictionary does not know it.
    pub fn analyse(&mut self, word: &str) -> Vec<Reading> {
        let Ok(word) = CString::new(word) else {
            return Vec::new();
        };
        // SAFETY: the handle is live and not in use elsewhere (`&mut self`); `word` is a C string.
        let list = unsafe { (self.api.analyze)(self.handle.as_ptr(), word.as_ptr()) };
        if list.is_null() {
            return Vec::new();
        }
        let mut readings = Vec::new();
        let mut position = list;
        // SAFETY: `list` is an array of analyses closed by a null pointer; it lives until it is
        // freed below, once, by the function made for it.
        unsafe {
            while !(*position).is_null() {
                readings.push(self.reading(*position));
                position = position.add(1);
            }
            (self.api.free_analyses)(list);
        }
        readings
    }

    /// # Safety
    /// `analysis` is a live analysis of this library.
    unsafe fn reading(&self, analysis: *const c_void) -> Reading {
        let mut reading = Reading::default();
        // SAFETY: the keys are an array of C strings closed by a null pointer, owned by the analysis.
        unsafe {
            let mut key = (self.api.keys)(analysis);
            while !key.is_null() && !(*key).is_null() {
                let field = match CStr::from_ptr(*key).to_bytes() {
                    b"BASEFORM" => Some(&mut reading.base),
                    b"CLASS" => Some(&mut reading.class),
                    b"WORDBASES" => Some(&mut reading.word_bases),
                    b"STRUCTURE" => Some(&mut reading.structure),
                    _ => None,
                };
                if let Some(field) = field {
                    *field = self.value(analysis, *key);
                }
                key = key.add(1);
            }
        }
        reading
    }

    /// # Safety
    /// `analysis` is a live analysis of this library and `key` one of its keys.
    unsafe fn value(&self, analysis: *const c_void, key: *const c_char) -> String {
        // SAFETY: the value is a fresh C string, copied and then freed by its own function.
        unsafe {
            let value = (self.api.read_value)(analysis, key);
            let copy = owned(value).unwrap_or_default();
            if !value.is_null() {
                (self.api.free_value)(value);
            }
            copy
        }
    }
}

impl Drop for Voikko {
    fn drop(&mut self) {
        // SAFETY: the handle came from `voikkoInit` and is ended exactly once.
        unsafe { (self.api.terminate)(self.handle.as_ptr()) };
    }
}

/// # Safety
/// `pointer` is null or a C string that lives during the call.
unsafe fn owned(pointer: *const c_char) -> Option<String> {
    // SAFETY: checked for null; otherwise as the caller promises.
    (!pointer.is_null()).then(|| {
        unsafe { CStr::from_ptr(pointer) }
            .to_string_lossy()
            .into_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_library_is_told_with_the_package_that_has_it() {
        let error = Api::load(&["libvoikko-that-is-nowhere.so.99"])
            .err()
            .expect("nothing to load");
        assert!(error.to_string().contains("libvoikko1"), "{error}");
    }

    #[test]
    fn a_library_that_is_not_voikko_is_refused() {
        // The C library is on every machine this runs on and has no such functions.
        let error = Api::load(&["libc.so.6"]).err().expect("not Voikko");
        assert_eq!(error, VoikkoError::Function("voikkoInit"));
    }
}
