//! A bounded memory of word forms.
//!
//! An analysis by Voikko takes some 150 microseconds and the words of a text come back all the
//! time. Two generations of a map keep the use of memory within bounds without any bookkeeping per
//! word: when the young generation is full it becomes the old one, and the old one is dropped.

use std::collections::HashMap;
use std::sync::Arc;

/// Keeps at most twice `generation` values.
pub(crate) struct Cache<T> {
    generation: usize,
    young: HashMap<Box<str>, Arc<T>>,
    old: HashMap<Box<str>, Arc<T>>,
}

impl<T> Cache<T> {
    pub(crate) fn new(generation: usize) -> Self {
        Self {
            generation,
            young: HashMap::new(),
            old: HashMap::new(),
        }
    }

    /// The value of a word; one found in the old generation moves to the young one.
    pub(crate) fn get(&mut self, word: &str) -> Option<Arc<T>> {
        if let Some(value) = self.young.get(word) {
            return Some(Arc::clone(value));
        }
        let (word, value) = self.old.remove_entry(word)?;
        self.insert(word, Arc::clone(&value));
        Some(value)
    }

    pub(crate) fn insert(&mut self, word: Box<str>, value: Arc<T>) {
        if self.young.len() >= self.generation {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(word, value);
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        self.young.len() + self.old.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_grows_past_two_generations_and_keeps_what_is_used() {
        let mut cache = Cache::new(10);
        cache.insert("lapsi".into(), Arc::new(0));
        for number in 1..1000 {
            cache.insert(number.to_string().into(), Arc::new(number));
            assert_eq!(
                cache.get("lapsi").as_deref(),
                Some(&0),
                "used at step {number}"
            );
            assert!(cache.len() <= 20);
        }
        assert!(cache.get("1").is_none(), "unused words are forgotten");
    }
}
