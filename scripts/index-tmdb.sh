#!/usr/bin/env bash
# Indexes a TMDB file into a running Solr. See --help.
# SPDX-License-Identifier: Apache-2.0
source "$(dirname -- "${BASH_SOURCE[0]}")/_tools.sh"
run_tool index-tmdb "$@"
