#!/usr/bin/env bash
# Reproduces the book's table "vietnam war" with Solr. See --help.
# SPDX-License-Identifier: Apache-2.0
source "$(dirname -- "${BASH_SOURCE[0]}")/_tools.sh"
run_tool notebook "$@"
