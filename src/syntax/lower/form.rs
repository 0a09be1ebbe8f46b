//! Which kind of step it is, by the keys that it has.

use crate::diagnostic::Code;

use super::super::key::{Key, KeySet};
use super::super::shape::{ENDS, SHOWN};
use super::super::{CallNode, Form, InstructionNode, Word};
use super::Lower;
use super::call::OF_CALL;
use super::fields::Fields;
use super::remedy::OF_REMEDY_STEP;

/// The keys that make a kind of step by themselves.
const FIRM: KeySet = ENDS.or(KeySet::of(&[Key::Call, Key::Try]));

/// The keys that make a question.
const ASKS: KeySet = KeySet::of(&[
    Key::Ask,
    Key::Fact,
    Key::Answers,
    Key::Many,
    Key::Number,
    Key::Text,
    Key::Date,
    Key::Run,
]);

/// The keys that only a remedy has, where there is a `do` and nothing is asked.
const OF_REMEDY_ONLY: KeySet = KeySet::of(&[
    Key::No,
    Key::Yes,
    Key::Check,
    Key::Takes,
    Key::Odds,
    Key::Label,
    Key::Cause,
    Key::Unsure,
]);

/// What an instruction may have.
const OF_INSTRUCTION: KeySet = KeySet::of(&[
    Key::Do,
    Key::Next,
    Key::Tried,
    Key::Cannot,
    Key::Wait,
    Key::Limit,
])
.or(SHOWN);

impl<'y> Lower<'y> {
    /// What kind of step the keys make.
    pub(super) fn form(&mut self, fields: &Fields<'y>, name: &Word) -> Form {
        let firm = fields.all_of(FIRM);
        if let Some((kind, others)) = firm.split_first() {
            for other in others {
                self.conflict(fields, *kind, *other, "a step is of one kind");
            }
            if !others.is_empty() {
                return Form::Broken;
            }
            return self.firm_form(fields, *kind, name);
        }
        let asks = fields.present.meets(ASKS.without(KeySet::of(&[Key::Run])));
        if !asks
            && fields.has(Key::Run)
            && fields.has(Key::Do)
            && fields.present.meets(OF_REMEDY_ONLY)
        {
            self.run_of_remedy(fields);
            return Form::Broken;
        }
        if fields.present.meets(ASKS) {
            return self.question(fields, name);
        }
        if fields.has(Key::Do) {
            return self.form_with_do(fields, name);
        }
        self.form_without_words(fields, name)
    }

    fn firm_form(&mut self, fields: &Fields<'y>, kind: Key, name: &Word) -> Form {
        match kind {
            Key::Call if !fields.has(Key::Returns) && fields.has(Key::Answers) => {
                self.other_word(fields, kind, Key::Answers, Key::Returns);
                Form::Broken
            }
            Key::Try if !fields.has(Key::No) && fields.has(Key::Next) => {
                self.other_word(fields, kind, Key::Next, Key::No);
                self.try_step(fields);
                Form::Broken
            }
            Key::Call => {
                let sound = self.only(fields, kind, OF_CALL);
                let call = self
                    .call(fields, name)
                    .filter(|call| sound && goes_on(call) && is_whole(fields));
                call.map_or(Form::Broken, |call| Form::Call(Box::new(call)))
            }
            Key::Try => {
                let of_try = KeySet::of(&[Key::Try, Key::Order, Key::No, Key::Limit]);
                self.only(fields, kind, of_try);
                match self.try_step(fields) {
                    Some(node) if node.no.is_none() && fields.faulty => Form::Broken,
                    Some(node) => Form::Try(Box::new(node)),
                    None => Form::Broken,
                }
            }
            _ => self
                .end(fields, KeySet::EMPTY)
                .map_or(Form::Broken, |end| Form::End(Box::new(end))),
        }
    }

    /// Reports a key that other kinds of steps have where this one has its own.
    fn other_word(&mut self, fields: &Fields<'y>, kind: Key, written: Key, meant: Key) {
        let (kind, written, word) = (kind.name(), fields.key_span(written), meant.name());
        let message = format!("a `{kind}` says with `{word}` where it goes on");
        let finding = self
            .finding(Code::ConflictingKeys, written, message)
            .label(format!("does not go with `{kind}`"))
            .help(format!("write `{word}`"))
            .replace(format!("write `{word}`"), written, word);
        self.report(finding);
    }

