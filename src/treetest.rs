//! Floor 6: the tests that are written in trees: runs them, says which branches they take, and generates what is
//! missing. Walks go through the real session; nothing here knows the graph better than it does. It prints nothing.
//!
//! | file | holds |
//! | --- | --- |
//! | `stage` | a tree alone, to be walked by its tests |
//! | `names`, `walk`, `blame`, `ending`, `answer_words` | one test, and why it fails |
//! | `branch`, `findings`, `report` | what is taken and what is not |

mod answer_words;
mod blame;
mod branch;
mod ending;
mod failure;
mod findings;
mod generate;
mod names;
mod report;
mod stage;
mod walk;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::compile::SoundPart;
use crate::tree::TreeId;

pub use branch::Branch;
pub use failure::{Ended, Failure, Stands};
pub use findings::findings;
pub use generate::{FromCase, Generated, GeneratedTest, Said, from_case, generate};
pub use report::{TestReport, TreeReport};

use stage::Stage;

/// Runs the tests of a tree; `today` is the day on which its walks take place. `None` only for an id of another library.
pub fn run(part: &SoundPart, id: TreeId, today: Date) -> Option<TreeReport> {
    let at = id.0 as usize;
    let (script, places) = (part.scripts.get(at)?, part.places.get(at)?);
    let stage = Stage::of(&part.library, id, today)?;
    let branches = branch::branches(stage.tree, script, places, &part.diagnostics);
    let mut taken = BTreeSet::new();
    let mut tests = Vec::with_capacity(script.tests.len());
    for test in &script.tests {
        let failures = match walk::walk(&stage, places, test, today) {
            Ok(edges) => {
                taken.extend(edges);
                Vec::new()
            }
            Err(failures) => failures,
        };
        tests.push(TestReport {
            name: Arc::clone(&test.name.value),
            span: test.name.span,
            failures,
        });
    }
    Some(TreeReport {
        tree: Arc::clone(&script.name),
        file: script.file,
        tests,
        taken: branches
            .iter()
            .map(|branch| taken.contains(&branch.edge))
            .collect(),
        branches,
    })
}
