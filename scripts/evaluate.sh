#!/usr/bin/env bash
# Measures the first pass and the reranked results with judgments. See --help.
# SPDX-License-Identifier: Apache-2.0
source "$(dirname -- "${BASH_SOURCE[0]}")/_tools.sh"
run_tool evaluate "$@"
