//! ink, by bladeink with its compiler.

use bladeink::story::Story;
use bladeink_compiler::Compiler;

use super::Walk;

/// A story being told.
pub struct Told {
    story: Story,
}

/// Compiles and loads.
pub fn start(text: &str) -> Told {
    let json = Compiler::new().compile(text).expect("compiles");
    let story = Story::new(&json).expect("loads");
    let mut told = Told { story };
    told.tell();
    told
}

impl Told {
    fn tell(&mut self) -> bool {
        while self.story.can_continue() {
            std::hint::black_box(self.story.cont().expect("goes on"));
        }
        !self.story.get_current_choices().is_empty()
    }
}

impl Walk for Told {
    fn answer(&mut self, at: usize) -> bool {
        self.story.choose_choice_index(at).expect("a choice");
        self.tell()
    }

    fn restart(&mut self) {
        self.story.reset_state().expect("starts again");
        self.tell();
    }
}
