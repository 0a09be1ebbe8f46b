#!/usr/bin/env bash
# Installs what the tests need beside Rust: PostgreSQL's programs and Chromium with its driver, from Debian's packages;
# axe-core from npm and schemathesis from PyPI, in a folder of their own in the user's cache. The tests start their own
# servers.
set -euo pipefail

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  as_root=(sudo)
fi
packages=()
if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null; then
  # No server of the machine's own is wanted.
  "${as_root[@]}" mkdir -p /etc/postgresql-common
  echo "create_main_cluster = false" | "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
  packages+=(postgresql)
fi
if ! command -v chromedriver >/dev/null; then
  packages+=(chromium chromium-driver)
fi
if [ "${#packages[@]}" -gt 0 ]; then
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}"
fi

tools="${XDG_CACHE_HOME:-$HOME/.cache}/fixpath-tests"
if [ ! -f "$tools/node_modules/axe-core/axe.min.js" ]; then
  mkdir -p "$tools"
  npm install --prefix "$tools" --no-save --no-audit --no-fund --silent axe-core@4.14.1
fi
if [ ! -x "$tools/schemathesis/bin/schemathesis" ]; then
  python3 -m venv "$tools/schemathesis"
  "$tools/schemathesis/bin/pip" install --quiet --disable-pip-version-check schemathesis==4.32.5
fi
