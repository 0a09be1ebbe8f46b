//! Statistics for people.

use crate::cli::age;
use crate::source::neutralise_line as neutral;
use crate::stats::{
    BREAK, FEWEST, HandOver, OrderHint, Reason, RemedyReport, Report, Share, Spread, StepReport,
    TIME_ERROR, Totals, TreeReport,
};

use super::columns::{Columns, number, rare, words};
use crate::stats::numbers::{count, percent, share, time};

/// All trees.
pub fn all(report: &Report, since: Option<i64>) -> String {
    let begun = since_when(since);
    if report.all.cases == 0 {
        return format!("No cases are kept here{begun}.\n");
    }
    let mut out = format!("{} cases{begun}\n\n", count(report.all.cases));
    out += &outcomes(&report.all);
    out += "\nBy the tree in which they began\n\n";
    let mut table = Columns::new([
        words("TREE"),
        number("CASES"),
        number("CONFIRMED"),
        number("CLAIMED"),
        number("ESCALATED"),
        number("ENDED"),
        number("UNFINISHED"),
        number("MEDIAN"),
        number("90 %"),
    ]);
    for tree in report.trees.iter().filter(|tree| tree.totals.cases > 0) {
        let totals = &tree.totals;
        let counts = [
            totals.cases,
            totals.confirmed,
            totals.claimed,
            totals.escalated,
            totals.ended,
            totals.unfinished(),
        ];
        let gone = if tree.title.is_none() { " (gone)" } else { "" };
        let name = format!("{}{gone}", neutral(&tree.tree));
        let cells = std::iter::once(name).chain(counts.map(count));
        table.row(cells.chain(spread(&totals.time)));
    }
    out += &table.draw();
    out += &handed_over(&report.all.handed_over);
    let hints: Vec<String> = report
        .trees
        .iter()
        .flat_map(|tree| {
            tree.hints
                .iter()
                .map(|hint| format!("{}: {}", tree.tree, words_of(hint)))
        })
        .collect();
    out += &said("Worth a look", &hints);
    out += &format!("\n{}\n", about_times());
    out += "`fixpath stats TREE` shows a tree step by step, and what helped there.\n";
    out
}

/// One tree.
pub fn one(tree: &TreeReport, since: Option<i64>) -> String {
    let mut out = match &tree.title {
        Some(title) => format!("{}: {}\n", neutral(&tree.tree), neutral(title)),
        None => format!(
            "{}, which is not in the library any more\n",
            neutral(&tree.tree)
        ),
    };
    let began = if tree.totals.cases == 1 {
        "case"
    } else {
        "cases"
    };
    out += &format!(
        "{} {began} began here{}",
        count(tree.totals.cases),
        since_when(since)
    );
    if tree.from_elsewhere > 0 {
        out += &format!(
            "; {} more came from other trees",
            count(tree.from_elsewhere)
        );
    }
    out += "\n";
    if tree.is_empty() {
        return out;
    }
    if tree.totals.cases > 0 {
        out.push('\n');
        out += &outcomes(&tree.totals);
        out += &handed_over(&tree.totals.handed_over);
    }
    out += &format!("\nSteps: in how many cases{}\n\n", from_wherever(tree));
    out += &steps(&tree.steps);
    out += &remedies(&tree.remedies);
    let hints: Vec<String> = tree.hints.iter().map(words_of).collect();
    out += &said("Worth a look", &hints);
    if !tree.gone.is_empty() {
        out += "\nNo longer in the tree\n\n";
        out += &steps(&tree.gone);
    }
    out += &format!("\n{}\n", about_times());
    out
}

fn since_when(since: Option<i64>) -> String {
    since.map_or_else(String::new, |since| {
        format!(", begun since {}", age::shown(since))
    })
}

fn from_wherever(tree: &TreeReport) -> &'static str {
    if tree.from_elsewhere > 0 {
        ", wherever they began"
    } else {
        ""
    }
}

/// How cases went, each count with its share where there are enough.
fn outcomes(totals: &Totals) -> String {
    let mut table = Columns::new([words(""), number(""), words("")]);
    let rows = [
        ("resolved, confirmed", totals.confirmed),
        ("resolved, claimed", totals.claimed),
        ("escalated", totals.escalated),
        ("ended without a fix", totals.ended),
        ("left unfinished", totals.unfinished()),
    ];
    for (name, cases) in rows {
        let share = Share::of(cases, totals.cases);
        let share = share.as_ref().map(self::share).unwrap_or_default();
        table.row([format!("  {name}"), count(cases), share]);
    }
    let drawn = table.draw();
    let mut out = drawn.trim_start_matches('\n').to_owned();
    if totals.unfinished() > 0 {
        out += &format!(
            "  (of the unfinished {} open, {} parked)\n",
            count(totals.open),
            count(totals.parked)
        );
    }
    if totals.again > 0 {
        out += &format!(
            "  (of all {} go on with a case that was not solved after all)\n",
            count(totals.again)
        );
    }
    if let (Some(half), Some(most)) = (totals.time.median_s, totals.time.p90_s) {
        out += &format!(
            "  time of those that came to an end: half up to {}, nine in ten up to {}\n",
            time(half),
            time(most)
        );
    }
    out
}

