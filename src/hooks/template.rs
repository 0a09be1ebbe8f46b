//! A template of the author's, by minijinja. What a template prints is escaped for what it makes (JSON, XML), what is not
//! there is an error, and what takes too long is stopped.

use std::io;

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior};
use serde_json::Value;

use super::{growth, signs};

/// So much work one template may make: some ten thousand printed values.
const FUEL: u64 = 1_000_000;

/// So many bytes a template may have, and what it makes.
const TEMPLATE_BYTES: usize = 64 * 1024;
const BODY_BYTES: usize = 1024 * 1024;

/// A template that was read without a fault.
#[derive(Debug)]
pub struct Template {
    path: String,
    text: String,
    kind: Kind,
}

/// What a template makes, by its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json,
    Xml,
    Html,
    Text,
}

/// What is wrong with a template, or with what it made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// What, in one line.
    pub why: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The line of the template, from 1 on, where that is known.
    pub line: Option<usize>,
    /// The bytes of the template, where they are known.
    pub range: Option<std::ops::Range<usize>>,
}

impl std::fmt::Display for TemplateFault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(out, "line {line}: {}", self.why),
            None => out.write_str(&self.why),
        }
    }
}

impl Kind {
    /// By the ending of a file's name, after that of a template.
    fn of(path: &str) -> Option<Self> {
        let mut name = path.to_ascii_lowercase();
        for ending in [".j2", ".jinja", ".jinja2"] {
            if let Some(stripped) = name.strip_suffix(ending) {
                name = stripped.to_owned();
                break;
            }
        }
        let (_, ending) = name.rsplit_once('.')?;
        Some(match ending {
            "json" => Self::Json,
            "xml" => Self::Xml,
            "html" | "htm" => Self::Html,
            "txt" | "md" => Self::Text,
            _ => return None,
        })
    }

    const fn escape(self) -> AutoEscape {
        match self {
            Self::Json => AutoEscape::Json,
            Self::Xml | Self::Html => AutoEscape::Html,
            Self::Text => AutoEscape::None,
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xml => "application/xml; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
        }
    }
}

impl Template {
    /// Reads a template; its path says by its ending what it makes.
    ///
    /// # Errors
    /// What cannot be read in it.
    pub fn new(path: &str, text: &str) -> Result<Self, TemplateFault> {
        let fault = |why: String, help: &str| TemplateFault {
            why,
            help: Some(help.to_owned()),
            line: None,
            range: None,
        };
        let kind = Kind::of(path).ok_or_else(|| {
            fault(
                "the name does not say what the template makes".to_owned(),
                "end it with `.json.j2`, `.xml.j2`, `.html.j2`, `.md.j2` or `.txt.j2`",
            )
        })?;
        if text.len() > TEMPLATE_BYTES {
            let why = format!(
                "the template has {} bytes, more than the {TEMPLATE_BYTES} that are read",
                text.len()
            );
            return Err(fault(why, "make it shorter"));
        }
        let wrong = signs::wrong_sign(text).or_else(|| growth::too_much(text));
        if let Some(wrong) = wrong {
            return Err(TemplateFault {
                line: Some(line_of(text, wrong.range.start)),
                range: Some(wrong.range),
                why: wrong.why,
                help: None,
            });
        }
        let template = Self {
            path: path.to_owned(),
            text: text.to_owned(),
            kind,
        };
        let environment = template.environment();
        let read = environment.template_from_named_str(&template.path, &template.text);
        read.map(drop).map_err(|why| template.fault(&why))?;
        Ok(template)
    }

