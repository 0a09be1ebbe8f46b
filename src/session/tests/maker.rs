//! The smallest way to make a tree without YAML: steps by name, edges by name.

use std::sync::Arc;

use crate::condition::{FactRef, FactType, Text, Value};
use crate::session::{Event, Happening, Moment, Rejected, Reply, Session, Source, Started};
use crate::tree::{
    About, Arm, Audience, Builder, Call, Channel, Choice, Edge, EdgeWords, End, FactDeclaration,
    Library, Matrix, Priority, PublicText, Question, QuestionKind, Remedy, Step, StepKind, Tree,
    TreeId, Try,
};

pub(super) fn public(text: &str) -> PublicText {
    PublicText(Text::literal(text))
}

pub(super) struct Maker {
    builder: Builder,
    edges: Vec<(String, Edge, String)>,
}

impl Maker {
    pub(super) fn new() -> Self {
        Self {
            builder: Builder::default(),
            edges: Vec::new(),
        }
    }

    pub(super) fn step(mut self, step: Step) -> Self {
        self.builder.step(step).unwrap();
        self
    }

    /// A question of that kind with its own fact, or a shared one.
    pub(super) fn ask(self, name: &str, kind: QuestionKind, shared: Option<u32>) -> Self {
        let fact = shared.map_or(FactRef::Step(0), FactRef::Shared);
        let question = Question {
            fact,
            kind,
            probe: None,
        };
        let mut step = Step::new(name, StepKind::Question(Box::new(question)));
        step.ask = Some(public(name));
        let mut made = self.step(step);
        let id = made.builder.find(name).unwrap();
        if shared.is_none()
            && let Some(step) = made.builder.step_mut(id)
            && let StepKind::Question(question) = &mut step.kind
        {
            question.fact = FactRef::Step(id.index() as u32);
        }
        made
    }

    pub(super) fn yes_no(self, name: &str, yes: &str, no: &str) -> Self {
        self.ask(name, QuestionKind::YesNo, None)
            .edge(name, Arm::Yes, yes)
            .edge(name, Arm::No, no)
    }

    pub(super) fn choice(self, name: &str, shared: Option<u32>, ways: &[(&str, &str)]) -> Self {
        let choices = ways
            .iter()
            .map(|(key, _)| Choice {
                key: Arc::from(*key),
                label: None,
                help: None,
            })
            .collect();
        let mut made = self.ask(name, QuestionKind::Choice(choices), shared);
        for (at, (_, to)) in ways.iter().enumerate() {
            made = made.edge(name, Arm::Answer(at as u32), to);
        }
        made
    }

    pub(super) fn instruction(self, name: &str, next: &str) -> Self {
        let mut step = Step::new(name, StepKind::Instruction);
        step.instruction = Some(public(name));
        self.step(step).edge(name, Arm::Next(None), next)
    }

    pub(super) fn remedy(self, name: &str, no: &str) -> Self {
        let fixed = format!("{name}.yes");
        self.remedy_step(name, None)
            .fix(&fixed, None)
            .edge(name, Arm::Yes, &fixed)
            .edge(name, Arm::No, no)
    }

    fn remedy_step(self, name: &str, within: Option<&str>) -> Self {
        let within = within.map(|within| self.builder.find(within).unwrap());
        let remedy = Remedy {
            check: None,
            label: None,
            cause: None,
            within,
            takes: None,
            odds: None,
            when: None,
            condition: None,
        };
        let mut step = Step::new(name, StepKind::Remedy(Box::new(remedy)));
        step.instruction = Some(public(name));
        self.step(step)
    }

