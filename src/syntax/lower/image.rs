//! `image:` and `link:`: a path or an address, or a mapping with more.

use crate::diagnostic::Code;

use super::super::key::Key;
use super::super::shape::{IMAGE, LINK};
use super::super::yaml::Kind;
use super::super::{ImageNode, LinkNode, Word};
use super::Lower;
use super::fields::Fields;
use super::what::What;

/// Schemes that a link may have: those that cannot run anything.
const SCHEMES: [&str; 4] = ["http:", "https:", "mailto:", "tel:"];

impl<'y> Lower<'y> {
    /// `image:`.
    pub(super) fn image(&mut self, fields: &Fields<'y>) -> Option<ImageNode> {
        let node = fields.value(Key::Image)?;
        let what = What::Key(Key::Image);
        if !matches!(node.kind(), Kind::Map { .. }) {
            let src = self.word(node, what)?;
            return Some(ImageNode {
                span: node.span(),
                src,
                alt: None,
            });
        }
        let inner = self.fields(node, &IMAGE, what)?;
        let alt = self.prose_of(&inner, Key::Alt);
        if !inner.has(Key::Src) && !inner.faulty {
            self.missing(node.span(), "the image has no file", "add `src: file`");
        }
        Some(ImageNode {
            span: node.span(),
            src: self.word_of(&inner, Key::Src)?,
            alt,
        })
    }

    /// `link:`.
    pub(super) fn link(&mut self, fields: &Fields<'y>) -> Option<LinkNode> {
        let node = fields.value(Key::Link)?;
        let what = What::Key(Key::Link);
        if !matches!(node.kind(), Kind::Map { .. }) {
            let url = self.word(node, what)?;
            self.check_url(&url, &SCHEMES);
            return Some(LinkNode { url, label: None });
        }
        let inner = self.fields(node, &LINK, what)?;
        let label = self.text_of(&inner, Key::Label);
        if !inner.has(Key::Url) && !inner.faulty {
            self.missing(
                node.span(),
                "the link has no address",
                "add `url: https://…`",
            );
        }
        let url = self.word_of(&inner, Key::Url)?;
        self.check_url(&url, &SCHEMES);
        Some(LinkNode { url, label })
    }

    /// Holds an address against the schemes that it may have.
    fn check_url(&mut self, url: &Word, schemes: &[&str]) {
        let text = url.value.trim();
        let lower = text.to_ascii_lowercase();
        let known = schemes.iter().any(|scheme| {
            lower
                .strip_prefix(scheme)
                .is_some_and(|rest| !rest.trim_start_matches('/').is_empty())
        });
        if known && !text.contains(char::is_whitespace) {
            return;
        }
        let list: Vec<String> = schemes.iter().map(|scheme| format!("`{scheme}`")).collect();
        let finding = self
            .finding(
                Code::BadValue,
                url.span,
                format!("`{text}` is not an address that a link may have"),
            )
            .label("not an address")
            .help(format!("begin it with {}", list.join(", ")));
        let finding = if lower.starts_with("www.") {
            finding.replace("add `https://`", url.span, format!("https://{text}"))
        } else {
            finding
        };
        self.report(finding);
    }
}
