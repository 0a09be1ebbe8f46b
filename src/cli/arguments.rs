//! The command line as clap reads it.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::{
    cases, check, completions, explain, feedback, find, fmt, graph, guide, handover, hooks, list,
    new, resume, run, schema, serve, stats, take, test, token, user,
};

/// Troubleshooting scripts, walked to a fix or an escalation.
///
/// Without a command, in a terminal: describe the trouble in your own words, pick a tree, and walk.
#[derive(Debug, Parser)]
#[command(name = "fixpath", version, about, max_term_width = 100)]
pub struct Arguments {
    /// The folder of trees (default: the nearest library upward from here, else the built-in trees)
    #[arg(long, global = true, value_name = "DIR", env = "FIXPATH_LIBRARY")]
    pub library: Option<PathBuf>,
    /// Where cases are kept: a file, or postgres://USER:PASSWORD@HOST/DATABASE; `none` keeps nothing (default: a file in
    /// your data folder)
    #[arg(
        long,
        global = true,
        value_name = "FILE|URL",
        env = "FIXPATH_STORE",
        hide_env_values = true
    )]
    pub store: Option<String>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    Run(run::Run),
    Resume(resume::Resume),
    Cases(cases::Cases),
    Handover(handover::Handover),
    Take(take::Take),
    Feedback(feedback::Feedback),
    Hooks(hooks::Command),
    List(list::List),
    Find(find::Find),
    Check(check::Check),
    Explain(explain::Explain),
    New(new::New),
    Serve(serve::Serve),
    Stats(stats::Stats),
    Graph(graph::Graph),
    Guide(guide::Guide),
    Test(test::Test),
    Fmt(fmt::Fmt),
    User(user::Command),
    Token(token::Command),
    Schema(schema::Schema),
    Completions(completions::Completions),
    /// Print the manual page (roff)
    Man,
}
