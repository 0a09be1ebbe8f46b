//! The canonical form as data, with names where the compiled library has indices. Field order is part of the form.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A text: a string, or with the places where facts are shown.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum TextForm {
    Plain(Arc<str>),
    Filled {
        text: Arc<str>,
        /// From byte, to byte, and the fact's name; no name for `$${`.
        facts: Vec<(u32, u32, Option<Arc<str>>)>,
    },
}

#[derive(Debug, Deserialize)]
pub(super) struct LibraryForm {
    pub format: u32,
    pub facts: Vec<FactForm>,
    pub teams: Vec<TeamForm>,
    pub matrix: [[u8; 3]; 3],
    pub trees: Vec<TreeForm>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FactForm {
    pub name: Arc<str>,
    pub kind: KindForm,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<TextForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<TextForm>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ChoiceForm>,
}

/// What a fact can be, or what a question asks for.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum KindForm {
    YesNo,
    /// Of a declaration.
    Keys(Vec<Arc<str>>),
    /// Of a declaration.
    ManyKeys(Vec<Arc<str>>),
    /// Of a question.
    Choice(Vec<ChoiceForm>),
    /// Of a question.
    Many(Vec<ChoiceForm>),
    Number {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<Arc<str>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decimals: Option<u8>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        answers: Vec<NumberAnswerForm>,
    },
    Text {
        /// As compiled: it takes the whole text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pattern: Option<String>,
        /// As written.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pattern_source: Option<Arc<str>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        example: Option<Arc<str>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<u32>,
        #[serde(default, skip_serializing_if = "is_false")]
        secret: bool,
    },
    Date {
        /// A date, or `today`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<String>,
    },
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ChoiceForm {
    pub key: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<TextForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<TextForm>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct NumberAnswerForm {
    pub key: Arc<str>,
    pub test: TestForm,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum TestForm {
    Below(f64),
    Between(f64, f64),
    Above(f64),
    Exactly(f64),
    Word,
    Otherwise,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TeamForm {
    pub key: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<TextForm>,
}

/// The head of a tree; its steps follow.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct HeadForm {
    pub name: Arc<str>,
    pub title: TextForm,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<TextForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn: Option<TextForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<TextForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<crate::tree::Audience>,
    pub start: Arc<str>,
    pub stuck: Arc<str>,
}

#[derive(Debug, Deserialize)]
pub(super) struct TreeForm {
    pub head: HeadForm,
    pub steps: Vec<StepForm>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StepForm {
    pub name: Arc<str>,
    pub kind: StepKindForm,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<TextForm>,
    #[serde(default, rename = "do", skip_serializing_if = "Option::is_none")]
    pub instruction: Option<TextForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Box<ShownForm>>,
    /// Milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edges: Vec<EdgeForm>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ShownForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<TextForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn: Option<TextForm>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checklist: Vec<TextForm>,
    /// Path, and what a screen reader says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<(Arc<str>, Option<TextForm>)>,
    /// Address, and what to show instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<(Arc<str>, Option<TextForm>)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub say: Option<TextForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<TextForm>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StepKindForm {
    Question {
        /// The shared fact; none for the step's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fact: Option<Arc<str>>,
        kind: KindForm,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        probe: Vec<CommandForm>,
    },
    Instruction,
    Remedy(Box<RemedyForm>),
    Branch,
    Call {
        tree: Arc<str>,
        returns: Vec<Arc<str>>,
    },
    Try {
        remedies: Vec<Arc<str>>,
        ordered: bool,
    },
    Leave(Arc<str>),
    End(EndForm),
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RemedyForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<TextForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<TextForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<TextForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Arc<str>>,
    /// Milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takes: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub odds: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Arc<str>>,
    #[serde(default, rename = "if", skip_serializing_if = "Option::is_none")]
    pub condition: Option<Arc<str>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CommandForm {
    pub system: SystemForm,
    pub arguments: Vec<TextForm>,
    /// Milliseconds.
    pub timeout: u64,
    pub yes: Arc<str>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SystemForm {
    Any,
    Linux,
    Windows,
    Macos,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum EndForm {
    Fix {
        what: TextForm,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cause: Option<TextForm>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        prevent: Option<TextForm>,
        #[serde(default, skip_serializing_if = "is_false")]
        remedy: bool,
    },
    Escalate {
        team: Arc<str>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<TextForm>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        priority: Option<u8>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        impact: Option<LevelForm>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        urgency: Option<LevelForm>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        needs: Vec<Arc<str>>,
    },
    Information {
        text: TextForm,
    },
    Return {
        value: Arc<str>,
    },
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum LevelForm {
    High,
    Medium,
    Low,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct EdgeForm {
    pub arm: ArmForm,
    pub to: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<TextForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<TextForm>,
    /// Facts and their values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set: Vec<(Arc<str>, Json)>,
    /// Made by the compiler.
    #[serde(default, skip_serializing_if = "is_false")]
    pub made: bool,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ArmForm {
    Yes,
    No,
    Unsure,
    Tried,
    Cannot,
    /// The answer's key.
    Answer(Arc<str>),
    Next,
    /// The condition.
    When(Arc<str>),
    /// The value.
    Return(Arc<str>),
    Limit,
    Skip,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_false(value: &bool) -> bool {
    !value
}