    /// Reports `run` on a remedy: it can only answer the question of a step that asks one.
    fn run_of_remedy(&mut self, fields: &Fields<'y>) {
        let span = fields.key_span(Key::Run);
        let finding = self
            .finding(Code::ConflictingKeys, span, "a remedy cannot have `run`")
            .label("only a question can have it")
            .also(self.place(fields.key_span(Key::Do)), "makes it a remedy")
            .help("take `run` away, or give it to a step of its own, with `ask`, `yes` and `no`");
        self.report(finding);
    }

    /// An instruction or a remedy.
    fn form_with_do(&mut self, fields: &Fields<'y>, name: &Word) -> Form {
        let remedy = fields.first_of(OF_REMEDY_ONLY);
        match remedy {
            None if fields.has(Key::Next) => self.instruction(fields),
            Some(key) if fields.has(Key::Next) => {
                let key = if fields.has(Key::No) { Key::No } else { key };
                let why =
                    "a `do` with `no` is a remedy, a `do` with `next` is something to get done";
                self.conflict(fields, key, Key::Next, why);
                Form::Broken
            }
            None => {
                if !fields.faulty {
                    let message = format!("the step `{}` does not say where it goes", name.value);
                    let help = "add `no: step` if it may solve the problem, else `next: step`";
                    self.missing(name.span, &message, help);
                }
                Form::Broken
            }
            Some(_) => self.remedy_form(fields, name),
        }
    }

    fn instruction(&mut self, fields: &Fields<'y>) -> Form {
        self.only(fields, Key::Do, OF_INSTRUCTION);
        let next = self.next_of(fields);
        let tried = self.edge_of(fields, Key::Tried);
        let cannot = self.edge_of(fields, Key::Cannot);
        match next {
            Some(next) => Form::Instruction(Box::new(InstructionNode {
                next,
                tried,
                cannot,
            })),
            None => Form::Broken,
        }
    }

    fn remedy_form(&mut self, fields: &Fields<'y>, name: &Word) -> Form {
        self.only(fields, Key::Do, OF_REMEDY_STEP);
        let remedy = self.remedy(fields);
        if remedy.no.is_some() {
            return Form::Remedy(Box::new(remedy));
        }
        if !fields.faulty {
            let finding = self
                .finding(
                    Code::MissingAnswer,
                    name.span,
                    format!(
                        "the remedy `{}` does not say where to go if it did not help",
                        name.value
                    ),
                )
                .label("no `no:`")
                .help("add `no: step`; `no: stuck` hands the case over");
            self.report(finding);
        }
        Form::Broken
    }

    /// A branch, or a step that lacks what makes it one.
    fn form_without_words(&mut self, fields: &Fields<'y>, name: &Word) -> Form {
        let allowed = KeySet::of(&[Key::Next, Key::Limit]);
        if fields.has(Key::Next) && fields.present.without(allowed) == KeySet::EMPTY {
            return self.next_of(fields).map_or(Form::Broken, Form::Branch);
        }
        // Something to say or to see before it goes on; it is done when the person says so.
        let shows = fields.present.meets(SHOWN);
        let allowed = allowed.or(SHOWN).or(KeySet::of(&[Key::Wait]));
        if fields.has(Key::Next) && shows && fields.present.without(allowed) == KeySet::EMPTY {
            return self.instruction(fields);
        }
        if fields.faulty {
            return Form::Broken;
        }
        let asks = fields.has(Key::Yes) || fields.has(Key::No);
        let message = format!("the step `{}` neither asks nor says what to do", name.value);
        let help = if asks {
            "add a question with `ask: …`, or what is to be done with `do: …`"
        } else if fields.has(Key::Next) {
            "add what is to be done with `do: …`; only a `next` that stands alone needs no words"
        } else {
            "add a question with `ask: …`, something to do with `do: …`, or an end with `escalate: …`"
        };
        self.missing(name.span, &message, help);
        Form::Broken
    }
}

/// Whether nothing of the step may be missing because it could not be read.
fn is_whole(fields: &Fields<'_>) -> bool {
    !fields.faulty || fields.has(Key::Next) || fields.has(Key::Returns)
}

/// Whether a call still says where it goes on.
fn goes_on(call: &CallNode) -> bool {
    call.next.is_some() || !call.returns.is_empty()
}