    /// Its path in the library.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What it makes.
    pub const fn content_type(&self) -> &'static str {
        self.kind.content_type()
    }

    /// Fills it in with a message.
    ///
    /// # Errors
    /// It names what the message does not have, takes too long, or makes no JSON although it should.
    pub fn fill(&self, message: &Value) -> Result<String, TemplateFault> {
        let environment = self.environment();
        let mut body = Body::default();
        let made = environment
            .template_from_named_str(&self.path, &self.text)
            .and_then(|template| {
                let message = minijinja::Value::from(Serde(message));
                template.render_captured_to(message, &mut body).map(drop)
            });
        if body.is_full {
            return Err(TemplateFault {
                why: format!("the template makes more than the {BODY_BYTES} bytes that are sent"),
                help: None,
                line: None,
                range: None,
            });
        }
        made.map_err(|why| self.fault(&why))?;
        let made = String::from_utf8_lossy(&body.bytes).into_owned();
        if self.kind == Kind::Json
            && let Err(why) = serde_json::from_str::<serde::de::IgnoredAny>(&made)
        {
            return Err(self.no_json(&made, &why));
        }
        Ok(made)
    }

    fn environment(&self) -> Environment<'_> {
        let mut environment = Environment::new();
        let kind = self.kind;
        environment.set_auto_escape_callback(move |_| kind.escape());
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment.set_debug(true);
        // These make as many blanks or digits as they are told, without an end.
        for endless in ["format", "indent", "pprint"] {
            environment.remove_filter(endless);
        }
        // These make more of a text each time; no message is made of longer ones than are sent.
        environment.add_filter("tojson", move |value: &minijinja::Value| {
            let text = short(serde_json::to_string(value).unwrap_or_default())?;
            Ok::<_, Error>(match kind {
                Kind::Json => minijinja::Value::from_safe_string(text),
                Kind::Xml | Kind::Html | Kind::Text => minijinja::Value::from(text),
            })
        });
        environment.add_filter("replace", |text: &str, from: &str, to: &str| {
            let length = text.len() + text.matches(from).count().saturating_mul(to.len());
            if length > BODY_BYTES {
                return Err(too_long());
            }
            Ok(text.replace(from, to))
        });
        environment
    }

    fn fault(&self, why: &minijinja::Error) -> TemplateFault {
        use minijinja::ErrorKind;
        let range = why.range().map(|range| self.whole_name(range));
        let named = range
            .clone()
            .and_then(|range| self.text.get(range))
            .filter(|named| !named.contains('\n'))
            .unwrap_or_default()
            .trim();
        let (said, help) = match why.kind() {
            ErrorKind::UndefinedError => (
                format!("a message has no `{named}`"),
                Some(format!(
                    "look at the message in docs/hooks.md; what is not always there takes `default`: `{{{{ {named} | default(\"\") }}}}`"
                )),
            ),
            ErrorKind::OutOfFuel => ("the template takes too long".to_owned(), None),
            _ => (
                why.detail()
                    .map_or_else(|| why.kind().to_string(), str::to_owned),
                None,
            ),
        };
        TemplateFault {
            why: said,
            help,
            line: why.line(),
            range,
        }
    }

    /// The range of a name from its beginning on: minijinja points at the end of a long one.
    fn whole_name(&self, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let before = self.text.get(..range.start).unwrap_or_default();
        let name = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '.');
        before.trim_end_matches(name).len()..range.end
    }

    /// The line of what was made is that of the template where no line came or went.
    fn no_json(&self, made: &str, why: &serde_json::Error) -> TemplateFault {
        let line = made.lines().nth(why.line().saturating_sub(1));
        let shown: String = line.unwrap_or_default().trim().chars().take(60).collect();
        let quoted = self.text.find("\"{{");
        let same = made.lines().count() == self.text.lines().count();
        TemplateFault {
            why: format!("the template makes no JSON: `{shown}`"),
            help: quoted.map(|_| "write `{{ … }}` without quotes around it: it brings its own; join texts within it, `{{ \"Case \" ~ data.case }}`".to_owned()),
            line: match quoted {
                Some(at) => Some(line_of(&self.text, at)),
                None => same.then(|| why.line()),
            },
            range: quoted.map(|at| at..at + 3),
        }
    }
}

