//! Where in the queue the reader is: tab and page, kept in addresses so that the way back is the same.

use crate::store::queue::{PAGE_SIZE, Tab};

/// A place in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub tab: Tab,
    /// The first page is 1.
    pub page: i64,
}

/// Pages beyond this are not asked for by any link of ours.
const MOST_PAGES: i64 = 10_000;

impl Place {
    /// The beginning of a tab.
    pub const fn of(tab: Tab) -> Self {
        Self { tab, page: 1 }
    }

    /// Reads the place from the address; anything odd is the beginning of the whole queue.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let value = |name: &str| {
            pairs
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.as_str())
        };
        Self {
            tab: value("tab").and_then(Tab::from_code).unwrap_or(Tab::All),
            page: value("page")
                .and_then(|page| page.parse().ok())
                .unwrap_or(1)
                .clamp(1, MOST_PAGES),
        }
    }

    /// Rows before this page.
    pub const fn offset(self) -> i64 {
        (self.page - 1) * PAGE_SIZE
    }

    /// Another page of the same tab.
    pub const fn at(self, page: i64) -> Self {
        Self { page, ..self }
    }

    /// An address with the place behind it: `/contacts?tab=mine&page=2`.
    pub fn address(self, path: &str) -> String {
        let mut parts = Vec::new();
        if self.tab != Tab::All {
            parts.push(format!("tab={}", self.tab.code()));
        }
        if self.page > 1 {
            parts.push(format!("page={}", self.page));
        }
        if parts.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", parts.join("&"))
        }
    }

    /// The address with one more parameter.
    pub fn address_with(self, path: &str, name: &str, value: &str) -> String {
        let address = self.address(path);
        let mark = if address.contains('?') { '&' } else { '?' };
        format!("{address}{mark}{name}={value}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        text.split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    #[test]
    fn addresses_read_back() {
        for tab in Tab::ALL {
            for page in [1, 2, 17] {
                let place = Place { tab: *tab, page };
                let address = place.address("/contacts");
                let query = address.split_once('?').map_or("", |(_, query)| query);
                assert_eq!(Place::read(&pairs(query)), place);
            }
        }
        assert_eq!(
            Place::of(Tab::All).address_with("/contacts", "done", "taken"),
            "/contacts?done=taken"
        );
    }

    #[test]
    fn odd_addresses_lead_to_the_beginning() {
        for odd in [
            "tab=nothing",
            "page=-3",
            "page=99999999999999999999",
            "page=abc",
            "tab=&page=",
        ] {
            let place = Place::read(&pairs(odd));
            assert_eq!(place.tab, Tab::All);
            assert!(place.page == 1, "{odd}");
        }
        assert!(Place::read(&pairs("page=9223372036854775807")).offset() > 0);
    }
}
