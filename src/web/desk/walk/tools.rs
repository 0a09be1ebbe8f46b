//! What can be done at every prompt besides answering: a note, another tree, a word to the author, putting it aside, the
//! note and the customer's texts to copy. Each folds open by its key and is a form without a script.

use maud::{Markup, html};

use super::sheet::Sheet;
use crate::tree::Audience;
use crate::web::desk::find;

/// For how long one parks.
const SPANS: [(&str, &str); 8] = [
    ("", "No time set"),
    ("30m", "30 minutes"),
    ("1h", "1 hour"),
    ("2h", "2 hours"),
    ("4h", "4 hours"),
    ("tomorrow", "Tomorrow at 8:00"),
    ("3d", "3 days"),
    ("7d", "A week"),
];

/// All of them.
pub fn draw(sheet: &Sheet<'_>) -> Markup {
    html! {
        div.tools {
            (note(sheet))
            (another_tree(sheet))
            (park(sheet))
            (feedback(sheet))
            (copy(sheet))
        }
    }
}

/// The sign and words of a tool that folds open.
fn summary(key: &str, words: &str) -> Markup {
    html! { summary data-key=(key) { kbd aria-hidden="true" { (key) } (words) } }
}

/// A remark for whoever reads the note.
pub fn note(sheet: &Sheet<'_>) -> Markup {
    html! {
        details.tool #add-note {
            (summary("+", "Note"))
            form method="post" action=(sheet.frame.action) {
                (sheet.frame.fields())
                label.named for="note-text" { "For whoever reads the hand-over note" }
                textarea.text #note-text name="text" maxlength="2000" rows="3" required {}
                button.small.main name="do" value="note" { "Add the note" }
            }
        }
    }
}

fn another_tree(sheet: &Sheet<'_>) -> Markup {
    let words = sheet.look.tree.as_deref();
    html! {
        details.tool #another-tree open[words.is_some()] {
            (summary("/", "Another tree"))
            form method="get" action=(sheet.frame.action) role="search" {
                label.named for="tree-words" { "What the caller says it is now" }
                div.field {
                    input.text #tree-words name="tree" type="search" value=[words] autocomplete="off" maxlength="200" data-trees;
                    button.small { "Find" }
                }
            }
            form #trees method="post" action=(sheet.frame.action) aria-live="polite" {
                (sheet.frame.fields())
                input type="hidden" name="do" value="leave";
                @if let Some(words) = words {
                    @let found = find::trees(&sheet.web.today(), words);
                    @if found.is_empty() { p.hint { "No tree fits these words." } }
                    @for tree in &found {
                        button.pick name="tree" value=(tree.name) { (find::title(tree)) span.hint { (tree.name) } }
                    }
                }
            }
        }
    }
}

fn park(sheet: &Sheet<'_>) -> Markup {
    html! {
        details.tool #park {
            (summary("q", "Park"))
            form method="post" action=(sheet.frame.action) {
                (sheet.frame.fields())
                div.pair {
                    div {
                        label.named for="park-for" { "For" }
                        select.text #park-for name="for" {
                            @for (value, words) in SPANS { option value=(value) { (words) } }
                        }
                    }
                    div {
                        label.named for="park-until" { "or until" }
                        input.text #park-until type="datetime-local" name="until";
                    }
                }
                button.small.main name="do" value="park" { "Park the case" }
            }
        }
    }
}

fn feedback(sheet: &Sheet<'_>) -> Markup {
    html! {
        details.tool #feedback {
            (summary("!", "Script is wrong"))
            form method="post" action=(sheet.frame.action) {
                (sheet.frame.fields())
                label.named for="feedback-text" { "What is wrong here? The author of the tree reads it." }
                textarea.text #feedback-text name="text" maxlength="2000" rows="3" required {}
                button.small.main name="do" value="feedback" { "Send it" }
            }
        }
    }
}

/// The note as it is now, and what is written to the customer: each is copied with one key.
pub fn copy(sheet: &Sheet<'_>) -> Markup {
    let note = match sheet.session.audience() {
        Audience::Agent => "Copy the note",
        Audience::Customer => "The note",
    };
    let texts = [
        ("v", "text", note),
        ("e", "email", "E-mail to the customer"),
        ("m", "chat", "Chat text"),
    ];
    html! {
        @for (key, form, words) in texts {
            @let address = format!("{}/note?as={form}", sheet.frame.action);
            a.tool.plain href=(address) data-copy-from={ (address) "&raw=1" } data-key=(key) {
                kbd aria-hidden="true" { (key) } (words)
            }
        }
    }
}
