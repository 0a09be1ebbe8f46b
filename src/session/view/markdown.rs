//! Markdown with its facts filled in: what everybody may see, and what only agents may, as two types.

use std::fmt;

use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// Markdown that everybody may see. It is only ever made of public text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, ToSchema)]
pub struct PublicMarkdown(pub(super) String);

/// Markdown that only agents may see. There is no way from here to [`PublicMarkdown`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, ToSchema)]
pub struct AgentMarkdown(pub(super) String);

macro_rules! markdown {
    ($name:ident) => {
        impl $name {
            /// The Markdown.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    };
}

markdown!(PublicMarkdown);
markdown!(AgentMarkdown);
