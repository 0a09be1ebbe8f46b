#!/usr/bin/env bash
# Servers that are killed, in the long form: one every two seconds, for so many seconds (60 unless told otherwise).
set -euo pipefail
cd "$(dirname "$0")/.."

FIXPATH_MANY_SECONDS="${1:-60}" cargo test --test it servers_that_are_killed
