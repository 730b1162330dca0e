#!/usr/bin/env bash
# Shows a query's first pass and reranked page side by side. See --help.
# SPDX-License-Identifier: Apache-2.0
source "$(dirname -- "${BASH_SOURCE[0]}")/_tools.sh"
run_tool search "$@"
