//! `missing-alt`: an image without words for those who cannot see it.

use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::{ImageNode, ShownNode, StepNode};

use super::Subject;
use super::parts;

/// Judges the images of a step and of what is written in it.
pub fn check(subject: &Subject<'_>, step: &StepNode, found: &mut Vec<Diagnostic>) {
    parts::shown(step, &mut |shown| found.extend(judge(subject, shown)));
}

/// Judges the image of the tree's `stuck`.
pub fn check_tree(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let stuck = subject.script.stuck.as_ref();
    let shown = stuck.and_then(|stuck| stuck.shown.as_deref());
    found.extend(shown.and_then(|shown| judge(subject, shown)));
}

fn judge(subject: &Subject<'_>, shown: &ShownNode) -> Option<Diagnostic> {
    let image = shown.image.as_ref().filter(|image| says_nothing(image))?;
    Some(report(subject, image))
}

/// Whether there is no `alt`, or one that only repeats the file's name.
fn says_nothing(image: &ImageNode) -> bool {
    let path = &*image.src.value;
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    image.alt.as_ref().is_none_or(|alt| {
        let alt = alt.value.trim();
        alt.is_empty() || [path, name, stem].contains(&alt)
    })
}

fn report(subject: &Subject<'_>, image: &ImageNode) -> Diagnostic {
    let place = subject.written().key("image", image.span);
    let src = &image.src.value;
    let label = match image.alt {
        None => "a screen reader has nothing to say here",
        Some(_) => "`alt` only repeats the name of the file",
    };
    Diagnostic::new(
        Code::MissingAlt,
        place,
        format!("the image `{src}` has no description"),
    )
    .label(label)
    .help(format!(
        "say what there is to see: `image: {{src: {src}, alt: …}}`"
    ))
}