/// What a template has made so far: no more of it than is sent.
#[derive(Default)]
struct Body {
    bytes: Vec<u8>,
    is_full: bool,
}

impl io::Write for Body {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + more.len() > BODY_BYTES {
            self.is_full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A text, if it is not too long to be sent.
fn short(text: String) -> Result<String, Error> {
    if text.len() > BODY_BYTES {
        return Err(too_long());
    }
    Ok(text)
}

fn too_long() -> Error {
    let why = format!("a text gets longer than the {BODY_BYTES} bytes that are sent");
    Error::new(minijinja::ErrorKind::InvalidOperation, why)
}

fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().iter().take(at);
    before.filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::Template;

    #[test]
    fn no_template_takes_the_machine_down() {
        // As long as a template may be, and as deep as one pair of brackets may.
        let within = |length: usize, begin: &str, part: &str, end: &str| {
            let count = length / part.len();
            format!("{{{{ {begin}{}{end} }}}}", part.repeat(count))
        };
        let chains = [
            ("a", ".b", ""),
            ("a", "[0]", ""),
            ("a", "|e", ""),
            ("a", "~a", ""),
            ("1", "+1", ""),
            ("a", " and a", ""),
            ("", "not ", "a"),
            ("", "-", "1"),
            ("", "(", "1"),
            ("", "[", "1"),
            ("", "{1:", "1"),
            ("a", " if a else a", ""),
            ("a", "**a", ""),
            ("a", " is defined", ""),
            ("a", "()", ""),
            ("a", "<1", ""),
            ("a", " in a", ""),
        ];
        let of_length = |length| chains.map(|(begin, part, end)| within(length, begin, part, end));
        let mut deep = [of_length(60_000), of_length(480)].concat();
        deep.push("{% if a %}".repeat(6_000));
        deep.push(format!("{{% if a %}}{}", "{% elif a %}".repeat(5_000)));
        deep.push(format!(
            "{{% if a %}}{}{{% endif %}}",
            "{% elif a %}".repeat(5_000)
        ));
        deep.push(format!(
            "{{% if a %}}{}{{% endif %}}",
            "{% elif a %}".repeat(99)
        ));
        deep.push("{% for a in b %}".repeat(4_000));
        deep.push("{{ 'a' * 99999999999 }}".to_owned());
        deep.push("{{ 'a' | indent(99999999999999999) }}".to_owned());
        deep.push("{{ [a] | tojson(99999999999999999) }}".to_owned());
        deep.push("{{ '%99999999999999999d' | format(a) }}".to_owned());
        deep.push("{{ '%99999999999999999d'.format(a) }}".to_owned());
        deep.push("{{ range(99999999999) | list | batch(99999999999) }}".to_owned());
        deep.push(
            "{% set s = 'x' %}{% for i in range(99) %}{% set s = s ~ s %}{% endfor %}{{ s }}"
                .to_owned(),
        );
        deep.push(format!("{}{{{{ a }}}}", "{% set a = a ~ a %}".repeat(99)));
        deep.push("{% for i in range(99999) %}{{ 'a' * 99999 }}{% endfor %}".to_owned());
        deep.push(format!(
            "{{{{ 'a' {} }}}}",
            "|replace('a', 'aaaaaaaaaa')".repeat(12)
        ));
        deep.push(format!("{{{{ '\"' {} }}}}", "|tojson".repeat(60)));
        deep.push("{% macro m(s) %}{{ m(s ~ s) }}{% endmacro %}{{ m('a') }}".to_owned());
        deep.push("{{ a }}".repeat(9_000));
        deep.push("{% set a = 1 %}".repeat(4_000));
        for text in deep {
            let read = Template::new("t.json.j2", &text);
            let message = serde_json::json!({"a": 1, "b": [1]});
            let _ = read.map(|template| template.fill(&message));
        }
    }
}
