#!/usr/bin/env bash
# Exports a cross-encoder to a model directory with an ONNX file; see --help.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scripts="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
source "$scripts/_python.sh"
run_python "$scripts/export" export export_model.py "$@"
