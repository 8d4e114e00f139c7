//! Looks through a figure's markup: elements and attributes of plain drawing, and nothing else.
//!
//! The markup is made by this house (`charts`), which escapes all text of others. This is the second lock:
//! what stands in a public page or a PDF unescaped has been looked at here.

const ELEMENTS: [&str; 12] = [
    "svg", "g", "title", "desc", "path", "rect", "circle", "line", "polyline", "polygon", "text",
    "tspan",
];

const ATTRIBUTES: [&str; 33] = [
    "xmlns",
    "class",
    "viewBox",
    "role",
    "id",
    "aria-labelledby",
    "aria-label",
    "aria-hidden",
    "focusable",
    "d",
    "points",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "dx",
    "dy",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "width",
    "height",
    "transform",
    "text-anchor",
    "opacity",
    "vector-effect",
    "lang",
    "dominant-baseline",
    "preserveAspectRatio",
];

/// Families of attributes that only paint.
const PAINTS: [&str; 4] = ["fill", "stroke", "font-", "data-"];

pub(crate) fn drawings(markup: &str) -> Option<Vec<&str>> {
    let mut found = Vec::new();
    let mut rest = markup.trim();
    while !rest.is_empty() {
        let end = element(rest)?;
        found.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    (!found.is_empty()).then_some(found)
}

/// The length of the `svg` element that the text begins with.
fn element(text: &str) -> Option<usize> {
    if !text.starts_with("<svg") {
        return None;
    }
    let mut open: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(less) = text[at..].find('<') {
        at += less + 1;
        let tag = Tag::read(&text[at..])?;
        at += tag.length;
        if tag.closes {
            (open.pop()? == tag.name).then_some(())?;
        } else if !tag.empty {
            // One `svg` inside another has its own rules about size; a picture has no need of it.
            (tag.name != "svg" || open.is_empty()).then_some(())?;
            open.push(tag.name);
        }
        if open.is_empty() {
            return Some(at);
        }
    }
    None
}

/// What stands between `<` and `>`.
struct Tag<'a> {
    name: &'a str,
    closes: bool,
    empty: bool,
    length: usize,
}

impl<'a> Tag<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let closes = text.starts_with('/');
        let start = usize::from(closes);
        let name = name(&text[start..])?;
        ELEMENTS.contains(&name).then_some(())?;
        let mut at = start + name.len();
        loop {
            let gap = text[at..].len() - text[at..].trim_start().len();
            at += gap;
            if text[at..].starts_with('>') {
                return Some(Self {
                    name,
                    closes,
                    empty: false,
                    length: at + 1,
                });
            }
            if text[at..].starts_with("/>") && !closes {
                return Some(Self {
                    name,
                    closes,
                    empty: true,
                    length: at + 2,
                });
            }
            if gap == 0 || closes {
                return None;
            }
            at += attribute(&text[at..])?;
        }
    }
}

/// The length of `name="value"`.
fn attribute(text: &str) -> Option<usize> {
    let name = name(text)?;
    let known = ATTRIBUTES.contains(&name) || PAINTS.iter().any(|paint| name.starts_with(paint));
    known.then_some(())?;
    let value = text[name.len()..].strip_prefix("=\"")?;
    let end = value.find('"')?;
    let inside = &value[..end];
    // `url(...)` would ask for something outside the drawing.
    let calm = !inside.contains(['<', '>']) && !inside.to_ascii_lowercase().contains("url(");
    calm.then_some(name.len() + 2 + end + 1)
}

fn name(text: &str) -> Option<&str> {
    let end = text
        .find(|one: char| !(one.is_ascii_alphanumeric() || one == '-'))
        .unwrap_or(text.len());
    (end > 0).then(|| &text[..end])
}
