//! Writes SVG that is well formed by construction: elements are closed by the writer, attributes are names
//! of this crate, and all text is escaped.

use crate::Heading;
use crate::paint::Class;

/// The size of a drawing in its own units; one is a pixel where the drawing is shown at full size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Frame {
    pub width: f64,
    pub height: f64,
}

/// Which of the two drawings of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Only,
    Wide,
    Narrow,
}

/// Where a text begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

pub(crate) struct Svg {
    out: String,
    frame: Frame,
    open: Vec<&'static str>,
}

impl Svg {
    pub(crate) fn new(heading: &Heading, frame: Frame, side: Side) -> Self {
        let (class, mark) = match side {
            Side::Only => ("c-picture", ""),
            Side::Wide => ("c-picture c-wide", ""),
            Side::Narrow => ("c-picture c-narrow", "-n"),
        };
        let id = heading.id.text();
        let mut svg = Self {
            out: String::with_capacity(4096),
            frame,
            open: Vec::new(),
        };
        let size = format!("0 0 {} {}", number(frame.width), number(frame.height));
        let named = format!("{id}{mark}-t {id}{mark}-d");
        svg.open(
            "svg",
            &[
                ("xmlns", "http://www.w3.org/2000/svg"),
                ("class", class),
                ("viewBox", &size),
                ("role", "img"),
                ("aria-labelledby", &named),
            ],
        );
        svg.titled("title", &format!("{id}{mark}-t"), &heading.title);
        svg.titled("desc", &format!("{id}{mark}-d"), &heading.description);
        svg
    }

    fn titled(&mut self, tag: &'static str, id: &str, words: &str) {
        self.open(tag, &[("id", id)]);
        self.words(words);
        self.close();
    }

    pub(crate) fn open(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) {
        self.begin(tag, attributes);
        self.out.push('>');
        self.open.push(tag);
    }

    pub(crate) fn close(&mut self) {
        if let Some(tag) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(tag);
            self.out.push('>');
        }
    }

    /// An element without content, painted as its class.
    pub(crate) fn mark(
        &mut self,
        tag: &'static str,
        class: Class,
        attributes: &[(&'static str, &str)],
    ) {
        let mut all = vec![("class", class.name())];
        let own = |name: &str| attributes.iter().any(|(other, _)| *other == name);
        all.extend(class.plain().iter().filter(|(name, _)| !own(name)).copied());
        all.extend_from_slice(attributes);
        self.begin(tag, &all);
        self.out.push_str("/>");
    }

    /// A group with a hint of its own.
    pub(crate) fn group(&mut self, hint: &str) {
        self.open("g", &[]);
        self.open("title", &[]);
        self.words(hint);
        self.close();
    }

    /// A line of words. The place is its baseline.
    pub(crate) fn text(&mut self, class: Class, x: f64, y: f64, anchor: Anchor, words: &str) {
        self.text_on(class, "", "", x, y, anchor, words);
    }

    /// Words with a second class and its colour, as on a dark tile.
    #[expect(clippy::too_many_arguments, reason = "a place, a look and the words")]
    pub(crate) fn text_on(
        &mut self,
        class: Class,
        second: &str,
        colour: &str,
        x: f64,
        y: f64,
        anchor: Anchor,
        words: &str,
    ) {
        let classes = if second.is_empty() {
            class.name().to_owned()
        } else {
            format!("{} {second}", class.name())
        };
        let (x, y) = (self.x(x), self.y(y));
        let mut all = vec![("class", classes.as_str())];
        all.extend_from_slice(class.plain());
        if !colour.is_empty() {
            all.push(("fill", colour));
        }
        all.extend([
            ("x", x.as_str()),
            ("y", y.as_str()),
            ("text-anchor", anchor.name()),
        ]);
        self.open("text", &all);
        self.words(words);
        self.close();
    }

    /// A straight line.
    pub(crate) fn rule(&mut self, class: Class, from: (f64, f64), to: (f64, f64)) {
        let path = format!(
            "M{} {}L{} {}",
            self.x(from.0),
            self.y(from.1),
            self.x(to.0),
            self.y(to.1)
        );
        self.mark("path", class, &[("d", &path)]);
    }

    pub(crate) fn rect(&mut self, class: Class, place: (f64, f64), size: (f64, f64)) {
        let (x, y) = (self.x(place.0), self.y(place.1));
        let width = number(size.0.min(self.frame.width - place.0).max(0.0));
        let height = number(size.1.min(self.frame.height - place.1).max(0.0));
        self.mark(
            "rect",
            class,
            &[
                ("x", &x),
                ("y", &y),
                ("width", &width),
                ("height", &height),
                ("rx", "2"),
            ],
        );
    }

    /// "x,y x,y" for lines and areas.
    pub(crate) fn points(&self, points: &[(f64, f64)]) -> String {
        let each: Vec<String> = points
            .iter()
            .map(|&(x, y)| format!("{},{}", self.x(x), self.y(y)))
            .collect();
        each.join(" ")
    }

    /// A coordinate in the box.
    pub(crate) fn x(&self, x: f64) -> String {
        number(inside(x, self.frame.width))
    }

    pub(crate) fn y(&self, y: f64) -> String {
        number(inside(y, self.frame.height))
    }

    pub(crate) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn begin(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(value, &mut self.out);
            self.out.push('"');
        }
    }

    fn words(&mut self, words: &str) {
        escape(words, &mut self.out);
    }
}

/// A number of the box; what is no number goes to its corner.
fn inside(value: f64, most: f64) -> f64 {
    if value.is_finite() {
        value.clamp(0.0, most)
    } else {
        0.0
    }
}

/// One decimal, and none where it is nought.
fn number(value: f64) -> String {
    let written = format!("{value:.1}");
    match written.strip_suffix(".0") {
        Some("-0") => "0".to_owned(),
        Some(whole) => whole.to_owned(),
        None => written,
    }
}

/// Text as XML 1.0 takes it; characters that it forbids are left out.
fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
}
