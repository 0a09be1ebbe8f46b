//! Recorded cases as tests: what is printed can be pasted, and passes.

use std::sync::Arc;

use fixpath::session::view::Answers;
use fixpath::session::{Prompt, Reply, Session};
use fixpath::treetest;

use crate::support::{Dice, Folder, Start, TODAY, minute, shipped, value};

/// Replies at random until the case ends.
fn walked(mut session: Session, dice: &mut Dice<'_>) -> Session {
    for _ in 0..200 {
        if matches!(session.prompt(), Prompt::End(..)) {
            break;
        }
        let prompt = session.prompt();
        let Some(at) = prompt.at() else { break };
        let (seq, name) = (at.seq, at.name().into_owned());
        let reply = answer(&session, dice);
        let now = minute(session.seq());
        if session
            .reply(seq, &name, reply, Default::default(), now)
            .is_err()
        {
            session
                .reply(seq, &name, Reply::Unsure, Default::default(), now)
                .unwrap();
        }
    }
    session
}

fn answer(session: &Session, dice: &mut Dice<'_>) -> Reply {
    let view = session.public_view().unwrap();
    let pick = |choices: &[fixpath::session::view::ChoiceView], roll: usize| {
        Reply::Answer(value(&choices[roll].key))
    };
    match view.answers {
        None => Reply::Done,
        Some(Answers::YesNo { choices } | Answers::Choice { choices }) => {
            pick(&choices, dice.roll(choices.len()))
        }
        Some(Answers::Many { choices }) => Reply::Answer(value(&format!(
            "{}|",
            choices[dice.roll(choices.len())].key
        ))),
        Some(Answers::Number { .. }) => Reply::Answer(value(["1", "7", "40"][dice.roll(3)])),
        Some(_) => Reply::Unsure,
    }
}

#[test]
fn a_recorded_case_becomes_a_test_that_passes() {
    let files = shipped();
    let compiled = files.compile();
    let part = compiled.compilation.into_sound_part().unwrap();
    let library = Arc::new(shipped().compile().into_library());
    let (mut pasted, mut ended, mut stopped) = (files, Vec::new(), 0);
    for (at, tree) in library.trees.iter().enumerate() {
        let numbers: Vec<u8> = (0..200_usize)
            .map(|step| ((at * 7919 + step * 104_729) >> 3) as u8)
            .collect();
        let start = Start::in_library(Arc::clone(&library), &tree.name).begin();
        let case = walked(start.session, &mut Dice::new(&numbers));
        let test = treetest::from_case(&part, &case, "a case", TODAY).unwrap();
        if test.stops.is_some() {
            assert!(test.yaml().contains("# It stops at `"), "{}", test.yaml());
            stopped += 1;
            continue;
        }
        let name = test.generated.tests[0].name.clone();
        let file = format!("{}.yaml", tree.name);
        let text = format!("{}{}", pasted.text(&file), test.generated.yaml());
        pasted = pasted.replace(&file, &text);
        ended.push((Arc::clone(&tree.name), name));
    }
    assert!(ended.len() > 25, "{} end, {stopped} stop", ended.len());
    let part = pasted.compile().compilation.into_sound_part().unwrap();
    for (tree, name) in ended {
        let id = part.library.find(&tree).unwrap();
        let report = treetest::run(&part, id, TODAY).unwrap();
        let test = report.tests.iter().find(|test| *test.name == *name);
        let test = test.unwrap_or_else(|| panic!("{tree}: {name} is not there"));
        assert!(test.passed(), "{tree}: {test:#?}");
    }
}

const TREE: &str = "\
title: The printer prints nothing
steps:
  who:
    ask: Who are you?
    text: {example: Ada}
    next: power
  power:
    ask: Is the power light on?
    yes: dns
    no: plug
  dns:
    call: other
    returns: {up: stuck, down: plug}
  plug:
    do: Plug it in.
    no: stuck
stuck: {escalate: desk, reason: Nothing helped}
";

const OTHER: &str = "\
title: Name service
steps:
  up:
    ask: Does it answer?
    yes: {return: up}
    no: {return: down}
stuck: {escalate: desk, reason: Nothing helped}
";

fn desk(name: &str) -> Folder {
    Folder::new(name)
        .file("trees/printer.yaml", TREE)
        .file("trees/other.yaml", OTHER)
        .keeping()
}

fn id(folder: &Folder) -> String {
    let listed = folder.run("cases --all --format json").succeeds();
    let cases: Vec<serde_json::Value> = serde_json::from_str(&listed.out).unwrap();
    cases[0]["case"].as_str().unwrap().to_owned()
}

#[test]
fn what_callers_typed_stays_out_and_called_trees_are_one_line() {
    let folder = desk("from-case-ends");
    folder
        .run_with("run printer", "Bertha\nyes\nback\nyes\nno\nyes\n\n")
        .exits(0);
    let printed = folder
        .run(&format!("test --from-case {}", id(&folder)))
        .succeeds();
    assert!(!printed.out.contains("Bertha"), "{}", printed.out);
    let answers = "answers: [who: Ada, power: yes, dns: down, plug: yes]";
    assert!(printed.out.contains(answers), "{}", printed.out);
    let pasted = folder.file("trees/printer.yaml", &format!("{TREE}{}", printed.out));
    pasted.run("test trees/printer.yaml").says("1 test passed");
}

#[test]
fn a_case_that_was_left_says_where_it_stops() {
    let folder = desk("from-case-stops");
    folder.run_with("run printer", "Bertha\nyes\n").exits(4);
    let printed = folder
        .run(&format!("test --from-case {}", id(&folder)))
        .succeeds();
    assert!(printed.out.contains("power: yes"), "{}", printed.out);
    assert!(
        printed.out.contains("# It stops at `dns`"),
        "{}",
        printed.out
    );
    assert!(printed.err.contains("`dns`"), "{}", printed.err);
    folder
        .run("test --from-case zzzz")
        .exits(2)
        .says("there is no case");
}