fn handed_over(all: &[HandOver]) -> String {
    if all.is_empty() {
        return String::new();
    }
    let mut table = Columns::new([
        number("CASES"),
        number("RESOLVED SINCE"),
        words("TEAM"),
        words("REASON"),
    ]);
    for hand_over in all {
        let place = format!("{}: {}", hand_over.tree, hand_over.step);
        let reason = match &hand_over.reason {
            Reason::Script(Some(reason)) => format!("{} ({place})", one_line(reason)),
            Reason::Script(None) => format!("no reason written ({place})"),
            Reason::ByHand => format!("handed over by hand ({place})"),
            Reason::Gone => format!("no longer in the tree ({place})"),
        };
        table.row([
            count(hand_over.cases),
            count(hand_over.resolved_since),
            neutral(hand_over.team.as_deref().unwrap_or("?")).into_owned(),
            neutral(&reason).into_owned(),
        ]);
    }
    format!("\nHanded over, whatever came of it\n\n{}", table.draw())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn steps(steps: &[StepReport]) -> String {
    let mut table = Columns::new([
        words("STEP"),
        number("REACHED"),
        number("LEFT HERE"),
        rare("WENT BACK"),
        rare("OTHER TREE"),
        rare("UNSURE"),
        rare("TRIED"),
        rare("CANNOT"),
        rare("NONE"),
        rare("PERSON"),
        number("MEDIAN"),
        number("90 %"),
    ]);
    for step in steps {
        let helped = step
            .helped
            .map_or_else(String::new, |helped| format!(" (helped {})", count(helped)));
        let name = format!("{}{helped}", neutral(&step.step));
        let cells = std::iter::once(name).chain(step.counts().map(count));
        table.row(cells.chain(spread(&step.time)));
    }
    table.draw()
}

fn spread(spread: &Spread) -> [String; 2] {
    let shown = |time: Option<u64>| time.map_or_else(|| "-".to_owned(), self::time);
    [shown(spread.median_s), shown(spread.p90_s)]
}

fn remedies(remedies: &[RemedyReport]) -> String {
    if remedies.is_empty() {
        return String::new();
    }
    let has_author = remedies.iter().any(|remedy| remedy.author.is_some());
    let mut heads = vec![
        words("REMEDY"),
        number("GOT THERE"),
        number("CARRIED OUT"),
        number("HELPED"),
        rare("CAME BACK"),
        words("ODDS, 95 % INTERVAL"),
    ];
    heads.extend(has_author.then(|| words("AUTHOR")));
    let mut table = Columns::new(heads);
    for remedy in remedies {
        let odds = remedy.odds.as_ref().map(share);
        let mut cells = vec![
            neutral(&remedy.remedy).into_owned(),
            count(remedy.reached),
            count(remedy.carried_out),
            count(remedy.helped),
            count(remedy.came_back),
            odds.unwrap_or_else(|| "too few cases".to_owned()),
        ];
        cells.extend(has_author.then(|| author(remedy)));
        table.row(cells);
    }
    let mut out = format!(
        "\nWhat helped: odds among those who got there, not among all cases\n\n{}",
        table.draw()
    );
    if has_author {
        out += "AUTHOR is what the `odds` as written come to among those who get there.\n";
    }
    if remedies.iter().any(|remedy| remedy.odds.is_none()) {
        out += &format!("From {FEWEST} cases on, odds are said.\n");
    }
    out
}

fn author(remedy: &RemedyReport) -> String {
    let Some(author) = remedy.author else {
        return String::new();
    };
    match author.among_those_who_get_there {
        None => "not for all".to_owned(),
        Some(among) if author.differs => format!("{}, outside of it", percent(among)),
        Some(among) => percent(among),
    }
}

/// A gentle word.
fn words_of(hint: &OrderHint) -> String {
    let OrderHint {
        within,
        remedy,
        before,
        ..
    } = hint;
    let took = hint.takes_s.map_or_else(String::new, |(own, other)| {
        format!(
            ", and they take {} and {}",
            time(own.as_secs() * 1000),
            time(other.as_secs() * 1000)
        )
    });
    let what = if hint.ordered {
        format!(
            "the `odds` in `{within}` may need another look, for `{remedy}` would come before `{before}`"
        )
    } else {
        format!(
            "`{remedy}` might come before `{before}` in `{within}`, if nothing speaks against it"
        )
    };
    format!(
        "{what}: of the cases that came there it solved {}, `{before}` {}{took}.",
        share(&hint.solves),
        share(&hint.other_solves)
    )
}

fn said(head: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = lines
        .iter()
        .map(|line| format!("- {}\n", neutral(line)))
        .collect();
    format!("\n{head}\n\n{}", lines.concat())
}

fn about_times() -> String {
    format!(
        "Times are working time, without what a case lay parked, handed over or untouched for more than {}; at most {:.1} % off.",
        time(BREAK.unsigned_abs()),
        TIME_ERROR * 100.0
    )
}
