#!/usr/bin/env bash
# Finds the simplest blend that the judgments support. See --help.
# SPDX-License-Identifier: Apache-2.0
source "$(dirname -- "${BASH_SOURCE[0]}")/_tools.sh"
run_tool fit-blend "$@"
