#!/usr/bin/env bash
# From a checkout to a reranked page: builds, starts Solr, indexes the bundled films, searches. See --help.
# SPDX-License-Identifier: Apache-2.0
source "$(dirname -- "${BASH_SOURCE[0]}")/_tools.sh"
run_tool demo "$@"
