//! What a page shows of a walk by keys: the command of a `screen` block is run in a terminal, the keys behind `keys=`
//! are typed (`enter` and `esc` among them), and the screen is what stands below the command.

use std::path::Path;
use std::time::Duration;

use regex::Regex;

use crate::support::pty::{Pty, fixpath};

use super::block::Block;

/// What is wrong with a block, if anything, and its text as it should be.
pub fn judge(block: &Block, folder: &Path, update: bool) -> (Option<String>, String) {
    let (line, shown) = block.text.split_once('\n').unwrap_or((&block.text, ""));
    let command = line
        .strip_prefix("$ fixpath ")
        .expect("a screen shows a command");
    let arguments: Vec<&str> = command.split_whitespace().collect();
    let mut pty = fixpath(&arguments).start(folder);
    pty.send(&keys(block));
    if update {
        // The one place where time is waited for: nobody knows yet what the screen will show.
        std::thread::sleep(Duration::from_secs(3));
        return (None, format!("{line}\n{}\n", screen(&pty)));
    }
    let wanted = plain(shown);
    pty.see_that("what the page shows", |screen| plain(screen) == wanted);
    (None, block.text.clone())
}

/// The keys of a block as terminals send them.
fn keys(block: &Block) -> String {
    let keys = block
        .words
        .iter()
        .find_map(|word| word.strip_prefix("keys="));
    let key = |key: &str| match key {
        "enter" => "\r".to_owned(),
        "esc" => "\x1b".to_owned(),
        key => key.to_owned(),
    };
    keys.map(|keys| keys.split(',').map(key).collect())
        .unwrap_or_default()
}

fn screen(pty: &Pty) -> String {
    let screen = pty.screen();
    let lines: Vec<&str> = screen.trim_end().lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// A screen without what differs from run to run: how long the walk took.
fn plain(screen: &str) -> String {
    let clock = Regex::new(r"\d+:\d\d").unwrap();
    let lines: Vec<&str> = screen.trim().lines().map(str::trim_end).collect();
    clock.replace_all(&lines.join("\n"), "0:00").into_owned()
}
