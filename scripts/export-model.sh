#!/usr/bin/env bash
# Makes a model directory with an ONNX graph of a cross-encoder; see --help.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scripts="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
source "$scripts/_python.sh"
run_python "$scripts/export" export export_model.py "$@"
