//! Where in the file a tree reads facts: the text or condition of a use, as written.

use std::ops::Range;

use crate::condition::Text;
use crate::source::Place;
use crate::syntax::{Form, StepNode, Word};
use crate::tree::{EdgeId, StepId};

use super::parts;
use super::study::Study;

/// The place of a part of a text that a step shows; of the step where it is not found.
pub fn in_text(study: &Study<'_>, step: StepId, text: &Text, range: Range<u32>) -> Place {
    let script = study.subject.script;
    let source = &**text.source();
    let inside = study
        .script_step(step)
        .and_then(|node| find_text(node, source));
    let about = [&script.title, &script.summary, &script.warn, &script.check];
    let mut about = about.into_iter().flatten();
    let word = inside.or_else(|| about.find(|word| *word.value == *source));
    part(study, step, word, range)
}

/// The place of a part of the condition of an edge.
pub fn in_next(study: &Study<'_>, step: StepId, edge: EdgeId, range: Range<u32>) -> Place {
    let span = study.subject.edge_place(edge).span;
    let mut found = None;
    if let Some(node) = study.script_step(step) {
        parts::edges(node, &mut |edge| {
            if edge.span == span {
                found = edge.extras.as_ref().and_then(|extras| extras.when.as_ref());
            }
        });
    }
    part(study, step, found, range)
}

/// The place of a part of the `when` of a remedy.
pub fn in_when(study: &Study<'_>, remedy: StepId, range: Range<u32>) -> Place {
    let name = &study.subject.tree.step(remedy).name;
    let when = study.script_step(remedy).and_then(|node| match &node.form {
        Form::Try(tried) => {
            let mut remedies = tried.remedies.iter();
            let remedy = remedies.find(|remedy| remedy.name.value == *name)?;
            remedy.remedy.when.as_ref()
        }
        _ => None,
    });
    part(study, remedy, when, range)
}

fn part(study: &Study<'_>, step: StepId, word: Option<&Word>, range: Range<u32>) -> Place {
    match word {
        Some(word) => {
            let range = range.start as usize..range.end as usize;
            study.subject.written().inside(word, range)
        }
        None => study.subject.step_place(step),
    }
}

/// The text with these words that is written in a step.
fn find_text<'s>(step: &'s StepNode, source: &str) -> Option<&'s Word> {
    let mut found = None;
    let mut look = |word: &'s Word| {
        if found.is_none() && *word.value == *source {
            found = Some(word);
        }
    };
    parts::texts(step, &mut |_, word| look(word));
    if let Form::Question(question) = &step.form {
        let commands = question.probe.iter().flat_map(|probe| &probe.commands);
        commands
            .flat_map(|command| &command.arguments)
            .for_each(&mut look);
    }
    found
}
