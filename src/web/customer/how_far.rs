//! How far it is likely to be: the steps left on the shortest way and on the longest.

use maud::{Markup, html};

use crate::session::Session;
use crate::tree::StepsLeft;

/// From here on the longest way is one that few people go, and only frightens unless it is said when one goes it.
const FAR: u32 = 12;

/// A line over the prompt: which trouble this is about, and how far it is; a bar for those who see it.
pub fn line(session: &Session, title: &str) -> Markup {
    let left = session.steps_left();
    // Without the prompt that stands.
    let passed = session.passages().len().saturating_sub(1);
    let passed = u32::try_from(passed).unwrap_or(u32::MAX);
    html! {
        div.about {
            p.kicker { (title) }
            @if let Some(words) = words(left) {
                p.far {
                    (words)
                    progress aria-hidden="true" max=(passed.saturating_add(likely(left)).max(1)) value=(passed) {}
                }
            }
        }
    }
}

/// Between the shortest and the longest way, nearer to the shortest: most people are helped early.
const fn likely(left: StepsLeft) -> u32 {
    left.fewest + left.most.saturating_sub(left.fewest) / 3
}

/// In words; none at an end.
fn words(left: StepsLeft) -> Option<String> {
    let StepsLeft { fewest, most } = left;
    let fewest = fewest.max(1);
    Some(match most {
        0 => return None,
        1 => "Last step".to_owned(),
        most if most == fewest => format!("{most} steps left"),
        most if most > FAR && fewest == 1 => {
            format!("Perhaps just this step, about {most} if nothing helps")
        }
        most if most > FAR => format!("Perhaps only {fewest} steps, about {most} if nothing helps"),
        most => format!("About {fewest} to {most} steps left"),
    })
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::tree::StepsLeft;

    #[test]
    fn says_how_far_it_is() {
        let said = |fewest, most| words(StepsLeft { fewest, most });
        assert_eq!(said(0, 0), None);
        assert_eq!(said(1, 1).as_deref(), Some("Last step"));
        assert_eq!(said(3, 3).as_deref(), Some("3 steps left"));
        assert_eq!(said(2, 5).as_deref(), Some("About 2 to 5 steps left"));
        assert_eq!(
            said(1, 40).as_deref(),
            Some("Perhaps just this step, about 40 if nothing helps")
        );
        assert_eq!(
            said(3, 40).as_deref(),
            Some("Perhaps only 3 steps, about 40 if nothing helps")
        );
    }
}
