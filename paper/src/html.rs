//! A report as the body of a page, with the classes of the house's theme.

use crate::{Block, Paper, Table, Words, drawings, link, paragraphs};

pub(crate) fn write(paper: &Paper) -> String {
    let mut page = Page {
        out: String::new(),
        words: Words::of(paper.language),
        levels: paper.levels().into_iter(),
        headings: 0,
        tables: 0,
        figures: 0,
    };
    if let Some(summary) = &paper.summary {
        page.text("n-lead", summary);
    }
    for block in &paper.blocks {
        page.block(block);
    }
    page.out
}

struct Page {
    out: String,
    words: &'static Words,
    levels: std::vec::IntoIter<u8>,
    headings: usize,
    tables: usize,
    figures: usize,
}

impl Page {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { text, .. } => self.heading(text),
            Block::Text(text) => self.text("", text),
            Block::List { ordered, items } => self.list(*ordered, items),
            Block::Facts(facts) => self.facts(facts),
            Block::Quote { text, source } => self.quote(text, source.as_deref()),
            Block::Table(table) => self.numbered_table(table),
            Block::Figure {
                svg,
                title,
                description,
                table,
            } => self.figure(svg, title, description, table),
            Block::Note(text) => {
                self.raw("<div class=\"n-offer\" role=\"note\">");
                self.text("", text);
                self.raw("</div>\n");
            }
            Block::Link { text, href } => self.link(text, href),
        }
    }

    fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    fn words(&mut self, text: &str) {
        escape(text, &mut self.out);
    }

    /// An element with only text in it; the opening tag is written by this file.
    fn element(&mut self, open: &str, text: &str, close: &str) {
        self.raw(open);
        self.words(text);
        self.raw(close);
    }

    fn heading(&mut self, text: &str) {
        let level = self.levels.next().unwrap_or(2);
        self.headings += 1;
        self.raw(&format!("<h{level} id=\"s{}\">", self.headings));
        self.words(text);
        self.raw(&format!("</h{level}>\n"));
    }

    fn text(&mut self, class: &str, text: &str) {
        for lines in paragraphs(text) {
            if class.is_empty() {
                self.raw("<p>");
            } else {
                self.raw(&format!("<p class=\"{class}\">"));
            }
            for (index, line) in lines.iter().enumerate() {
                if index > 0 {
                    self.raw("<br>");
                }
                self.words(line);
            }
            self.raw("</p>\n");
        }
    }

    fn list(&mut self, ordered: bool, items: &[String]) {
        if items.is_empty() {
            return;
        }
        let tag = if ordered { "ol" } else { "ul" };
        self.raw(&format!("<div class=\"n-points\"><{tag}>\n"));
        for item in items {
            self.element("<li>", item, "</li>\n");
        }
        self.raw(&format!("</{tag}></div>\n"));
    }

    fn facts(&mut self, facts: &[(String, String)]) {
        if facts.is_empty() {
            return;
        }
        self.raw("<dl class=\"n-facts\">\n");
        for (name, value) in facts {
            self.element("<dt>", name, "</dt>");
            self.element("<dd>", value, "</dd>\n");
        }
        self.raw("</dl>\n");
    }

    fn quote(&mut self, text: &str, source: Option<&str>) {
        self.element(
            "<blockquote class=\"n-quote\">",
            text.trim(),
            "</blockquote>\n",
        );
        if let Some(source) = source {
            self.element("<p class=\"n-meta\">", source, "</p>\n");
        }
    }

    fn link(&mut self, text: &str, href: &str) {
        match link(href) {
            Some(href) => {
                self.element("<p><a class=\"ds-link\" href=\"", href, "\">");
                self.element("", text, "</a></p>\n");
            }
            None => {
                self.element("<p>", text, ": ");
                self.element("", href, "</p>\n");
            }
        }
    }

    fn numbered_table(&mut self, table: &Table) {
        self.tables += 1;
        let number = self.tables;
        let caption = format!("{} {number}. {}", self.words.table, table.caption);
        self.scrolled(table, "n-caption", &format!("t{number}"), &caption);
        self.note(table);
    }

    /// A table of some columns, whose words can be long, is scrolled by itself on a phone, by keyboard too.
    fn scrolled(&mut self, table: &Table, class: &str, id: &str, caption: &str) {
        let wide = table.head.len() > 2;
        if wide {
            self.raw(&format!(
                "<div class=\"n-scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}\">"
            ));
        }
        self.table(
            table,
            &format!("<caption class=\"{class}\" id=\"{id}\">"),
            caption,
        );
        if wide {
            self.raw("</div>\n");
        }
    }

    fn table(&mut self, table: &Table, caption_open: &str, caption: &str) {
        self.raw("<table class=\"ds-table\">");
        self.element(caption_open, caption, "</caption>\n<thead><tr>");
        for (column, name) in table.head.iter().enumerate() {
            let open = if table.numeric(column) {
                "<th scope=\"col\" class=\"n-end\">"
            } else {
                "<th scope=\"col\">"
            };
            self.element(open, name, "</th>");
        }
        self.raw("</tr></thead>\n<tbody>\n");
        for row in table.rows() {
            self.raw("<tr>");
            for cell in row {
                let (tag, scope) = if cell.head {
                    ("th", " scope=\"row\"")
                } else {
                    ("td", "")
                };
                let class = if cell.numeric { " class=\"n-end\"" } else { "" };
                self.raw(&format!("<{tag}{scope}{class}>"));
                self.words(&cell.text);
                self.raw(&format!("</{tag}>"));
            }
            self.raw("</tr>\n");
        }
        self.raw("</tbody></table>\n");
    }

    fn note(&mut self, table: &Table) {
        if let Some(note) = &table.note {
            self.text("n-meta", note);
        }
    }

    fn figure(&mut self, svg: &str, title: &str, description: &str, table: &Table) {
        self.figures += 1;
        let number = self.figures;
        let named = format!("{} {number}. {title}", self.words.figure);
        let Some(drawn) = drawings(svg) else {
            // Without its picture a figure is its table, and what it says stays said.
            self.element("<p>", description, "</p>\n");
            self.scrolled(table, "n-caption", &format!("g{number}"), &named);
            self.note(table);
            return;
        };
        self.raw(&format!(
            "<figure class=\"n-chart\" aria-labelledby=\"f{number}\">{}",
            drawn.concat()
        ));
        self.raw(&format!(
            "<figcaption id=\"f{number}\"><span class=\"n-strong\">"
        ));
        self.words(&named);
        self.element("</span> ", description, "</figcaption></figure>\n");
        self.element(
            "<details class=\"n-twin\"><summary>",
            self.words.as_table,
            "",
        );
        self.element(
            "<span class=\"ds-sr-only\">: ",
            &named,
            "</span></summary>\n",
        );
        self.scrolled(table, "ds-sr-only", &format!("g{number}"), &named);
        self.raw("</details>\n");
        self.note(table);
    }
}

/// Text of others in a page. Control characters, which HTML does not take, are left out.
pub(crate) fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(character),
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
}
