#!/usr/bin/env bash
# Makes the starter model from a tmdb.json; see --help.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
here="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
source "$here/../_python.sh"
# Hashes of strings must not decide an order.
export PYTHONHASHSEED=0
run_python "$here" train train.py "$@"
