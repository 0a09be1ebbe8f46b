//! From `hooks:` of the library file to [`Hooks`]: addresses, header fields and secrets are held against what they may be,
//! and each template is filled in with messages like those that it will meet.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{FileId, Place, Sources, Span};
use crate::syntax::{HookNode, LibraryScript, Word};

use super::samples::samples;
use super::template::{Template, TemplateFault};
use super::written::{Written, is_name};
use super::{Hook, Hooks, Occasion};

/// The files of the templates that the library has, by their paths in it.
pub type TemplateFiles = BTreeMap<String, FileId>;

/// Header fields that fixpath writes itself, or HTTP does.
const RESERVED: [&str; 9] = [
    "connection",
    "content-length",
    "content-type",
    "host",
    "transfer-encoding",
    "user-agent",
    "webhook-id",
    "webhook-signature",
    "webhook-timestamp",
];

/// Header fields that hold a secret.
const SECRET: [&str; 6] = [
    "authorization",
    "cookie",
    "token",
    "key",
    "secret",
    "password",
];

/// Compiles the hooks of a library file. A template that is not among `files` is missing, which `compile` reports.
pub fn compile(
    sources: &Sources,
    script: &LibraryScript,
    files: &TemplateFiles,
    findings: &mut Vec<Diagnostic>,
) -> Hooks {
    let mut reader = Reader {
        sources,
        script,
        files,
        findings,
        names: HashSet::new(),
    };
    let hooks = script.hooks.iter().filter_map(|node| reader.hook(node));
    Hooks::new(hooks.collect())
}

/// Whether something can be posted to an address; one that begins with a variable is looked at when it is used.
pub(super) fn check_address(url: &Written) -> Result<(), String> {
    let beginning = url.beginning();
    if beginning.is_empty() && url.has_variables() {
        return Ok(());
    }
    let lower = beginning.to_ascii_lowercase();
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| lower.strip_prefix(scheme));
    let Some(rest) = rest.filter(|rest| !rest.is_empty() || url.has_variables()) else {
        return Err("begin the address with `https://` or `http://`".to_owned());
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains('@') {
        return Err("write no password into the address: a header field takes it, `headers: {Authorization: \"Basic ${NAME}\"}`".to_owned());
    }
    if url
        .source()
        .contains(|sign: char| sign.is_whitespace() || sign.is_control())
    {
        return Err("an address has no blanks".to_owned());
    }
    Ok(())
}

struct Reader<'r> {
    sources: &'r Sources,
    script: &'r LibraryScript,
    files: &'r TemplateFiles,
    findings: &'r mut Vec<Diagnostic>,
    names: HashSet<Arc<str>>,
}

