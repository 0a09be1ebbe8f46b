//! What a walk tells other systems: the messages go into the store with what they tell of, and are sent beside the walk.

use std::collections::HashSet;
use std::io::{self, Write as _};
use std::time::{Duration, Instant};

use crate::check::listed;
use crate::delivery::{Background, Report};
use crate::hooks::Hooks;
use crate::store::{CaseId, Settled, Store};
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
    let names: Vec<&str> = names.map(|hook| &*hook.name).collect();
    let text = match names.as_slice() {
        [] => "there is a mistake in `hooks:`, so something is not sent".to_owned(),
        [one] => format!("there is a mistake in the hook `{one}`, so its messages wait"),
        several => format!(
            "there are mistakes in the hooks {}, so their messages wait",
            listed(several.iter().copied())
        ),
    };
    // Nobody may be there to read it any more.
    let _ = writeln!(io::stderr(), "warning: {text}: run `fixpath check`");
}

/// Sends what the end of a case has brought, but lets nobody wait for long. What does not get through at once is tried
/// again later, and said; to a customer it means nothing. An `earlier` delivery of this process may have taken it up.
pub fn now(
    store: &Store,
    hooks: &Hooks,
    case: &CaseId,
    earlier: Option<Background>,
    audience: Audience,
) {
    let lines = send(store, hooks, case, earlier);
    if audience == Audience::Agent {
        for line in lines {
            // Nobody may be there to read it any more.
            let _ = writeln!(io::stderr(), "{line}");
        }
    }
}

/// Sends it, and says of what has not got through why.
fn send(store: &Store, hooks: &Hooks, case: &CaseId, earlier: Option<Background>) -> Vec<String> {
    let began = Instant::now();
    let mut report = Background::start(store, hooks)
        .wait(AT_MOST)
        .unwrap_or_default();
    if let Some(earlier) = earlier
        && is_on_its_way(store, case, &report)
        && let Some(more) = earlier.wait(AT_MOST.saturating_sub(began.elapsed()))
    {
        report.tried.extend(more.tried);
        report.held.extend(more.held);
    }
    let mut lines = not_sent(case, &report);
    if is_on_its_way(store, case, &report) {
        lines.push("A message to another system is still on its way; if it does not get through, it is tried again (`fixpath hooks`).".to_owned());
    }
    lines
}

/// Whether a message of the case waits of which nothing is reported yet.
fn is_on_its_way(store: &Store, case: &CaseId, report: &Report) -> bool {
    let tried = report.tried.iter().map(|(message, _)| message);
    let held = report.held.iter().map(|(message, _)| message);
    let known: HashSet<&str> = tried.chain(held).map(|message| &*message.id).collect();
    // A store that cannot be read has said so to whoever walked.
    let waiting = store.waiting().unwrap_or_default();
    waiting.iter().any(|message| {
        message.case == *case && message.next_at.is_some() && !known.contains(&*message.id)
    })
}

/// A line for each message of the case that the other side has not taken.
fn not_sent(case: &CaseId, report: &Report) -> Vec<String> {
    let later = |hook: &str, why: &str| {
        format!(
            "The message to {hook} has not got through yet: {why}. It is tried again (`fixpath hooks`)."
        )
    };
    let tried = report
        .tried
        .iter()
        .filter(|(message, _)| message.case == *case);
    let tried = tried.filter_map(|(message, settled)| match settled {
        Settled::Sent => None,
        Settled::Later { problem, .. } => Some(later(&message.hook, problem)),
        Settled::GivenUp { problem } => Some(format!(
            "The message to {} is given up: {problem}. When that is mended, `fixpath hooks retry {case}` sends it again.",
            message.hook
        )),
    });
    let held = report
        .held
        .iter()
        .filter(|(message, _)| message.case == *case);
    let held = held.map(|(message, why)| later(&message.hook, why));
    let mut lines: Vec<String> = tried.chain(held).collect();
    // Addresses are tried side by side, so they come in any order.
    lines.sort();
    lines
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Read as _};
    use std::net::TcpListener;
    use std::sync::{Arc, mpsc};
    use std::thread;

    use super::*;
    use crate::compile::Options;
    use crate::condition::Value;
    use crate::load::Files;
    use crate::session::{Event, Happening, Moment, Reply, Session, Source, Started};
    use crate::store::{Address, Keeper, Outgoing};
    use crate::syntax::Limits;
    use crate::tree::Channel;

    /// A case that has just ended.
    fn ended() -> Session {
        let mut files = Files::empty(Limits::default());
        let tree = "title: Dark\nstuck: {escalate: desk, reason: No light}\nsteps:\n  a:\n    ask: Is it dark?\n    yes: {end: Wait}\n    no: {end: Bye}\n";
        files.replace("dark", "dark.yaml", tree.as_bytes().to_vec());
        let options = Options::new(jiff::civil::date(2026, 11, 21));
        let library = files.compile(&options).compilation.into_library();
        let library = Arc::new(library.unwrap());
        let mut started = Started::new("dark", Audience::Agent, Channel::Phone);
        started.library = Some(Arc::clone(library.hash()));
        let at = Moment::new(1_795_298_400_000, 60).unwrap();
        let event = Event {
            seq: 1,
            at,
            what: Happening::Started(Box::new(started)),
        };
        let mut session = Session::start(library, event).unwrap();
        let yes = Reply::Answer(Value::YesNo(true));
        session.reply(1, "a", yes, Source::Asked, at).unwrap();
        if !matches!(session.prompt(), crate::session::Prompt::Closed(..)) {
            session.close(at).unwrap();
        }
        session
    }

    #[test]
    fn what_an_earlier_delivery_has_taken_up_is_waited_for() {
        let name = format!("fixpath-tell-{}.db", std::process::id());
        let file = std::env::temp_dir().join(name);
        let _ = std::fs::remove_file(&file);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/in", listener.local_addr().unwrap());
        let (asked, is_asked) = mpsc::channel();
        let (answer, may_answer) = mpsc::channel::<()>();
        let server = thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(&stream).lines();
            lines.find(|line| line.as_ref().unwrap().is_empty());
            asked.send(()).unwrap();
            // Until the second delivery has found nothing to send.
            let _ = may_answer.recv();
            thread::sleep(Duration::from_millis(200));
            let said = "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            (&stream).write_all(said.as_bytes()).unwrap();
            let _ = (&stream).read(&mut [0; 9_000]);
        });
        let hooks = Hooks::default().with_address(&url).unwrap();
        let store = Store::open(&Address::File(file.clone())).unwrap();
        let session = ended();
        let mut keeper = Keeper::begin(&store, &session, None).unwrap();
        let outgoing = Outgoing::of(&hooks, &session, keeper.id());
        assert_eq!(outgoing.len(), 1);
        keeper.keep(&session, outgoing).unwrap();
        let earlier = Background::start(&store, &hooks);
        is_asked.recv().unwrap();
        drop(answer);
        let lines = send(&store, &hooks, keeper.id(), Some(earlier));
        let [line] = lines.as_slice() else {
            panic!("{lines:?}");
        };
        assert!(line.contains("answered 500"), "{line}");
        server.join().unwrap();
        drop((keeper, store));
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{ending}", file.display()));
        }
    }
}
