//! The data file of hints and its grammar.
//!
//! The first line is `# version YYYY-MM-DD`. Then CSV with a header, one reason a row:
//!
//! | column | meaning |
//! | --- | --- |
//! | id | number of the rule, never used again for another one |
//! | language | `fi`, `sv`, `en` |
//! | kind | `danger`, `subsistence`, `housing`, `child` |
//! | effect | `raises`; `mentions` (shown, raises nothing); `nothing` (a false friend: hides shorter or equal matches of its kind) |
//! | denial | `lowers`: a denied match only mentions; `keeps`: it raises all the same |
//! | patterns | patterns with `;` between them |
//! | reason | key of the text that says why; empty for `nothing` |
//!
//! A pattern is words in their order, each of them one or more alternatives with `|` between:
//!
//! | written | holds for |
//! | --- | --- |
//! | `häätö` | the word in any form, and a compound that ends in it |
//! | `~häätö` | also a compound that has it in any place |
//! | `=lapsena` | exactly this form |
//! | `häädö*` `*ralla` `*väkival*` | forms that begin, end or go on like this (for the stemmer, spoken language and slips) |
//! | `@neg` | a word of denial |
//! | `@age` | an age under 18 in one word: `5-vuotias` |
//! | `@years` | a number under 18 |
//! | `..` | up to three other words in between |

use std::sync::Arc;

use kernel::language::Language;

use super::Kind;
use crate::analysis::Analyser;

/// What the first line of the data file begins with.
pub const VERSION_MARK: &str = "# version ";

/// Why a data file of hints cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// The first line does not tell the version.
    #[error("the first line must be `# version YYYY-MM-DD`")]
    Version,
    /// Not CSV with the seven columns.
    #[error("the rules cannot be read")]
    Csv(#[from] csv::Error),
    /// A row that does not follow the grammar.
    #[error("rule {rule}: {problem}")]
    Row { rule: String, problem: String },
}

/// What a match does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Raises,
    Mentions,
    Nothing,
}

pub(super) struct Rule {
    pub id: Arc<str>,
    pub language: Language,
    pub kind: Kind,
    pub effect: Effect,
    pub denial_lowers: bool,
    pub patterns: Vec<Vec<Step>>,
    pub reason: Arc<str>,
}

/// One word of a pattern.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub alternatives: Vec<Alternative>,
    pub after_gap: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Alternative {
    Base { word: String, stem: String },
    AnyPart { word: String, stem: String },
    Form(String),
    Start(String),
    End(String),
    Inside(String),
    Denial,
    AgeOfChild,
    YearsOfChild,
}

pub(super) struct Rules {
    version: String,
    rules: Vec<Rule>,
}

impl Rules {
    pub(super) fn read(
        text: &str,
        analysers: &[(Language, Arc<Analyser>)],
    ) -> Result<Self, RulesError> {
        let first = text.lines().next().unwrap_or_default();
        let version = first
            .strip_prefix(VERSION_MARK)
            .ok_or(RulesError::Version)?
            .trim()
            .to_owned();
        let mut reader = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .from_reader(text.as_bytes());
        let mut rules: Vec<Rule> = Vec::new();
        for record in reader.records() {
            let record = record?;
            let id = record.get(0).unwrap_or_default().to_owned();
            let rule = rule(&record, analysers).map_err(|problem| RulesError::Row {
                rule: id.clone(),
                problem,
            })?;
            if rules.iter().any(|other| other.id == rule.id) {
                return Err(RulesError::Row {
                    rule: id,
                    problem: "the id is used twice".to_owned(),
                });
            }
            rules.push(rule);
        }
        Ok(Self { version, rules })
    }

    pub(super) fn version(&self) -> &str {
        &self.version
    }

    pub(super) fn of(&self, language: Language) -> impl Iterator<Item = &Rule> {
        self.rules
            .iter()
            .filter(move |rule| rule.language == language)
    }

    #[cfg(test)]
    fn all(&self) -> &[Rule] {
        &self.rules
    }
}

fn rule(
    record: &csv::StringRecord,
    analysers: &[(Language, Arc<Analyser>)],
) -> Result<Rule, String> {
    let column = |index: usize| record.get(index).unwrap_or_default().trim();
    let (language, analyser) = analysers
        .iter()
        .find(|(language, _)| language.code() == column(1))
        .ok_or_else(|| format!("unknown language `{}`", column(1)))?;
    let effect = match column(3) {
        "raises" => Effect::Raises,
        "mentions" => Effect::Mentions,
        "nothing" => Effect::Nothing,
        other => return Err(format!("unknown effect `{other}`")),
    };
    let denial_lowers = match column(4) {
        "lowers" => true,
        "keeps" => false,
        other => return Err(format!("unknown denial `{other}`")),
    };
    if column(6).is_empty() != (effect == Effect::Nothing) {
        return Err("a reason belongs to every rule but a false friend".to_owned());
    }
    let patterns = column(5)
        .split(';')
        .map(|pattern| steps(pattern, analyser))
        .collect::<Result<_, _>>()?;
    Ok(Rule {
        id: column(0).into(),
        language: *language,
        kind: Kind::from_code(column(2)).ok_or_else(|| format!("unknown kind `{}`", column(2)))?,
        effect,
        denial_lowers,
        patterns,
        reason: column(6).into(),
    })
}