impl Reader<'_> {
    /// A hook, whatever is wrong with it; `None` where nothing tells how it is called.
    fn hook(&mut self, node: &HookNode) -> Option<Hook> {
        let name = self.name(node.name.as_ref().or(node.url.as_ref())?);
        let on = occasions(node);
        let template = node.template.as_ref();
        let template = template.and_then(|word| self.template(word, &on));
        let secret = node.secret.as_ref().and_then(|word| self.secret(word));
        let headers = node.headers.iter();
        let headers: Vec<_> = headers
            .filter_map(|(name, value)| self.header(name, value))
            .collect();
        let url = node.url.as_ref().and_then(|url| self.address(url));
        Some(Hook {
            name,
            is_mistaken: url.is_none()
                || template.is_none() && node.template.is_some()
                || self.has_error(node),
            url: url.unwrap_or_default(),
            on,
            template,
            secret,
            headers,
        })
    }

    /// Whether an error was found within a hook.
    fn has_error(&self, node: &HookNode) -> bool {
        self.findings.iter().any(|finding| {
            let Place { file, span } = finding.primary.place;
            finding.severity == Severity::Error
                && file == self.script.file
                && (node.span.start <= span.start && span.end <= node.span.end)
        })
    }

    fn address(&mut self, word: &Word) -> Option<Written> {
        let url = self.written(word)?;
        match check_address(&url) {
            Ok(()) => Some(url),
            Err(help) => {
                let message = format!("nothing can be posted to `{}`", word.value);
                self.report(word, message, "not an address", help);
                None
            }
        }
    }

    /// The author's name for a hook, else its address; one of its own.
    fn name(&mut self, first: &Word) -> Arc<str> {
        let mut name = Arc::clone(&first.value);
        let mut count = 1;
        while !self.names.insert(Arc::clone(&name)) {
            count += 1;
            name = format!("{} ({count})", first.value).into();
        }
        name
    }

    fn secret(&mut self, word: &Word) -> Option<Arc<str>> {
        if is_name(&word.value) && !word.value.starts_with("whsec_") {
            return Some(Arc::clone(&word.value));
        }
        self.report(
            word,
            "a secret must not stand in the file".to_owned(),
            "not the name of an environment variable",
            "put the secret into an environment variable and write its name here, like `FIXPATH_HOOK_SECRET`".to_owned(),
        );
        None
    }

    fn header(&mut self, name: &Word, value: &Word) -> Option<(Arc<str>, Written)> {
        let lower = name.value.to_ascii_lowercase();
        let sign = |one: char| one.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(one);
        if name.value.is_empty() || !name.value.chars().all(sign) {
            let message = format!("a header field cannot be called `{}`", name.value);
            let help = "write letters, digits and strokes only".to_owned();
            self.report(name, message, "not a name of a header field", help);
            return None;
        }
        if RESERVED.contains(&&*lower) {
            let message = format!(
                "the header field `{}` is written by fixpath itself",
                name.value
            );
            self.report(name, message, "not yours", "leave it out".to_owned());
            return None;
        }
        let written = self.written(value)?;
        let is_secret = lower.split(['-', '_']).any(|part| SECRET.contains(&part));
        if is_secret && !written.has_variables() {
            self.report(
                value,
                "a secret must not stand in the file".to_owned(),
                "anybody who reads the library can use it",
                format!(
                    "put it into an environment variable and write `{}: ${{NAME}}`",
                    name.value
                ),
            );
            return None;
        }
        Some((Arc::clone(&name.value), written))
    }

    fn written(&mut self, word: &Word) -> Option<Written> {
        let text = word.value.trim();
        match Written::parse(text) {
            Ok(written) => Some(written),
            Err(help) => {
                let message = format!("`{text}` cannot be filled in");
                self.report(
                    word,
                    message,
                    "not the name of an environment variable",
                    help,
                );
                None
            }
        }
    }

    /// The template, tried with messages like those that it will meet.
    fn template(&mut self, word: &Word, on: &[Occasion]) -> Option<Arc<Template>> {
        let file = *self.files.get(&*word.value)?;
        let sources = self.sources;
        let tried = Template::new(&word.value, sources.file(file).text()).and_then(|template| {
            let mut meant = samples()
                .iter()
                .filter(|sample| on.contains(&sample.occasion));
            meant.try_for_each(|sample| template.fill(&sample.message).map(drop))?;
            Ok(template)
        });
        match tried {
            Ok(template) => Some(Arc::new(template)),
            Err(fault) => {
                let finding = self.wrong_template(word, file, fault);
                self.findings.push(finding);
                None
            }
        }
    }

    fn wrong_template(&self, word: &Word, file: FileId, fault: TemplateFault) -> Diagnostic {
        let source = self.sources.file(file);
        let span = match (fault.range, fault.line) {
            (Some(range), _) => Span::new(range.start as u32, range.end as u32),
            (None, Some(line)) => source.line_span(line as u32),
            (None, None) => source.line_span(1),
        };
        let place = Place { file, span };
        let finding = Diagnostic::new(Code::BadTemplate, place, fault.why)
            .also(self.place(word), "the hook that fills it in");
        match fault.help {
            Some(help) => finding.help(help),
            None => finding,
        }
    }

    fn report(&mut self, word: &Word, message: String, label: &str, help: String) {
        let finding = Diagnostic::new(Code::BadValue, self.place(word), message)
            .label(label)
            .help(help);
        self.findings.push(finding);
    }

    fn place(&self, word: &Word) -> Place {
        Place {
            file: self.script.file,
            span: word.span,
        }
    }
}

/// What `on:` names; both where it is left out.
fn occasions(node: &HookNode) -> Vec<Occasion> {
    let named = |occasion: &Occasion| {
        node.on.is_empty() || node.on.iter().any(|word| *word.value == *occasion.word())
    };
    Occasion::ALL.into_iter().filter(named).collect()
}
