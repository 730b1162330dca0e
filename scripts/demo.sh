#!/usr/bin/env bash
# Builds the plugin, starts Solr, indexes the bundled films and shows a reranked result page. See --help.
# SPDX-License-Identifier: Apache-2.0
source "$(dirname -- "${BASH_SOURCE[0]}")/_tools.sh"
run_tool demo "$@"
