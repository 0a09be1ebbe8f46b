//! What a walk tells other systems: the messages go into the store with what they tell of, and are sent beside the walk.

use std::io::{self, Write as _};
use std::time::Duration;

use crate::delivery::Background;
use crate::hooks::Hooks;
use crate::store::{Settled, Store};
use crate::tree::Audience;

/// So long somebody waits at most for the messages of the case that has just ended.
const AT_MOST: Duration = Duration::from_secs(2);

/// An address given on the command line.
///
/// # Errors
/// Nothing can be posted to it.
pub fn address(text: &str) -> Result<String, String> {
    Hooks::default().with_address(text)?;
    Ok(text.to_owned())
}

/// Says that the hooks of a library have mistakes, if they do (a hook may be so wrong that it is not among them); to a customer it means nothing.
pub fn warn(hooks: &Hooks, are_wrong: bool, audience: Audience) {
    if !are_wrong || audience != Audience::Agent {
        return;
    }
    let names = hooks.iter().filter(|hook| hook.is_mistaken);
    let names: Vec<String> = names.map(|hook| format!("`{}`", hook.name)).collect();
    let text = match names.as_slice() {
        [] => "there is a mistake in `hooks:`, so something is not sent".to_owned(),
        [one] => format!("there is a mistake in the hook {one}, so its messages wait"),
        several => format!(
            "there are mistakes in the hooks {}, so their messages wait",
            several.join(" and ")
        ),
    };
    // Nobody may be there to read it any more.
    let _ = writeln!(io::stderr(), "warning: {text}: run `fixpath check`");
}

/// Sends what the end of a case has brought, but lets nobody wait for long. What does not get through at once is tried
/// again later, and said; to a customer it means nothing.
pub fn now(store: &Store, hooks: &Hooks, audience: Audience) {
    let text = match Background::start(store, hooks).wait(AT_MOST) {
        None => "A message to another system is still on its way; if it does not get through, it is tried again (`fixpath hooks`).".to_owned(),
        Some(report) => {
            let failed = report.tried.iter().filter_map(|(waiting, settled)| match settled {
                Settled::Sent => None,
                Settled::Later { problem, .. } | Settled::GivenUp { problem } => {
                    Some((&waiting.hook, problem))
                }
            });
            let held = report.held.iter().map(|(waiting, why)| (&waiting.hook, why));
            let Some((hook, why)) = failed.chain(held).next() else {
                return;
            };
            format!("The message to {hook} has not got through yet: {why}. It is tried again (`fixpath hooks`).")
        }
    };
    if audience == Audience::Agent {
        // Nobody may be there to read it any more.
        let _ = writeln!(io::stderr(), "{text}");
    }
}
