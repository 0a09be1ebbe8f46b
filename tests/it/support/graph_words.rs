//! A compiled tree in words, for tests to compare with: one line a node, one line an edge below it.

use std::fmt::Write;

use fixpath::tree::{Arm, End, Library, NumberTest, QuestionKind, Step, StepId, StepKind, Tree};

/// All nodes in order: `name: kind`, then `  arm -> target`, with what the edge sets; edges made by the compiler are
/// marked `(made)`.
pub fn graph_words(library: &Library, tree: &Tree) -> String {
    let mut words = String::new();
    for (id, step) in tree.steps() {
        writeln!(words, "{}: {}", step.name, kind(library, tree, step)).unwrap();
        for (_, edge, to) in tree.edges(id) {
            let arm = arm(step, &edge.arm);
            let made = if edge.authored { "" } else { " (made)" };
            let mut set = String::new();
            for (fact, value) in edge.words.iter().flat_map(|words| &words.set) {
                let fact = library.fact(*fact);
                write!(set, ", {} = {}", fact.name, fact.kind.show(value)).unwrap();
            }
            writeln!(words, "  {arm} -> {}{set}{made}", tree.step(to).name).unwrap();
        }
    }
    words
}

fn kind(library: &Library, tree: &Tree, step: &Step) -> String {
    match &step.kind {
        StepKind::Question(question) => match &question.kind {
            QuestionKind::YesNo => "yes or no".to_owned(),
            QuestionKind::Choice(choices) => format!("one of {}", choices.len()),
            QuestionKind::Many(choices) => format!("any of {}", choices.len()),
            QuestionKind::Number(..) => "number".to_owned(),
            QuestionKind::Text(_) => "text".to_owned(),
            QuestionKind::Date(_) => "date".to_owned(),
        },
        StepKind::Instruction => "instruction".to_owned(),
        StepKind::Remedy(_) => "remedy".to_owned(),
        StepKind::Branch => "branch".to_owned(),
        StepKind::Call(call) => format!("call {}", library.tree(call.tree).name),
        StepKind::Try(list) => {
            let names: Vec<&str> = list.remedies.iter().map(|id| name(tree, *id)).collect();
            format!("try {}", names.join(", "))
        }
        StepKind::Leave(to) => format!("leave for {}", library.tree(*to).name),
        StepKind::End(end) => end_words(library, end),
    }
}

fn name(tree: &Tree, id: StepId) -> &str {
    &tree.step(id).name
}

fn end_words(library: &Library, end: &End) -> String {
    match end {
        End::Fix { what, .. } => format!("fix \"{}\"", what.0.source()),
        End::Escalate {
            team,
            priority,
            needs,
            ..
        } => {
            let number = library.matrix.number(*priority);
            let needs: Vec<&str> = needs.iter().map(|at| &*library.fact(*at).name).collect();
            let needs = if needs.is_empty() {
                String::new()
            } else {
                format!(" needs {}", needs.join(", "))
            };
            format!("escalate {team} {number}{needs}")
        }
        End::Information { text } => format!("end \"{}\"", text.0.source()),
        End::Return { value } => format!("return {value}"),
    }
}

fn arm(step: &Step, arm: &Arm) -> String {
    match arm {
        Arm::Yes => "yes".to_owned(),
        Arm::No => "no".to_owned(),
        Arm::Unsure => "unsure".to_owned(),
        Arm::Tried => "tried".to_owned(),
        Arm::Cannot => "cannot".to_owned(),
        Arm::Answer(at) => answer(step, *at as usize),
        Arm::Next(None) => "next".to_owned(),
        Arm::Next(Some(condition)) => format!("next when {}", condition.source()),
        Arm::Return(at) => match &step.kind {
            StepKind::Call(call) => format!("returns {}", call.returns[*at as usize]),
            _ => "returns".to_owned(),
        },
        Arm::Limit => "limit".to_owned(),
        Arm::Skip => "skip".to_owned(),
    }
}

fn answer(step: &Step, at: usize) -> String {
    let StepKind::Question(question) = &step.kind else {
        return "answer".to_owned();
    };
    match &question.kind {
        QuestionKind::Choice(choices) | QuestionKind::Many(choices) => {
            format!("answer {}", choices[at].key)
        }
        QuestionKind::Number(_, answers) => match &answers[at].test {
            NumberTest::Word => format!("answer word {}", answers[at].key),
            _ => format!("answer {}", answers[at].key),
        },
        _ => "answer".to_owned(),
    }
}
