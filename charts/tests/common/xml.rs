//! A strict reader of the little XML that pictures are: it fails where a browser would not take the file.
#![allow(dead_code)]

/// An element with its attributes, in the order of their beginnings.
#[derive(Debug)]
pub struct Element {
    pub tag: String,
    pub attributes: Vec<(String, String)>,
}

impl Element {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Every element.
pub fn read(text: &str) -> Result<Vec<Element>, String> {
    if let Some(bad) = text.chars().find(|one| {
        (*one < ' ')
            || ('\u{7f}'..='\u{9f}').contains(one)
            || *one == '\u{fffe}'
            || *one == '\u{ffff}'
    }) {
        return Err(format!("forbidden character {bad:?}"));
    }
    let (mut rest, mut open, mut elements) = (text, Vec::new(), Vec::new());
    loop {
        let Some(at) = rest.find('<') else {
            plain(rest)?;
            break;
        };
        plain(&rest[..at])?;
        let end = rest.find('>').ok_or("an element without an end")?;
        let inside = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(tag) = inside.strip_prefix('/') {
            if open.pop().as_deref() != Some(tag) {
                return Err(format!("{tag} is closed, but not open"));
            }
            continue;
        }
        let (inside, empty) = inside
            .strip_suffix('/')
            .map_or((inside, false), |inside| (inside, true));
        let element = element(inside)?;
        if !empty {
            open.push(element.tag.clone());
        }
        if open.is_empty() && !rest.is_empty() {
            return Err("something beside the root".to_owned());
        }
        elements.push(element);
        if open.is_empty() {
            break;
        }
    }
    if open.is_empty() {
        Ok(elements)
    } else {
        Err(format!("still open: {open:?}"))
    }
}

fn element(inside: &str) -> Result<Element, String> {
    let (tag, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
    if tag.is_empty() || !tag.bytes().all(|one| one.is_ascii_alphabetic()) {
        return Err(format!("no name of an element: {tag}"));
    }
    let mut attributes: Vec<(String, String)> = Vec::new();
    while !rest.is_empty() {
        let (name, after) = rest
            .split_once("=\"")
            .ok_or_else(|| format!("no attribute: {rest}"))?;
        let (value, after) = after.split_once('"').ok_or("a value without an end")?;
        if name.is_empty()
            || !name
                .bytes()
                .all(|one| one.is_ascii_alphanumeric() || one == b'-')
        {
            return Err(format!("no name of an attribute: {name}"));
        }
        if attributes.iter().any(|(own, _)| own == name) {
            return Err(format!("{name} twice"));
        }
        plain(value)?;
        attributes.push((name.to_owned(), value.to_owned()));
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    Ok(Element {
        tag: tag.to_owned(),
        attributes,
    })
}

/// Text and values: every ampersand begins a known reference.
fn plain(text: &str) -> Result<(), String> {
    for piece in text.split('&').skip(1) {
        if !["amp;", "lt;", "gt;", "quot;", "#39;"]
            .iter()
            .any(|known| piece.starts_with(known))
        {
            return Err(format!("an ampersand before {piece}"));
        }
    }
    if text.contains(['<', '>']) {
        Err(format!("a bracket in text: {text}"))
    } else {
        Ok(())
    }
}

fn numbers(text: &str) -> Vec<f64> {
    text.split(|one: char| !(one.is_ascii_digit() || one == '.' || one == '-'))
        .filter(|piece| !piece.is_empty())
        .map(|piece| piece.parse().unwrap_or(f64::NAN))
        .collect()
}

/// No coordinate is outside the view box; sizes reach no further either.
pub fn inside_its_box(elements: &[Element]) -> Result<(), String> {
    let frame = numbers(elements[0].get("viewBox").unwrap_or_default());
    let [0.0, 0.0, width, height] = frame[..] else {
        return Err(format!("view box {frame:?}"));
    };
    let within = |value: f64, most: f64| (-0.05..=most + 0.05).contains(&value);
    for element in elements {
        let mut places: Vec<(f64, f64)> = Vec::new();
        let one = |name: &str| {
            element
                .get(name)
                .map(numbers)
                .and_then(|found| found.first().copied())
        };
        for (x, y) in [("x", "y"), ("cx", "cy")] {
            if let (Some(x), Some(y)) = (one(x), one(y)) {
                places.push((x, y));
                if let (Some(wide), Some(high)) = (one("width"), one("height")) {
                    places.push((x + wide, y + high));
                }
            }
        }
        for pair in numbers(element.get("points").unwrap_or_default()).chunks(2) {
            places.push((pair[0], *pair.get(1).ok_or("an odd count of numbers")?));
        }
        // `M x y L x y Z`, and one `M x y H x`.
        let path = element.get("d").unwrap_or_default();
        if let Some((start, across)) = path.split_once('H') {
            let start = numbers(start);
            places.extend([(start[0], start[1]), (numbers(across)[0], start[1])]);
        } else {
            places.extend(
                numbers(path)
                    .chunks(2)
                    .map(|pair| (pair[0], pair.get(1).copied().unwrap_or(f64::NAN))),
            );
        }
        if let Some((x, y)) = places
            .into_iter()
            .find(|(x, y)| !within(*x, width) || !within(*y, height))
        {
            return Err(format!(
                "{x} {y} of {element:?} is outside {width} x {height}"
            ));
        }
    }
    Ok(())
}

/// A name and a description that are there, and nothing that a strict policy refuses.
pub fn accessible_and_strict(elements: &[Element]) -> Result<(), String> {
    let root = &elements[0];
    if root.get("role") != Some("img") {
        return Err("no role".to_owned());
    }
    let named = root.get("aria-labelledby").unwrap_or_default();
    for (tag, id) in ["title", "desc"].iter().zip(named.split(' ')) {
        if !elements
            .iter()
            .any(|element| element.tag == *tag && element.get("id") == Some(id))
        {
            return Err(format!("no {tag} of {named}"));
        }
    }
    const TAGS: [&str; 11] = [
        "svg", "title", "desc", "g", "path", "rect", "circle", "polyline", "polygon", "text", "div",
    ];
    for element in elements {
        if !TAGS.contains(&element.tag.as_str()) {
            return Err(format!("a {} in a picture", element.tag));
        }
        for (name, _) in &element.attributes {
            if name == "style" || name.starts_with("on") || name.contains("href") {
                return Err(format!("{name} in a picture"));
            }
        }
    }
    Ok(())
}
