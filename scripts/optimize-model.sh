#!/usr/bin/env bash
# Creates a faster copy of a cross-encoder; see --help.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scripts="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
source "$scripts/_python.sh"
# The packages must be installed: with this Python, no environment is created.
PYTHON="${PYTHON:-python3}"
run_python "$scripts/optimize" optimize optimize_model.py "$@"
