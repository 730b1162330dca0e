#!/usr/bin/env bash
# Makes the starter model from a tmdb.json; see --help.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
here="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
python="${PYTHON:-}"
# Help needs no packages.
if [[ " $* " == *" --help "* || " $* " == *" -h "* ]]; then python="${PYTHON:-python3}"; fi
if [[ -z "$python" ]]; then
  venv="$here/../../target/train-venv"
  python="$venv/bin/python"
  # Before the packages, which take minutes.
  python3 -B "$here/train.py" --check "$@"
  if ! cmp -s "$here/requirements.txt" "$venv/installed.txt"; then
    echo "Installing scripts/train/requirements.txt into target/train-venv" >&2
    python3 -m venv "$venv"
    "$python" -m pip install --quiet --requirement "$here/requirements.txt" >&2
    cp "$here/requirements.txt" "$venv/installed.txt"
  fi
fi
# -B: no __pycache__ in the checkout. Hashes of strings must not decide an order.
PYTHONHASHSEED=0 exec "$python" -B "$here/train.py" "$@"
