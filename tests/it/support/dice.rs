//! A library and a walk decided by dice: numbers that a property test makes up, so that a failure shrinks.

use std::fmt::Write;

use super::Files;

/// Numbers to decide by; when they are used up, every decision is the first one.
#[derive(Debug, Clone)]
pub struct Dice<'d>(std::slice::Iter<'d, u8>);

impl<'d> Dice<'d> {
    pub fn new(numbers: &'d [u8]) -> Self {
        Self(numbers.iter())
    }

    /// Whether there are numbers left.
    pub fn are_left(&self) -> bool {
        !self.0.as_slice().is_empty()
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % sides.max(1)
    }

    /// True once in so many.
    pub fn once_in(&mut self, sides: usize) -> bool {
        self.roll(sides) + 1 == sides
    }
}

/// What only agents may see says so: it must be in nothing for customers.
pub const FOR_AGENTS: &str = "FOR-AGENTS";

const LIBRARY: &str = "stuck: {escalate: desk, reason: FOR-AGENTS stuck, needs: [site]}
teams:
  desk: {name: The desk, contact: FOR-AGENTS 1}
facts:
  os: {ask: Which system?, answers: {linux: Linux, macos: macOS, windows: Windows}}
  remote: {ask: At home?}
  speed: {ask: How fast?, number: {min: 0, max: 100, unit: Mbit/s}}
  site: {ask: Which site?, text: {max: 20}}
  pass: {ask: Which password?, text: {secret: true}}
";

/// A library without errors: three trees, each calling only later ones; every step has a way on to a later one.
pub fn library(dice: &mut Dice<'_>) -> Files {
    let names = ["example", "later", "last"];
    let mut files = Files::new().library(LIBRARY);
    for (at, name) in names.iter().enumerate() {
        let text = TreeWriter {
            dice,
            later: &names[at + 1..],
            text: String::new(),
            steps: 0,
            at: 0,
        }
        .write();
        files = files.tree(name, &text);
    }
    files
}

struct TreeWriter<'t, 'd> {
    dice: &'t mut Dice<'d>,
    later: &'t [&'t str],
    text: String,
    steps: usize,
    at: usize,
}

