//! `fixpath hooks`: what waits to be sent to other systems, and why.

use std::io::{self, Write as _};
use std::path::Path;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::delivery::{World, deliver_due, hindrance};
use crate::hooks::{Hook, Hooks};
use crate::store::{Settled, Store, Waiting};

use super::age;
use super::keep;
use super::list::ListFormat;
use super::output::{Exit, table};
use super::workspace;

/// Show what waits to be sent to other systems, and why
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Command {
    #[command(subcommand)]
    action: Option<Action>,
    /// How it is printed
    #[arg(long, value_enum, default_value = "table")]
    format: ListFormat,
}

/// What to do with what waits.
#[derive(Debug, Subcommand)]
enum Action {
    /// Send what is due now, as a timer of the system does
    Send,
    /// Send messages now, those given up among them, and go on as if they had never been tried
    Retry(Which),
    /// Forget messages that were not sent
    Drop(Which),
}

/// Which messages.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Which {
    /// A message, or all of a case
    #[arg(value_name = "MESSAGE|CASE")]
    id: Option<String>,
    /// All that wait
    #[arg(long)]
    all: bool,
}

/// Shows, sends, tries again or forgets.
///
/// # Errors
/// The library or the store cannot be read, or there is no such message.
pub fn run(command: &Command, library: Option<&Path>, store: Option<&str>) -> anyhow::Result<Exit> {
    let store = keep::open(store)?;
    let hooks = || workspace::hooks(library);
    match &command.action {
        None => show(&store, &hooks()?, command.format),
        Some(Action::Send) => send(&store, &hooks()?),
        Some(Action::Retry(which)) => {
            store.retry(which.id.as_deref(), now())?;
            send(&store, &hooks()?)
        }
        Some(Action::Drop(which)) => {
            let count = store.drop_waiting(which.id.as_deref())?;
            writeln!(io::stdout(), "{} forgotten", messages(count))?;
            Ok(Exit::Success)
        }
    }
}

fn now() -> i64 {
    (World::real().clock)()
}

fn messages(count: u64) -> String {
    match count {
        1 => "1 message".to_owned(),
        count => format!("{count} messages"),
    }
}

fn send(store: &Store, hooks: &Hooks) -> anyhow::Result<Exit> {
    let report = deliver_due(store, hooks, World::real())?;
    let mut out = io::stdout().lock();
    writeln!(out, "{} sent", messages(report.sent() as u64))?;
    for (waiting, settled) in &report.tried {
        let why = match settled {
            Settled::Sent => continue,
            Settled::Later { at, problem } => format!("{problem}; next at {}", age::shown(*at)),
            Settled::GivenUp { problem } => format!("{problem}; given up"),
        };
        writeln!(out, "{} to {}: {why}", waiting.id, waiting.hook)?;
    }
    for (waiting, why) in &report.held {
        writeln!(out, "{} to {}: {why}", waiting.id, waiting.hook)?;
    }
    Ok(if report.failed() + report.held.len() == 0 {
        Exit::Success
    } else {
        Exit::Findings
    })
}

fn show(store: &Store, hooks: &Hooks, format: ListFormat) -> anyhow::Result<Exit> {
    let waiting = store.waiting()?;
    let sent = store.sent()?;
    let text = match format {
        ListFormat::Table => as_table(hooks, &waiting, &sent),
        ListFormat::Json => format!("{:#}\n", as_json(hooks, &waiting, &sent)),
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(Exit::Success)
}

/// Of a message that somebody has claimed: nothing is known yet.
const ON_ITS_WAY: &str = "on its way; its sender has not said yet what came of it";

/// Of a message that was never tried, for another to the same address got no answer.
const PUT_OFF: &str = "the address gave no answer to another message";

/// How a message stands, and why it was not sent.
fn standing(hooks: &Hooks, waiting: &Waiting) -> (&'static str, String) {
    let last = || match (&waiting.problem, waiting.next_at) {
        (Some(problem), _) => problem.clone(),
        (None, Some(next)) if next > now() && waiting.attempts > 0 => ON_ITS_WAY.to_owned(),
        (None, Some(next)) if next > now() => PUT_OFF.to_owned(),
        (None, _) => String::new(),
    };
    let Some(hook) = hooks.sender(&waiting.hook, &waiting.url) else {
        return (
            "elsewhere",
            format!(
                "this library has no hook `{}` to {}",
                waiting.hook, waiting.url
            ),
        );
    };
    match (hindrance(&hook, World::real()), waiting.next_at) {
        (_, None) => ("given_up", last()),
        (Some(why), Some(_)) => ("held", why),
        (None, Some(_)) => ("waiting", last()),
    }
}

fn as_table(hooks: &Hooks, waiting: &[Waiting], sent: &[(String, u64)]) -> String {
    let mut text = String::new();
    for (hook, count) in sent {
        text.push_str(&format!("{} sent to {hook} so far.\n", messages(*count)));
    }
    for (hook, why) in not_ready(hooks) {
        text.push_str(&format!(
            "Nothing goes to {} from here: {why}.\n",
            hook.name
        ));
    }
    if waiting.is_empty() {
        text.push_str("Nothing waits to be sent.\n");
        return text;
    }
    let head = ["MESSAGE", "CASE", "TO", "MADE", "TRIED", "NEXT", "WHY"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend(waiting.iter().map(|one| {
        let (_, why) = standing(hooks, one);
        vec![
            one.id.clone(),
            one.case.to_string(),
            one.hook.clone(),
            age::shown(one.made_at),
            one.attempts.to_string(),
            one.next_at.map_or("given up".to_owned(), age::shown),
            why,
        ]
    }));
    text.push_str(&table(&rows));
    text
}

fn as_json(hooks: &Hooks, waiting: &[Waiting], sent: &[(String, u64)]) -> Value {
    let sent: serde_json::Map<String, Value> = sent
        .iter()
        .map(|(hook, count)| (hook.clone(), json!(count)))
        .collect();
    let hook = |hook: &Hook| {
        let on: Vec<&str> = hook.on.iter().map(|occasion| occasion.word()).collect();
        json!({
            "name": hook.name,
            "url": hook.url.source(),
            "on": on,
            "template": hook.template.as_ref().map(|template| template.path()),
            "problem": hindrance(hook, World::real()),
        })
    };
    let message = |one: &Waiting| {
        let (state, why) = standing(hooks, one);
        json!({
            "id": one.id,
            "case": one.case.to_string(),
            "hook": one.hook,
            "url": one.url,
            "made_at": moment(one.made_at),
            "attempts": one.attempts,
            "next_at": one.next_at.map(moment),
            "state": state,
            "problem": (!why.is_empty()).then_some(why),
        })
    };
    json!({
        "hooks": hooks.iter().map(hook).collect::<Vec<_>>(),
        "messages": waiting.iter().map(message).collect::<Vec<_>>(),
        "sent": sent,
    })
}

/// The hooks that cannot be used from here, with what is missing.
fn not_ready(hooks: &Hooks) -> impl Iterator<Item = (&Hook, String)> {
    hooks
        .iter()
        .filter_map(|hook| Some((hook, hindrance(hook, World::real())?)))
}

/// A moment in UTC, as other programs read it.
fn moment(milliseconds: i64) -> Option<String> {
    jiff::Timestamp::from_millisecond(milliseconds)
        .ok()
        .map(|moment| moment.to_string())
}
