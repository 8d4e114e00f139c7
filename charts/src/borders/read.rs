//! Reads GeoJSON with limits.

use std::collections::BTreeMap;

use kernel::place;
use serde_json::{Map, Value};

use super::project::{Place, to_metres};
use super::{DEEPEST, LARGEST_FILE, MOST_AREAS, MOST_POINTS, Refusal, Ring};

/// Properties that hold a municipality's code, as the official files name them.
const CODES: [&str; 4] = ["kunta", "natcode", "kuntanro", "code"];

pub(super) fn read(file: &[u8]) -> Result<BTreeMap<&'static str, Vec<Ring>>, Refusal> {
    if file.len() > LARGEST_FILE {
        return Err(Refusal::TooLarge { found: file.len() });
    }
    look_through(file)?;
    let file: Value = serde_json::from_slice(file).map_err(|error| {
        // A number such as 1e999 is JSON in form and no number in fact.
        if error.to_string().starts_with("number out of range") {
            Refusal::NotANumber
        } else {
            Refusal::NotJson { line: error.line() }
        }
    })?;
    let features = (file.get("type").and_then(Value::as_str) == Some("FeatureCollection"))
        .then(|| file.get("features").and_then(Value::as_array))
        .flatten()
        .ok_or(Refusal::NotACollection)?;
    if features.len() > MOST_AREAS {
        return Err(Refusal::TooManyAreas);
    }
    let mut areas = BTreeMap::new();
    let mut points = 0;
    for (index, feature) in features.iter().enumerate() {
        let area = index + 1;
        let code = code_of(feature, area)?;
        let rings = rings_of(feature, area, &mut points)?;
        if areas.insert(code, rings).is_some() {
            return Err(Refusal::Twice { code });
        }
    }
    if areas.is_empty() {
        return Err(Refusal::NotACollection);
    }
    Ok(areas)
}

/// Depth and words that are no JSON, before anything is built from the file.
fn look_through(file: &[u8]) -> Result<(), Refusal> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in file {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            // The words of JSON are true, false and null; what begins with these is NaN or Infinity.
            b'N' | b'I' => return Err(Refusal::NotANumber),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(Refusal::TooDeep);
        }
    }
    Ok(())
}

/// The code of a municipality in force.
fn code_of(feature: &Value, area: usize) -> Result<&'static str, Refusal> {
    let empty = Map::new();
    let properties = feature
        .get("properties")
        .and_then(Value::as_object)
        .unwrap_or(&empty);
    let named = |name: &&str| {
        properties
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    };
    let value = CODES
        .iter()
        .find_map(named)
        .ok_or(Refusal::NoCode { area })?;
    let written = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return Err(Refusal::NoCode { area }),
    };
    let digits =
        (1..=3).contains(&written.len()) && written.bytes().all(|one| one.is_ascii_digit());
    if !digits {
        return Err(Refusal::UnknownMunicipality { area });
    }
    place::municipality(&format!("{written:0>3}"))
        .filter(|one| one.in_force)
        .map(|one| one.code)
        .ok_or(Refusal::UnknownMunicipality { area })
}

fn rings_of(feature: &Value, area: usize, points: &mut usize) -> Result<Vec<Ring>, Refusal> {
    let wrong = || Refusal::NotAPolygon { area };
    let geometry = feature.get("geometry").ok_or_else(wrong)?;
    let coordinates = geometry
        .get("coordinates")
        .and_then(Value::as_array)
        .ok_or_else(wrong)?;
    let polygons: Vec<&Value> = match geometry.get("type").and_then(Value::as_str) {
        Some("Polygon") => coordinates.iter().collect(),
        Some("MultiPolygon") => coordinates
            .iter()
            .map(|polygon| polygon.as_array().ok_or_else(wrong))
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .flatten()
            .collect(),
        _ => return Err(wrong()),
    };
    let mut rings = Vec::new();
    for ring in polygons {
        let ring = ring.as_array().ok_or_else(wrong)?;
        *points += ring.len();
        if *points > MOST_POINTS {
            return Err(Refusal::TooManyPoints);
        }
        let mut read = ring
            .iter()
            .map(|point| point_of(point, area))
            .collect::<Result<Ring, _>>()?;
        if read.len() > 1 && read.first() == read.last() {
            read.pop();
        }
        if read.len() < 3 {
            return Err(wrong());
        }
        rings.push(read);
    }
    if rings.is_empty() {
        return Err(wrong());
    }
    Ok(rings)
}

fn point_of(point: &Value, area: usize) -> Result<(f64, f64), Refusal> {
    let numbers = point.as_array().ok_or(Refusal::NotAPolygon { area })?;
    let [first, second, ..] = numbers.as_slice() else {
        return Err(Refusal::NotAPolygon { area });
    };
    let (Some(first), Some(second)) = (first.as_f64(), second.as_f64()) else {
        return Err(Refusal::NotANumber);
    };
    match to_metres(first, second) {
        Place::Metres(east, north) => Ok((east, north)),
        Place::Swapped => Err(Refusal::Swapped { area }),
        Place::Elsewhere => Err(Refusal::Elsewhere { area }),
    }
}