impl TreeWriter<'_, '_> {
    fn write(mut self) -> String {
        self.steps = 3 + self.dice.roll(7);
        self.text.push_str("title: T\nsteps:\n");
        for at in 0..self.steps {
            self.at = at;
            let _ = writeln!(self.text, "  s{at}:");
            if at + 1 < self.steps {
                self.step()
            } else {
                self.end()
            }
        }
        self.text
    }

    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "    {line}");
    }

    /// A later step, so that there is always a way out.
    fn on(&mut self) -> String {
        let rest = self.steps - self.at - 1;
        format!("s{}", self.at + 1 + self.dice.roll(rest))
    }

    /// Any step of the tree, `stuck`, or an end in place.
    fn anywhere(&mut self) -> String {
        match self.dice.roll(8) {
            0 => "stuck".into(),
            1 => "{end: \"Over with ${os}\"}".into(),
            2 => "{fix: Fixed}".into(),
            3 if !self.later.is_empty() => format!("{{tree: {}}}", self.later[0]),
            _ => format!("s{}", self.dice.roll(self.steps)),
        }
    }

    /// An edge that may set something.
    fn edge(&mut self) -> String {
        match self.dice.roll(6) {
            0 => format!("{{goto: {}, set: {{os: linux}}}}", self.on()),
            1 => format!(
                "{{goto: {}, set: {{remote: no, speed: 7}}, label: This}}",
                self.on()
            ),
            _ => self.anywhere(),
        }
    }

    fn step(&mut self) {
        match self.dice.roll(12) {
            0 => self.question("yes", "no"),
            1 => self.choice(),
            2 => self.shared_choice(),
            3 => self.number(),
            4 => self.text_or_date(),
            5 => self.many(),
            6 => self.instruction(),
            7 => self.remedy(),
            8 => self.try_them(),
            9 => self.branch(),
            10 if !self.later.is_empty() => self.call(),
            _ => self.question("no", "yes"),
        }
    }

    fn extras(&mut self) {
        if self.dice.once_in(4) {
            self.line("note: FOR-AGENTS note");
        }
        if self.dice.once_in(4) {
            self.line("say: FOR-AGENTS say");
        }
        if self.dice.once_in(6) {
            let on = self.on();
            self.line(&format!("limit: {{visits: 2, then: {on}}}"));
        }
    }

    fn ask(&mut self) {
        let ask = ["Is it so?", "Is it ${audience}?"][self.dice.roll(2)];
        self.line(&format!("ask: {ask}"));
        self.extras();
        if self.dice.once_in(4) {
            self.line("do: Look at it first.");
        }
        if self.dice.once_in(4) {
            let unsure = self.anywhere();
            self.line(&format!("unsure: {unsure}"));
        }
    }

    fn question(&mut self, first: &str, second: &str) {
        self.ask();
        if self.dice.once_in(5) {
            self.line("fact: remote");
        }
        let (on, other) = (self.on(), self.edge());
        self.line(&format!("{first}: {on}"));
        self.line(&format!("{second}: {other}"));
    }

    fn choice(&mut self) {
        self.ask();
        let (on, two, three) = (self.on(), self.edge(), self.edge());
        self.line(&format!(
            "answers: {{one: {on}, two: {two}, three: {three}}}"
        ));
    }

    fn shared_choice(&mut self) {
        self.extras();
        self.line("fact: os");
        let (on, two, three) = (self.on(), self.edge(), self.edge());
        self.line(&format!(
            "answers: {{linux: {on}, macos: {two}, windows: {three}}}"
        ));
    }

    fn number(&mut self) {
        self.ask();
        self.line("number: {min: 0, max: 100}");
        let (on, low, word) = (self.on(), self.edge(), self.edge());
        self.line(&format!(
            "answers: {{below 5: {low}, 5 to 100: {on}, OL: {word}}}"
        ));
    }

    fn text_or_date(&mut self) {
        self.ask();
        let kind = [
            "text: {max: 30}",
            "date: {max: today}",
            "fact: pass",
            "fact: speed",
        ][self.dice.roll(4)];
        self.line(kind);
        let on = self.on();
        self.line(&format!("next: {on}"));
    }

    fn many(&mut self) {
        self.ask();
        self.line("many: true");
        self.line("answers: [mail, web, print]");
        let own = format!("s{}", self.at);
        let (some, on) = (self.anywhere(), self.on());
        let some = match some.strip_prefix('{') {
            Some(rest) => rest.to_owned(),
            None => format!("goto: {some}}}"),
        };
        self.line("next:");
        self.line(&format!(
            "  - {{when: 'known({own}) and {own} has \"mail\"', {some}"
        ));
        self.line(&format!("  - goto: {on}"));
    }

    fn instruction(&mut self) {
        self.line("do: Do **this**.");
        self.extras();
        let on = self.on();
        self.line(&format!("next: {on}"));
        for word in ["tried", "cannot"] {
            if self.dice.once_in(3) {
                let to = self.edge();
                self.line(&format!("{word}: {to}"));
            }
        }
    }

    fn remedy(&mut self) {
        self.line("do: Restart ${audience}.");
        self.extras();
        let on = self.on();
        self.line(&format!("no: {on}"));
        if self.dice.once_in(4) {
            let yes = self.anywhere();
            self.line(&format!("yes: {yes}"));
        }
    }

    fn try_them(&mut self) {
        let at = self.at;
        self.line("try:");
        for remedy in 0..1 + self.dice.roll(3) {
            self.line(&format!("  r{at}_{remedy}:"));
            self.line("    do: Try this.");
            if self.dice.once_in(3) {
                self.line("    if: Is it there?");
            }
            if self.dice.once_in(3) {
                self.line("    when: known(os) and os != \"linux\"");
            }
        }
        let on = self.on();
        self.line(&format!("no: {on}"));
    }

    fn branch(&mut self) {
        let (linux, home, on) = (self.on(), self.on(), self.on());
        self.line("next:");
        self.line(&format!(
            "  - {{when: 'known(os) and os == \"linux\"', goto: {linux}}}"
        ));
        self.line(&format!(
            "  - {{when: known(remote) and remote, goto: {home}, set: {{os: macos}}}}"
        ));
        self.line(&format!("  - goto: {on}"));
    }

    fn call(&mut self) {
        let tree = self.later[self.dice.roll(self.later.len())];
        let on = self.on();
        self.line(&format!("call: {tree}"));
        self.line(&format!("next: {on}"));
    }

    fn end(&mut self) {
        match self.dice.roll(5) {
            0 => self.line("end: Over with ${os} and ${speed}"),
            1 => self.line("fix: Fixed"),
            2 => {
                self.line("escalate: desk");
                self.line("reason: FOR-AGENTS reason");
                self.line("needs: [os, speed, site]");
            }
            _ => self.line("return: ok"),
        }
    }
}
