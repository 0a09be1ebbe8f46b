//! The flat table of codes: each names one problem, is stable, and has a page in `pages/`.

use super::Severity;

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident,)*) => {
        /// Names a problem. Stable: authors write it in `allow:`, tools in their configuration.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the page of each code says what it is")]
        pub enum Code { $($variant,)* }

        impl Code {
            /// Every code, errors first.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The kebab-case name.
            pub const fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// Whether the problem is an error or a warning.
            pub const fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// The Markdown page: what it is, why it hurts a caller, an example, a mend.
            pub const fn page(self) -> &'static str {
                match self { $(Code::$variant => include_str!(concat!("pages/", $name, ".md")),)* }
            }
        }
    };
}

codes! {
    YamlSyntax "yaml-syntax" Error,
    DuplicateKey "duplicate-key" Error,
    UnknownKey "unknown-key" Error,
    MissingKey "missing-key" Error,
    WrongType "wrong-type" Error,
    ConflictingKeys "conflicting-keys" Error,
    BadName "bad-name" Error,
    BadValue "bad-value" Error,
    SplitText "split-text" Error,
    FoldedList "folded-list" Error,
    TooLarge "too-large" Error,
    UnknownStep "unknown-step" Error,
    UnknownTree "unknown-tree" Error,
    UnknownTeam "unknown-team" Error,
    UnknownFact "unknown-fact" Error,
    UnknownAnswer "unknown-answer" Error,
    MissingFile "missing-file" Error,
    BadCondition "bad-condition" Error,
    BadTemplate "bad-template" Error,
    FactMayBeUnset "fact-may-be-unset" Error,
    MissingAnswer "missing-answer" Error,
    MissingDefault "missing-default" Error,
    NoWayOut "no-way-out" Error,
    SilentLoop "silent-loop" Error,
    RecursiveCall "recursive-call" Error,
    NotForAudience "not-for-audience" Error,
    NoStuck "no-stuck" Error,
    UnreachableStep "unreachable-step" Warning,
    NeverTrue "never-true" Warning,
    AlwaysTrue "always-true" Warning,
    OverlappingAnswers "overlapping-answers" Warning,
    AlreadyAnswered "already-answered" Warning,
    EndlessRetry "endless-retry" Warning,
    SameTarget "same-target" Warning,
    DuplicateLabel "duplicate-label" Warning,
    UnusedFact "unused-fact" Warning,
    VagueEscalation "vague-escalation" Warning,
    NothingForCustomers "nothing-for-customers" Warning,
    MissingAlt "missing-alt" Warning,
    TextCutOff "text-cut-off" Warning,
    HardToRead "hard-to-read" Warning,
    CompoundQuestion "compound-question" Warning,
    VagueAnswer "vague-answer" Warning,
    LowContrast "low-contrast" Warning,
    LongWalk "long-walk" Warning,
    ReviewOverdue "review-overdue" Warning,
    NoTests "no-tests" Warning,
    UntestedBranch "untested-branch" Warning,
}

impl Code {
    /// The code of that kebab-case name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}
