#!/usr/bin/env bash
# Makes a model directory with an ONNX graph of a cross-encoder; see --help.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
here="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)/export"
python="${PYTHON:-}"
# Help needs no packages.
if [[ " $* " == *" --help "* || " $* " == *" -h "* ]]; then python="${PYTHON:-python3}"; fi
if [[ -z "$python" ]]; then
  venv="$here/../../target/export-venv"
  python="$venv/bin/python"
  # Before the packages, which take minutes.
  python3 -B "$here/export_model.py" --check "$@"
  if ! cmp -s "$here/requirements.txt" "$venv/installed.txt"; then
    echo "Installing scripts/export/requirements.txt into target/export-venv" >&2
    python3 -m venv "$venv"
    "$python" -m pip install --quiet --requirement "$here/requirements.txt" >&2
    cp "$here/requirements.txt" "$venv/installed.txt"
  fi
fi
# -B: no __pycache__ in the checkout.
exec "$python" -B "$here/export_model.py" "$@"
