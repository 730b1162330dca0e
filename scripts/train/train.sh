#!/usr/bin/env bash
# Trains the bundled model from a tmdb.json; see --help.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
here="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
source "$here/../_python.sh"
# Fixed string hashes, so that the order of sets does not change between runs.
export PYTHONHASHSEED=0
run_python "$here" train train.py "$@"
