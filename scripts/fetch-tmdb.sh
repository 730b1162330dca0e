#!/usr/bin/env bash
# Downloads the films and judgments of the book "AI-Powered Search". See --help.
# SPDX-License-Identifier: Apache-2.0
source "$(dirname -- "${BASH_SOURCE[0]}")/_tools.sh"
run_tool fetch-tmdb "$@"
