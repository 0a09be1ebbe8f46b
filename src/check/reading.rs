//! Where in the file a tree reads facts: the text or condition of a use, as written.

use crate::source::Place;
use crate::syntax::{Form, StepNode, Word};
use crate::tree::StepId;

use super::parts;
use super::study::Study;

/// The text or condition with these words that is written in a step, or else at the head of the tree.
pub fn written<'a>(study: &Study<'a>, step: StepId, source: &str) -> Option<&'a Word> {
    let script = study.subject.script;
    let node = study.script_step(step);
    let inside = node.and_then(|node| in_step(node, source));
    let about = [&script.title, &script.summary, &script.warn, &script.check];
    let mut about = about.into_iter().flatten();
    inside.or_else(|| about.find(|word| *word.value == *source))
}

/// The place of a part of it; of the step where it is not found.
pub fn place(study: &Study<'_>, step: StepId, source: &str, range: std::ops::Range<u32>) -> Place {
    match written(study, step, source) {
        Some(word) => {
            let range = range.start as usize..range.end as usize;
            study.subject.written().inside(word, range)
        }
        None => study.subject.step_place(step),
    }
}

fn in_step<'s>(step: &'s StepNode, source: &str) -> Option<&'s Word> {
    let mut found = None;
    let mut look = |word: &'s Word| {
        if found.is_none() && *word.value == *source {
            found = Some(word);
        }
    };
    parts::texts(step, &mut |_, word| look(word));
    parts::edges(step, &mut |edge| {
        let when = edge.extras.as_ref().and_then(|extras| extras.when.as_ref());
        when.into_iter().for_each(&mut look);
    });
    match &step.form {
        Form::Try(tried) => {
            let whens = tried
                .remedies
                .iter()
                .filter_map(|remedy| remedy.remedy.when.as_ref());
            whens.for_each(&mut look);
        }
        Form::Question(question) => {
            let commands = question.probe.iter().flat_map(|probe| &probe.commands);
            commands
                .flat_map(|command| &command.arguments)
                .for_each(&mut look);
        }
        _ => {}
    }
    found
}
