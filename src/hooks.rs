//! Floor 5: what is told to other systems, and in which words: the `hooks:` of a library file, compiled; the message for a
//! case that is handed over or closed, as JSON or by a template of the author's. It reads no files, keeps nothing, sends
//! nothing and looks at no environment: the store keeps messages, `delivery` sends them.
//!
//! | file | holds |
//! | --- | --- |
//! | `compile` | from the library file to [`Hooks`], with findings |
//! | `written` | texts with `${NAME}` for what stands in the environment: tokens are never in a file or a store |
//! | `template`, `signs`, `growth`, `samples` | templates, what they may be made of, and what they are tried with |

mod compile;
mod growth;
mod samples;
mod signs;
mod template;
mod written;

use std::sync::Arc;

pub use compile::{TemplateFiles, compile};
pub use samples::{Sample, samples};
pub use template::{Template, TemplateFault};
pub use written::{Unfilled, Written};

/// What a hook can wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// A case is handed over.
    Handover,
    /// A case is closed.
    Close,
}

/// Where something is posted to when a case is handed over or closed.
#[derive(Debug, Clone)]
pub struct Hook {
    /// How the author calls it; a hook without a name is called as its address is written.
    pub name: Arc<str>,
    /// The address.
    pub url: Written,
    /// When.
    pub on: Vec<Occasion>,
    /// What; where there is none, the message as JSON.
    pub template: Option<Arc<Template>>,
    /// The environment variable that holds the secret to sign with.
    pub secret: Option<Arc<str>>,
    /// Further header fields.
    pub headers: Vec<(Arc<str>, Written)>,
    /// Whether its author made a mistake in it: messages are made for it, but not sent before it is mended.
    pub is_mistaken: bool,
}

/// The hooks of a library, those of today: they are in no version of it.
#[derive(Debug, Clone, Default)]
pub struct Hooks {
    hooks: Arc<[Hook]>,
}

/// The name of what is given by `--hook`; no author can write it.
const ONE_WALK: &str = "--hook";

/// The address of a hook whose author wrote none to which anything can be posted.
const UNKNOWN: &str = "";

/// The environment variable that holds the secret for what is given by `--hook`.
const ONE_WALK_SECRET: &str = "FIXPATH_HOOK_SECRET";

impl Occasion {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Handover, Self::Close];

    /// The word in `on:`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Handover => "handover",
            Self::Close => "close",
        }
    }

    /// The `type` of the message.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Handover => "case.handed_over",
            Self::Close => "case.closed",
        }
    }
}

impl Hooks {
    /// These, in this order.
    pub fn new(hooks: Vec<Hook>) -> Self {
        Self {
            hooks: hooks.into(),
        }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Hook> {
        self.hooks.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.hooks.is_empty()
    }

    /// These and one more address, as `--hook URL` gives it for one walk. It is signed where `FIXPATH_HOOK_SECRET` is set
    /// when the message is sent.
    ///
    /// # Errors
    /// It is no address that can be posted to; the words say why.
    pub fn with_address(&self, url: &str) -> Result<Self, String> {
        let mut hooks = self.hooks.to_vec();
        hooks.push(Hook::one_walk(url)?);
        Ok(Self::new(hooks))
    }

    /// The names and addresses of those whose messages can be sent; no address stands for any.
    pub fn senders(&self) -> Vec<(String, Option<String>)> {
        let own = self.iter().filter(|hook| *hook.name != *ONE_WALK);
        let own = own.flat_map(|hook| {
            let addresses = [hook.url.source(), UNKNOWN];
            addresses.map(|address| (hook.name.to_string(), Some(address.to_owned())))
        });
        own.chain([(ONE_WALK.to_owned(), None)]).collect()
    }

    /// Who sends a message that was made for a hook: the hook of that name and address as written. A token must never go
    /// to another address than the one that its author wrote beside it; where there was none yet, the name decides.
    pub fn sender(&self, name: &str, url: &str) -> Option<Hook> {
        if name == ONE_WALK {
            return Hook::one_walk(url).ok();
        }
        let is_meant =
            |hook: &&Hook| *hook.name == *name && (hook.url.source() == url || url == UNKNOWN);
        self.iter().find(is_meant).cloned()
    }
}

impl Hook {
    fn one_walk(url: &str) -> Result<Self, String> {
        let written = Written::parse(url)?;
        compile::check_address(&written)?;
        Ok(Self {
            name: ONE_WALK.into(),
            url: written,
            on: Occasion::ALL.to_vec(),
            template: None,
            secret: Some(ONE_WALK_SECRET.into()),
            headers: Vec::new(),
            is_mistaken: false,
        })
    }

    /// Whether a secret that is not set means that nothing is signed, rather than that nothing may be sent.
    pub fn may_go_unsigned(&self) -> bool {
        *self.name == *ONE_WALK
    }

    /// The body for a message, and its content type.
    ///
    /// # Errors
    /// The template cannot be filled in with it.
    pub fn body(
        &self,
        message: &serde_json::Value,
    ) -> Result<(String, &'static str), TemplateFault> {
        match &self.template {
            None => Ok((message.to_string(), "application/json")),
            Some(template) => Ok((template.fill(message)?, template.content_type())),
        }
    }
}
