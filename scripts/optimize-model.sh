#!/usr/bin/env bash
# Creates a faster copy of a cross-encoder; see --help.
set -euo pipefail
script="$(dirname "${BASH_SOURCE[0]}")/optimize/optimize_model.py"
# -B: no __pycache__ in the checkout.
exec "${PYTHON:-python3}" -B "$script" "$@"
