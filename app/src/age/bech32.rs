//! Bech32 (BIP 173) without its limit of length: the letters in which keys are written, with a checksum.

const LETTERS: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

fn polymod(values: impl IntoIterator<Item = u8>) -> u32 {
    const GENERATOR: [u32; 5] = [
        0x3b6a_57b2,
        0x2650_8e6d,
        0x1ea1_19fa,
        0x3d42_33dd,
        0x2a14_62b3,
    ];
    values.into_iter().fold(1, |checksum, value| {
        let top = checksum >> 25;
        let next = ((checksum & 0x01ff_ffff) << 5) ^ u32::from(value);
        GENERATOR
            .iter()
            .enumerate()
            .filter(|(bit, _)| (top >> bit) & 1 == 1)
            .fold(next, |next, (_, generator)| next ^ generator)
    })
}

fn expanded(prefix: &str) -> Vec<u8> {
    let high = prefix.bytes().map(|byte| byte >> 5);
    let low = prefix.bytes().map(|byte| byte & 31);
    high.chain([0]).chain(low).collect()
}

/// Bytes in small letters, after `prefix` and a 1.
pub fn encode(prefix: &str, bytes: &[u8]) -> String {
    let mut values = regrouped(bytes, 8, 5, true).unwrap_or_default();
    let mut checked = expanded(prefix);
    checked.extend_from_slice(&values);
    let checksum = polymod(checked.into_iter().chain([0; 6])) ^ 1;
    values.extend((0..6).map(|place| ((checksum >> (5 * (5 - place))) & 31) as u8));
    let letters = values
        .iter()
        .map(|value| char::from(LETTERS[usize::from(*value & 31)]));
    format!("{prefix}1{}", letters.collect::<String>())
}

/// The bytes of [`encode`], in small or in capital letters; `None` when something was mistyped.
pub fn decode(prefix: &str, text: &str) -> Option<Vec<u8>> {
    let small = text.to_ascii_lowercase();
    if small != text && text.to_ascii_uppercase() != text {
        return None;
    }
    let letters = small.strip_prefix(prefix)?.strip_prefix('1')?;
    let values = letters
        .bytes()
        .map(|letter| {
            LETTERS
                .iter()
                .position(|one| *one == letter)
                .map(|at| at as u8)
        })
        .collect::<Option<Vec<u8>>>()?;
    let mut checked = expanded(prefix);
    checked.extend_from_slice(&values);
    let data = values.len().checked_sub(6)?;
    (polymod(checked) == 1)
        .then(|| regrouped(&values[..data], 5, 8, false))
        .flatten()
}

fn regrouped(values: &[u8], from: u32, to: u32, pad: bool) -> Option<Vec<u8>> {
    let (mut gathered, mut bits, mut out) = (0_u32, 0, Vec::new());
    let mask = (1_u32 << to) - 1;
    for value in values {
        gathered = (gathered << from | u32::from(*value)) & 0xfff;
        bits += from;
        while bits >= to {
            bits -= to;
            out.push(((gathered >> bits) & mask) as u8);
        }
    }
    let left = (gathered << (to - bits)) & mask;
    if pad && bits > 0 {
        out.push(left as u8);
    }
    (pad || (bits < from && left == 0)).then_some(out)
}
