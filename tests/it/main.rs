//! The one integration test binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod browser_desk;
mod browser_desk_pages;
mod browser_embed;
mod browser_handover;
mod browser_pages;
mod browser_trees;
mod browser_trees_pages;
mod browser_trouble;
mod browser_walk;
mod canonical;
mod cases;
mod check_answers;
mod check_audience;
mod check_command;
mod check_facts;
mod check_loops;
mod check_texts;
mod check_unclear;
mod check_walks;
mod compile_answers;
mod compile_declared;
mod compile_graph;
mod compile_library;
mod compile_names;
mod compile_once;
mod compile_theme;
mod docs;
mod find;
mod fmt;
mod fmt_command;
mod fmt_random;
mod from_case;
mod generate;
mod handover_message;
mod handover_note;
mod hook_command;
mod hook_delivery;
mod hook_messages;
mod hook_mistakes;
mod house;
mod keys;
mod live;
mod new;
mod one_fault;
mod pages;
mod picture_lit;
mod picture_words;
mod plain;
mod pty;
mod runners_random;
mod sarif;
mod schema;
mod session_back;
mod session_ends;
mod session_events;
mod session_facts;
mod session_meaning;
mod session_random;
mod session_replies;
mod session_sentences;
mod session_view;
mod stats;
mod stats_command;
mod stats_fold;
mod stats_heat;
mod steps_left;
mod store_accounts;
mod store_codes;
mod store_erased;
mod store_kept;
mod store_kill;
mod store_pages;
mod store_queue;
mod store_races;
mod store_tls;
mod store_troubles;
mod support;
mod syntax_forms;
mod syntax_inner_span;
mod syntax_limits;
mod syntax_lines;
mod syntax_mends;
mod syntax_robust;
mod syntax_shape;
mod syntax_thirty;
mod syntax_traps;
mod syntax_yaml;
mod test_command;
mod treetest;
mod user_command;
mod web_again;
mod web_api;
mod web_api_fuzz;
mod web_api_safe;
mod web_api_told;
mod web_customer;
mod web_desk;
mod web_erased;
mod web_guard;
mod web_kept;
mod web_live;
mod web_many;
mod web_queue;
mod web_safe;
mod web_sign_in;
mod web_trees;

fn main() {}
