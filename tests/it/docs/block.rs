//! The fenced blocks of a page. Behind the language stand words that say what the block is:
//!
//! - nothing: one whole tree, or several files after lines `# file: PATH`
//! - `steps`: entries of `steps:`; steps to which they lead and which are not shown are made up
//! - `head`: the head of a tree; its steps are made up
//! - `library`: a library file, with `base` the one of all examples behind it on the page
//! - `fails CODE …`: a counter-example that yields these codes and no other
//! - `file=PATH`: also a file that the examples and commands behind it on the page find there

/// A block with what its fence says.
#[derive(Debug, Clone)]
pub struct Block {
    /// The language and the words behind it.
    pub words: Vec<String>,
    /// The line of its fence, from 1.
    pub line: usize,
    /// What stands between the fences.
    pub text: String,
}

impl Block {
    /// Whether it shows something of the language.
    pub fn is_yaml(&self) -> bool {
        self.has("yaml")
    }

    /// Whether its fence has that word.
    pub fn has(&self, word: &str) -> bool {
        self.words.iter().any(|known| known == word)
    }

    /// The words behind `fails`.
    pub fn fails(&self) -> Vec<String> {
        let mut words = self.words.iter().skip_while(|word| *word != "fails");
        words.next();
        words.filter(|word| !word.contains('=')).cloned().collect()
    }

    /// The path behind `file=`.
    pub fn file(&self) -> Option<&str> {
        let mut words = self.words.iter();
        words.find_map(|word| word.strip_prefix("file="))
    }

    /// The path behind `file=`, from the folder of the trees.
    pub fn file_in_library(&self) -> Option<&str> {
        self.file()?.strip_prefix("trees/")
    }
}

/// The blocks of a page, in order.
pub fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<&str> = None;
    for (at, line) in page.lines().enumerate() {
        let fence = &line[..line.len() - line.trim_start_matches('`').len()];
        match open {
            Some(opened) if line == opened => open = None,
            Some(_) => {
                let block = blocks.last_mut().unwrap();
                block.text.push_str(line);
                block.text.push('\n');
            }
            None if fence.len() >= 3 => {
                open = Some(fence);
                let words = line[fence.len()..].split_whitespace();
                blocks.push(Block {
                    words: words.map(str::to_owned).collect(),
                    line: at + 1,
                    text: String::new(),
                });
            }
            None => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}
