//! Money is written and read back without loss.

use kernel::{language::Language, money::Money};
use proptest::prelude::*;

proptest! {
    #[test]
    fn what_is_written_is_read_back(cents in any::<i64>()) {
        for language in Language::ALL {
            let amount = Money::from_cents(cents);
            prop_assert_eq!(Money::parse(&amount.format(language), language), Ok(amount));
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>(), near in "[-€0-9 ,.\u{a0}]{0,24}") {
        for language in Language::ALL {
            let _ = Money::parse(&text, language);
            if let Ok(amount) = Money::parse(&near, language) {
                prop_assert_eq!(Money::parse(&amount.format(language), language), Ok(amount));
            }
        }
    }
}
