#!/usr/bin/env bash
# Downloads a model, verifies it, and installs it for Solr. See --help and --list.
# SPDX-License-Identifier: Apache-2.0
source "$(dirname -- "${BASH_SOURCE[0]}")/_tools.sh"
with_engine=yes
run_tool fetch-model "$@"
