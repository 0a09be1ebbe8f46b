//! The same made-up tree in each engine's own language: ternary, `size` steps, three answers a question, texts of 80
//! characters. Every leaf leads to a fix.

/// Text of 80 characters for a step; it differs from step to step, as real texts do.
pub fn text(step: usize) -> String {
    let text = format!(
        "Does light number {step} on the front of the box near the door still blink slowly now"
    );
    let mut text: String = text.chars().take(79).collect();
    while text.len() < 79 {
        text.push('w');
    }
    text.push('?');
    text
}

/// Where the answers of a step lead; `None` is the fix.
pub fn targets(step: usize, size: usize) -> [Option<usize>; 3] {
    [1, 2, 3].map(|child| Some(step * 3 + child).filter(|child| *child < size))
}

/// The answers' words.
pub const ANSWERS: [&str; 3] = ["red light", "green light", "no light"];

/// As fixpath reads it.
pub fn yaml(size: usize) -> String {
    let mut out = String::from(
        "title: Made up\nstuck:\n  escalate: desk\n  reason: The script did not help\nsteps:\n",
    );
    for step in 0..size {
        out += &format!("  s{step}:\n    ask: {}\n    answers:\n", text(step));
        for (answer, target) in ANSWERS.iter().zip(targets(step, size)) {
            let target = target.map_or("done".to_owned(), |target| format!("s{target}"));
            out += &format!("      {answer}: {target}\n");
        }
    }
    out += "  done:\n    fix: The light was red\n";
    out
}

/// As ink reads it.
pub fn ink(size: usize) -> String {
    let mut out = String::from("-> s0\n");
    for step in 0..size {
        out += &format!("=== s{step} ===\n{}\n", text(step));
        for (answer, target) in ANSWERS.iter().zip(targets(step, size)) {
            let target = target.map_or("done".to_owned(), |target| format!("s{target}"));
            out += &format!("+ [{answer}] -> {target}\n");
        }
    }
    out += "=== done ===\nThe light was red\n-> END\n";
    out
}

/// As Yarn Spinner reads it.
pub fn yarn(size: usize) -> String {
    let mut out = String::new();
    for step in 0..size {
        out += &format!("title: s{step}\n---\n{}\n", text(step));
        for (answer, target) in ANSWERS.iter().zip(targets(step, size)) {
            let target = target.map_or("done".to_owned(), |target| format!("s{target}"));
            out += &format!("-> {answer}\n    <<jump {target}>>\n");
        }
        out += "===\n";
    }
    out += "title: done\n---\nThe light was red\n===\n";
    out
}