fn steps(pattern: &str, analyser: &Analyser) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    let mut after_gap = false;
    for word in pattern.split_whitespace() {
        if word == ".." {
            after_gap = !steps.is_empty();
            continue;
        }
        let alternatives = word
            .split('|')
            .map(|written| alternative(written, analyser))
            .collect::<Result<_, _>>()?;
        steps.push(Step {
            alternatives,
            after_gap: std::mem::take(&mut after_gap),
        });
    }
    if steps.is_empty() || after_gap {
        return Err(format!(
            "the pattern `{pattern}` has no words where it needs them"
        ));
    }
    Ok(steps)
}

fn alternative(written: &str, analyser: &Analyser) -> Result<Alternative, String> {
    let plain = |word: &str| {
        let fine = !word.is_empty()
            && word
                .chars()
                .all(|sign| sign.is_alphanumeric() || "-'".contains(sign));
        let lower = fine && word.to_lowercase() == word;
        lower
            .then(|| word.to_owned())
            .ok_or_else(|| format!("`{written}` is not a word in lower case"))
    };
    let base = |word: &str| plain(word).map(|word| (analyser.stem(&word), word));
    Ok(match written {
        "@neg" => Alternative::Denial,
        "@age" => Alternative::AgeOfChild,
        "@years" => Alternative::YearsOfChild,
        _ => match (written.strip_prefix('*'), written.strip_suffix('*')) {
            (Some(rest), Some(_)) => Alternative::Inside(plain(rest.trim_end_matches('*'))?),
            (Some(end), None) => Alternative::End(plain(end)?),
            (None, Some(start)) => Alternative::Start(plain(start)?),
            (None, None) => match (written.strip_prefix('='), written.strip_prefix('~')) {
                (Some(form), _) => Alternative::Form(plain(form)?),
                (_, Some(word)) => {
                    base(word).map(|(stem, word)| Alternative::AnyPart { word, stem })?
                }
                _ => base(written).map(|(stem, word)| Alternative::Base { word, stem })?,
            },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analysers() -> Vec<(Language, Arc<Analyser>)> {
        [Language::Fi, Language::Sv, Language::En]
            .map(|language| (language, Arc::new(Analyser::stemmer_only(language))))
            .into()
    }

    fn read(rows: &str) -> Result<Rules, RulesError> {
        let header = "# version 2026-01-01\nid,language,kind,effect,denial,patterns,reason\n";
        Rules::read(&format!("{header}{rows}\n"), &analysers())
    }

    #[test]
    fn the_grammar_reads_every_form() {
        let rules = read("a,en,child,raises,lowers,son .. @years|@age =old; kid*; *hood; *chil*; ~child; @neg,reason").expect("fine");
        let patterns = &rules.all()[0].patterns;
        assert_eq!(patterns.len(), 6);
        assert!(!patterns[0][0].after_gap && patterns[0][1].after_gap && !patterns[0][2].after_gap);
        assert_eq!(
            patterns[0][1].alternatives,
            [Alternative::YearsOfChild, Alternative::AgeOfChild]
        );
        assert_eq!(
            patterns[1][0].alternatives,
            [Alternative::Start("kid".into())]
        );
        assert_eq!(
            patterns[2][0].alternatives,
            [Alternative::End("hood".into())]
        );
        assert_eq!(
            patterns[3][0].alternatives,
            [Alternative::Inside("chil".into())]
        );
    }

    #[test]
    fn a_bad_row_is_refused_with_its_id() {
        for row in [
            "bad,xx,child,raises,lowers,kid,r",
            "bad,en,cat,raises,lowers,kid,r",
            "bad,en,child,shouts,lowers,kid,r",
            "bad,en,child,raises,maybe,kid,r",
            "bad,en,child,raises,lowers,kid,",
            "bad,en,child,nothing,lowers,kid,r",
            "bad,en,child,raises,lowers,,r",
            "bad,en,child,raises,lowers,kid ..,r",
            "bad,en,child,raises,lowers,Kid,r",
            "bad,en,child,raises,lowers,kid;;son,r",
        ] {
            let error = read(row).err().unwrap_or_else(|| panic!("accepted: {row}"));
            assert!(error.to_string().contains("bad"), "{error}");
        }
        assert!(matches!(
            Rules::read("id,language\n", &analysers()),
            Err(RulesError::Version)
        ));
        assert!(
            read("a,en,child,raises,lowers,kid,r\na,en,child,raises,lowers,son,r").is_err(),
            "an id twice"
        );
    }
}
