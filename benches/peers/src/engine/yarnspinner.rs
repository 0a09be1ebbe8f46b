//! Yarn Spinner for Rust.

use yarnspinner::compiler::{Compiler, File};
use yarnspinner::core::Library;
use yarnspinner::runtime::{Dialogue, DialogueEvent, MemoryVariableStorage, OptionId, StringTableTextProvider};

use super::Walk;

/// A dialogue being held.
pub struct Held {
    dialogue: Dialogue,
    options: Vec<OptionId>,
}

/// Compiles and loads.
pub fn start(text: &str) -> Held {
    let mut compiler = Compiler::new();
    compiler.add_file(File { file_name: "made_up.yarn".to_owned(), source: text.to_owned() });
    compiler.extend_library(Library::standard_library());
    let compilation = compiler.compile().expect("compiles");
    let mut texts = StringTableTextProvider::new();
    texts.extend_base_language(compilation.string_table.iter().map(|(id, line)| (id.clone(), line.text.clone())));
    let mut dialogue = Dialogue::new(Box::new(MemoryVariableStorage::new()), Box::new(texts));
    dialogue.add_program(compilation.program.expect("a program"));
    let mut held = Held { dialogue, options: Vec::new() };
    held.restart();
    held
}

impl Held {
    fn listen(&mut self) -> bool {
        self.options.clear();
        while self.dialogue.can_continue() {
            for event in self.dialogue.continue_().expect("goes on") {
                match event {
                    DialogueEvent::Options(options) => self.options.extend(options.iter().map(|option| option.id)),
                    other => {
                        std::hint::black_box(other);
                    }
                }
            }
        }
        !self.options.is_empty()
    }
}

impl Walk for Held {
    fn answer(&mut self, at: usize) -> bool {
        self.dialogue.set_selected_option(self.options[at]).expect("an option");
        self.listen()
    }

    fn restart(&mut self) {
        self.dialogue.set_node("s0").expect("a node");
        self.listen();
    }
}
