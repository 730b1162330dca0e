#!/usr/bin/env bash
# The book's table "vietnam war", made by Solr. See --help.
# SPDX-License-Identifier: Apache-2.0
source "$(dirname -- "${BASH_SOURCE[0]}")/_tools.sh"
run_tool notebook "$@"
