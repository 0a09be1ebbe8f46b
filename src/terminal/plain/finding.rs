//! Asks line by line what the trouble is, where one cannot search while typing: on a terminal that cannot move its cursor,
//! and for screen readers.

use std::io::{self, Write};

use crate::terminal::markdown::inline;
use crate::terminal::style::Role;
use crate::terminal::tree_picker::Find;
use crate::tree::{Audience, Library, TreeId};

use super::Lines;

/// How many trees are offered for a few words.
const OFFERED: usize = 5;

/// Gives the tree that is picked and the words that found it; nothing if the person leaves.
///
/// # Errors
/// The lines cannot be read, or the output cannot be written.
pub fn ask_for_tree(
    lines: &mut dyn Lines,
    out: &mut dyn Write,
    library: &Library,
    find: &Find<'_>,
    audience: Audience,
) -> io::Result<Option<(TreeId, String)>> {
    writeln!(out, "What is the trouble? Type it as the caller says it.")?;
    let (mut offered, mut words): (Vec<TreeId>, String) = (Vec::new(), String::new());
    loop {
        write!(out, "> ")?;
        out.flush()?;
        let Some(line) = lines.next_line()? else {
            writeln!(out)?;
            return Ok(None);
        };
        let line = line.trim();
        if matches!(line, "quit" | "exit" | "/quit") {
            return Ok(None);
        }
        let number = line.parse::<usize>().ok();
        let picked = number.and_then(|number| offered.get(number.checked_sub(1)?));
        if let Some(tree) = picked {
            return Ok(Some((*tree, words)));
        }
        if line.is_empty() {
            continue;
        }
        line.clone_into(&mut words);
        offered = find(line, audience);
        offered.truncate(OFFERED);
        offer(out, library, &offered)?;
    }
}

fn offer(out: &mut dyn Write, library: &Library, offered: &[TreeId]) -> io::Result<()> {
    if offered.is_empty() {
        return writeln!(out, "Nothing fits these words. Try others, or type quit.");
    }
    for (at, tree) in offered.iter().enumerate() {
        let title = &library.tree(*tree).about.title;
        let title = inline(title.0.source(), Role::Body).text();
        writeln!(out, "  {}. {title}", at + 1)?;
    }
    writeln!(
        out,
        "Type the number of what fits best, other words, or quit."
    )
}

#[cfg(test)]
mod tests {
    use super::super::Reader;
    use super::*;
    use crate::compile::Options;
    use crate::load::Files;
    use crate::load::locate::Origin;
    use crate::syntax::Limits;

    fn asked(typed: &str) -> (Option<String>, String) {
        let files = Files::read(&Origin::BuiltIn, &Limits::default()).unwrap();
        let walkable = files
            .walkable(&Options::new(crate::terminal::now().day()))
            .unwrap();
        let library = &walkable.library;
        let wifi = library.find("network/wifi").unwrap();
        let find = |words: &str, _: Audience| match words {
            "xyzzy" => Vec::new(),
            _ => vec![library.find("printing/jam").unwrap(), wifi],
        };
        let mut out = Vec::new();
        let mut lines = Reader(typed.as_bytes());
        let picked = ask_for_tree(&mut lines, &mut out, library, &find, Audience::Agent).unwrap();
        let picked = picked.map(|(tree, words)| format!("{} by {words}", library.tree(tree).name));
        (picked, String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_tree_is_found_by_words_and_taken_by_its_number() {
        let (picked, out) = asked("xyzzy\n\n7\nno internet\n2\n");
        assert_eq!(picked.unwrap(), "network/wifi by no internet");
        assert!(out.contains("Nothing fits these words"), "{out}");
        assert!(out.contains("  1. "), "{out}");
        for left in ["", "no internet\n", "quit\n"] {
            assert_eq!(asked(left).0, None);
        }
    }
}