    /// A `try` with these remedies; those marked get an `if`.
    pub(super) fn try_all(self, name: &str, remedies: &[(&str, bool)], no: &str) -> Self {
        let empty = Try {
            remedies: Box::default(),
            ordered: false,
        };
        let mut made = self.step(Step::new(name, StepKind::Try(Box::new(empty))));
        for (remedy, has_if) in remedies {
            let fixed = format!("{remedy}.yes");
            made = made.remedy_step(remedy, Some(name)).fix(&fixed, None).edge(
                remedy,
                Arm::Yes,
                &fixed,
            );
            if *has_if {
                let asks = format!("{remedy}.if");
                made = made
                    .ask(&asks, QuestionKind::YesNo, None)
                    .edge(&asks, Arm::Yes, remedy);
                let id = made.builder.find(&asks);
                let remedy = made.builder.find(remedy).unwrap();
                if let StepKind::Remedy(remedy) = &mut made.builder.step_mut(remedy).unwrap().kind {
                    remedy.condition = id;
                }
            }
        }
        let ids = remedies
            .iter()
            .map(|(remedy, _)| made.builder.find(remedy).unwrap())
            .collect();
        let id = made.builder.find(name).unwrap();
        made.builder.step_mut(id).unwrap().kind = StepKind::Try(Box::new(Try {
            remedies: ids,
            ordered: false,
        }));
        made.edge(name, Arm::No, no)
    }

    pub(super) fn fix(self, name: &str, no: Option<&str>) -> Self {
        let made = self.end(
            name,
            End::Fix {
                what: public(name),
                cause: None,
                prevent: None,
                remedy: false,
            },
        );
        match no {
            Some(no) => made.edge(name, Arm::No, no),
            None => made,
        }
    }

    pub(super) fn escalate(self, name: &str, needs: &[u32]) -> Self {
        self.end(
            name,
            End::Escalate {
                team: "desk".into(),
                reason: None,
                priority: Priority::Unstated,
                needs: needs.into(),
            },
        )
    }

    pub(super) fn returns(self, name: &str, value: &str) -> Self {
        self.end(
            name,
            End::Return {
                value: value.into(),
            },
        )
    }

    fn end(self, name: &str, end: End) -> Self {
        self.step(Step::new(name, StepKind::End(Box::new(end))))
    }

    pub(super) fn branch(self, name: &str, next: &str) -> Self {
        self.step(Step::new(name, StepKind::Branch))
            .edge(name, Arm::Next(None), next)
    }

    pub(super) fn call(self, name: &str, tree: u32, ways: &[(&str, &str)]) -> Self {
        let call = Call {
            tree: TreeId(tree),
            returns: ways.iter().map(|(value, _)| Arc::from(*value)).collect(),
        };
        let mut made = self.step(Step::new(name, StepKind::Call(Box::new(call))));
        for (at, (_, to)) in ways.iter().enumerate() {
            made = made.edge(name, Arm::Return(at as u32), to);
        }
        made
    }

    pub(super) fn leave(self, name: &str, tree: u32) -> Self {
        self.step(Step::new(name, StepKind::Leave(TreeId(tree))))
    }

    pub(super) fn edge(self, from: &str, arm: Arm, to: &str) -> Self {
        self.edge_setting(from, arm, to, &[])
    }

    pub(super) fn edge_setting(
        mut self,
        from: &str,
        arm: Arm,
        to: &str,
        set: &[(u32, Value)],
    ) -> Self {
        let words = EdgeWords {
            label: None,
            help: None,
            set: set.to_vec(),
        };
        let words = (!set.is_empty()).then(|| Box::new(words));
        let edge = Edge {
            arm,
            words,
            authored: true,
        };
        self.edges.push((from.into(), edge, to.into()));
        self
    }

    pub(super) fn with(mut self, name: &str, change: impl FnOnce(&mut Step)) -> Self {
        let id = self.builder.find(name).unwrap();
        change(self.builder.step_mut(id).unwrap());
        self
    }

