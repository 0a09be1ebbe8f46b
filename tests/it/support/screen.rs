//! A screen for the interactive runner that takes scripted inputs and remembers what it showed; its clock stands still
//! unless somebody waits.

use std::cell::Cell;
use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use fixpath::terminal::{Input, Line, Screen, Size};

/// Milliseconds since 1970 at which walks begin: 2026-11-21, 22:45.
pub const START: i64 = 1_795_301_100_000;

/// A screen that takes scripted inputs and remembers what it showed.
pub struct FakeScreen<'c> {
    pub clock: &'c Cell<i64>,
    pub inputs: VecDeque<(i64, Input)>,
    pub size: Size,
    /// What scrolled by above the block.
    pub printed: String,
    /// Every block that was drawn.
    pub blocks: Vec<String>,
    pub copied: Vec<String>,
    pub rung: usize,
    pub choices: VecDeque<usize>,
    pub offered: Vec<String>,
}

fn text(lines: &[Line]) -> String {
    lines
        .iter()
        .map(|line| line.text().trim_end().to_owned() + "\n")
        .collect()
}

impl<'c> FakeScreen<'c> {
    /// A screen on which these inputs come at milliseconds after [`START`]; then Ctrl-C.
    pub fn new(clock: &'c Cell<i64>, size: Size, inputs: Vec<(i64, Input)>) -> Self {
        Self {
            clock,
            inputs: inputs.into(),
            size,
            printed: String::new(),
            blocks: Vec::new(),
            copied: Vec::new(),
            rung: 0,
            choices: VecDeque::new(),
            offered: Vec::new(),
        }
    }
}

impl Screen for FakeScreen<'_> {
    fn size(&self) -> Size {
        self.size
    }

    fn print(&mut self, lines: &[Line]) -> io::Result<()> {
        self.printed += &text(lines);
        Ok(())
    }

    fn draw(&mut self, block: &[Line], _: Option<(usize, usize)>) -> io::Result<()> {
        for line in block {
            assert!(
                line.width() < self.size.columns,
                "too wide: {:?}",
                line.text()
            );
        }
        self.blocks.push(text(block));
        Ok(())
    }

    fn input(&mut self, timeout: Option<Duration>) -> io::Result<Option<Input>> {
        let now = self.clock.get();
        let end = timeout.map(|timeout| now + timeout.as_millis() as i64);
        if self.inputs.is_empty() {
            return Ok(Some(Input::Interrupt));
        }
        match (self.inputs.front(), end) {
            (Some((at, _)), end) if end.is_none_or(|end| START + *at <= end) => {
                self.clock.set(now.max(START + *at));
                Ok(self.inputs.pop_front().map(|(_, input)| input))
            }
            (_, Some(end)) => {
                self.clock.set(end);
                Ok(None)
            }
            (_, None) => unreachable!("there is an input"),
        }
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.copied.push(text.to_owned());
        Ok(())
    }

    fn ring(&mut self) -> io::Result<()> {
        self.rung += 1;
        Ok(())
    }

    fn choose(&mut self, prompt: &str, items: &[String], _: usize) -> io::Result<Option<usize>> {
        self.offered = vec![prompt.to_owned()];
        self.offered.extend_from_slice(items);
        Ok(self.choices.pop_front())
    }
}
