#!/usr/bin/env bash
# Fetches a model, checks it, and puts it where Solr finds it. See --help and --list.
# SPDX-License-Identifier: Apache-2.0
source "$(dirname -- "${BASH_SOURCE[0]}")/_tools.sh"
with_engine=yes
run_tool fetch-model "$@"