    /// The tree, with an escalation as `stuck`; it starts at its first step.
    pub(super) fn tree(self, name: &str) -> Tree {
        let mut made = self.escalate("stuck", &[]);
        for (from, edge, to) in made.edges {
            let find = |name: &str| made.builder.find(name).expect(name);
            let (from, to) = (find(&from), find(&to));
            made.builder.edge(from, edge, to);
        }
        let about = About {
            title: public(name),
            summary: None,
            symptoms: Vec::new(),
            tags: Vec::new(),
            owner: None,
            review_by: None,
            warn: None,
            check: None,
            audience: None,
        };
        let stuck = made.builder.find("stuck").unwrap();
        made.builder
            .finish(name.into(), about, 0.into(), stuck)
            .unwrap()
    }
}

/// A library of these trees (sorted by name) and shared facts (sorted by name).
pub(super) fn library(trees: Vec<Tree>, facts: &[(&str, FactType)]) -> Arc<Library> {
    let fact = |(name, kind): &(&str, FactType)| FactDeclaration {
        name: Arc::from(*name),
        kind: kind.clone(),
        ask: None,
        help: None,
        choices: Box::default(),
    };
    Arc::new(Library {
        name: None,
        locale: None,
        trees: trees.into_iter().map(Arc::new).collect(),
        facts: facts.iter().map(fact).collect(),
        teams: Vec::new(),
        matrix: Matrix::default(),
        glossary: Vec::new(),
        incidents: Vec::new(),
        hash: std::sync::OnceLock::new(),
    })
}

pub(super) fn at(minute: u64) -> Moment {
    Moment::new(1_795_300_000_000 + minute as i64 * 60_000, 60).unwrap()
}

/// A walk in a test, a minute for every event.
pub(super) struct Walk {
    pub(super) session: Session,
}

impl Walk {
    pub(super) fn start(library: &Arc<Library>, tree: &str) -> Self {
        Self::start_with(library, tree, &[]).unwrap()
    }

    pub(super) fn start_with(
        library: &Arc<Library>,
        tree: &str,
        facts: &[(&str, Value)],
    ) -> Result<Self, Rejected> {
        let mut started = Started::new(tree, Audience::Agent, Channel::Phone);
        started.facts = facts
            .iter()
            .map(|(name, value)| (Arc::from(*name), value.clone()))
            .collect();
        let what = Happening::Started(Box::new(started));
        let session = Session::start(
            Arc::clone(library),
            Event {
                seq: 1,
                at: at(0),
                what,
            },
        )?;
        Ok(Self { session })
    }

    pub(super) fn name(&self) -> String {
        match self.session.prompt().at() {
            Some(at) => format!("{}:{}", at.tree.name, at.name()),
            None => "-".into(),
        }
    }

    /// Replies to the prompt that stands, whatever it is.
    pub(super) fn say(&mut self, reply: Reply) -> &mut Self {
        self.try_say(reply).unwrap();
        self
    }

    pub(super) fn try_say(&mut self, reply: Reply) -> Result<(), Rejected> {
        let seq = self.session.seq();
        let step = self.session.prompt().at().unwrap().name().into_owned();
        let now = at(seq);
        self.session
            .reply(seq, &step, reply, Source::Asked, now)
            .map(|_| ())
    }

    pub(super) fn yes(&mut self) -> &mut Self {
        self.say(Reply::yes(true))
    }

    pub(super) fn no(&mut self) -> &mut Self {
        self.say(Reply::yes(false))
    }

    pub(super) fn pick(&mut self, key: &str) -> &mut Self {
        self.say(Reply::Answer(Value::Choice(key.into())))
    }

    /// Goes back so many prompts.
    pub(super) fn back(&mut self, prompts: usize) -> &mut Self {
        for _ in 0..prompts {
            let (seq, to) = (self.session.seq(), self.session.previous_prompt().unwrap());
            self.session.back(seq, to, at(seq)).unwrap();
        }
        self
    }

    #[track_caller]
    pub(super) fn stands(&mut self, prompt: &str) -> &mut Self {
        assert_eq!(self.name(), prompt);
        self
    }
}
