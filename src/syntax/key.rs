//! Every key of the language, and sets of them. Where a key may stand is in `shape`.

/// Makes the table: variant and the word that authors write.
macro_rules! keys {
    ($($variant:ident $name:literal,)*) => {
        /// A key of the language; the frequent ones first, for they are compared in this order.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Key { $($variant,)* }

        impl Key {
            /// Every key.
            pub(super) const ALL: &'static [Key] = &[$(Key::$variant,)*];

            /// The key of that name, as written: keys are small letters.
            pub(super) fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// The word that authors write.
            pub(super) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

keys! {
    Ask "ask",
    Answers "answers",
    Do "do",
    Yes "yes",
    No "no",
    Help "help",
    Say "say",
    Next "next",
    Fix "fix",
    Escalate "escalate",
    Reason "reason",
    Unsure "unsure",
    Tried "tried",
    Cannot "cannot",
    Fact "fact",
    Many "many",
    Number "number",
    Text "text",
    Date "date",
    Run "run",
    Warn "warn",
    Checklist "checklist",
    Image "image",
    Link "link",
    Note "note",
    Check "check",
    Wait "wait",
    Limit "limit",
    Takes "takes",
    Odds "odds",
    Label "label",
    Cause "cause",
    Prevent "prevent",
    Impact "impact",
    Urgency "urgency",
    Priority "priority",
    Needs "needs",
    End "end",
    Return "return",
    Call "call",
    Returns "returns",
    Try "try",
    Order "order",
    If "if",
    When "when",
    After "after",
    Goto "goto",
    Tree "tree",
    Set "set",
    Title "title",
    Summary "summary",
    Symptoms "symptoms",
    Tags "tags",
    Owner "owner",
    ReviewBy "review_by",
    Audience "audience",
    Allow "allow",
    Start "start",
    Stuck "stuck",
    Steps "steps",
    Tests "tests",
    Format "format",
    Src "src",
    Alt "alt",
    Url "url",
    Visits "visits",
    Then "then",
    Min "min",
    Max "max",
    Unit "unit",
    Decimals "decimals",
    Pattern "pattern",
    Example "example",
    Secret "secret",
    Command "command",
    Timeout "timeout",
    Linux "linux",
    Windows "windows",
    Macos "macos",
    Facts "facts",
    Channel "channel",
    Ends "ends",
    Name "name",
    Locale "locale",
    Teams "teams",
    Glossary "glossary",
    Incidents "incidents",
    Hooks "hooks",
    Theme "theme",
    Logo "logo",
    Color "color",
    Phone "phone",
    Email "email",
    Embed "embed",
    Tier "tier",
    Contact "contact",
    Hours "hours",
    Until "until",
    Trees "trees",
    Template "template",
    On "on",
    Headers "headers",
    High "high",
    Medium "medium",
    Low "low",
}

/// A set of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeySet(u128);

impl KeySet {
    /// No key.
    pub(super) const EMPTY: Self = Self(0);

    /// These keys.
    pub(super) const fn of(keys: &[Key]) -> Self {
        let mut bits = 0;
        let mut rest = keys;
        while let [first, behind @ ..] = rest {
            bits |= 1 << *first as u32;
            rest = behind;
        }
        Self(bits)
    }

    /// Those of both.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those that are not in the other.
    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether a key is in it.
    pub(super) const fn has(self, key: Key) -> bool {
        self.0 & (1 << key as u32) != 0
    }

    /// Whether it shares a key with the other.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Its keys, in the order of the table.
    pub(super) fn iter(self) -> impl Iterator<Item = Key> {
        Key::ALL.iter().copied().filter(move |key| self.has(*key))
    }
}
