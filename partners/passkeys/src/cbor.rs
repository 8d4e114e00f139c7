//! As much of CBOR (RFC 8949) as authenticators write: definite lengths, no floats, little depth.

use crate::Refusal;

/// Deeper than anything an authenticator nests.
const DEEPEST: u8 = 6;

/// One value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item<'a> {
    Int(i64),
    Bytes(&'a [u8]),
    Text(&'a str),
    /// A list of so many values, which follow.
    List(u64),
    /// A map of so many pairs, which follow.
    Map(u64),
    /// False, true, null and the like.
    Simple,
}

/// Reads values from the beginning of some bytes.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next value; the parts of a list or map follow as values of their own.
    pub(crate) fn next(&mut self) -> Result<Item<'a>, Refusal> {
        let first = self.take(1)?[0];
        let (kind, small) = (first >> 5, first & 0x1f);
        if kind == 7 {
            return if small < 24 {
                Ok(Item::Simple)
            } else {
                Err(Refusal::Malformed)
            };
        }
        let size = self.argument(small)?;
        let signed = || i64::try_from(size).map_err(|_| Refusal::Malformed);
        match kind {
            0 => Ok(Item::Int(signed()?)),
            1 => Ok(Item::Int(-1 - signed()?)),
            2 => Ok(Item::Bytes(self.take_long(size)?)),
            3 => std::str::from_utf8(self.take_long(size)?)
                .map(Item::Text)
                .map_err(|_| Refusal::Malformed),
            4 => Ok(Item::List(size)),
            5 => Ok(Item::Map(size)),
            _ => Err(Refusal::Malformed),
        }
    }

    /// Passes over the next value with everything in it.
    pub(crate) fn skip(&mut self) -> Result<(), Refusal> {
        self.skip_within(DEEPEST)
    }

    fn skip_within(&mut self, depth: u8) -> Result<(), Refusal> {
        let deeper = depth.checked_sub(1).ok_or(Refusal::Malformed)?;
        let parts = match self.next()? {
            Item::List(size) => size,
            Item::Map(size) => size.checked_mul(2).ok_or(Refusal::Malformed)?,
            _ => 0,
        };
        // Each part takes a byte at least, so a lying length ends with the bytes.
        (0..parts).try_for_each(|_| self.skip_within(deeper))
    }

    fn argument(&mut self, small: u8) -> Result<u64, Refusal> {
        let length = match small {
            0..=23 => return Ok(u64::from(small)),
            24 => 1,
            25 => 2,
            26 => 4,
            27 => 8,
            _ => return Err(Refusal::Malformed),
        };
        let bytes = self.take(length)?;
        Ok(bytes
            .iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Refusal> {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or(Refusal::Malformed)?;
        self.rest = rest;
        Ok(taken)
    }

    fn take_long(&mut self, length: u64) -> Result<&'a [u8], Refusal> {
        self.take(usize::try_from(length).map_err(|_| Refusal::Malformed)?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_of_the_standard_are_read() {
        // RFC 8949, appendix A.
        let cases: [(&[u8], Item<'_>); 7] = [
            (&[0x17], Item::Int(23)),
            (&[0x19, 0x03, 0xe8], Item::Int(1000)),
            (&[0x38, 0x63], Item::Int(-100)),
            (&[0x44, 1, 2, 3, 4], Item::Bytes(&[1, 2, 3, 4])),
            (&[0x62, 0xc3, 0xbc], Item::Text("ü")),
            (&[0xa2], Item::Map(2)),
            (&[0xf6], Item::Simple),
        ];
        for (bytes, item) in cases {
            assert_eq!(Reader::new(bytes).next(), Ok(item));
        }
    }

    #[test]
    fn a_nest_without_end_is_refused() {
        assert_eq!(Reader::new(&[0x81; 100]).skip(), Err(Refusal::Malformed));
        assert_eq!(
            Reader::new(&[0x9b, 255, 255, 255, 255, 255, 255, 255, 255]).skip(),
            Err(Refusal::Malformed)
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_calmly(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Reader::new(&bytes).skip();
        }
    }
}
