#!/usr/bin/env bash
# Measures first pass and reranked results by judgments. See --help.
# SPDX-License-Identifier: Apache-2.0
source "$(dirname -- "${BASH_SOURCE[0]}")/_tools.sh"
run_tool evaluate "$@"
