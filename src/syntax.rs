//! Floor 3: from YAML text to a [`Script`] with spans, and everything about shape: which keys there are, what may
//! stand where, the JSON Schema of the language, the house style. It resolves no names: `compile` does.
//! Only this module names the YAML parser.

mod controls;
mod file_kind;
mod format;
mod inner_span;
mod key;
mod library_script;
mod limits;
mod lower;
mod parse;
mod quoting;
mod repair;
mod schema;
mod script;
mod shape;
mod yaml;

pub use file_kind::FileKind;
pub use format::{NotFormatted, format, inline_list, inline_text};
pub use inner_span::inner_span;
pub use library_script::{FactNode, HookNode, IncidentNode, LibraryScript, TeamNode, ThemeNode};
pub use limits::Limits;
pub use parse::{parse_library, parse_script, unread_library, unread_script};
pub use schema::json_schema;
pub use script::{
    AnswerNode, CallNode, EdgeExtras, EdgeNode, EndKind, EndNode, Form, ImageNode, InstructionNode,
    Kind, Level, LimitNode, LinkNode, NextNode, ProbeCommandNode, ProbeNode, QuestionNode,
    RemedyNode, RemedyStep, Script, ShownNode, StepNode, System, Target, TestNode, TryNode,
    ValueNode, Word,
};
