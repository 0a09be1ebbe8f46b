#!/usr/bin/env bash
# The kill test in its long form: so many kills on each store (1,000 unless told otherwise).
set -euo pipefail
cd "$(dirname "$0")/.."

FIXPATH_KILLS="${1:-1000}" cargo test --test it what_was_acknowledged_survives_a_kill
