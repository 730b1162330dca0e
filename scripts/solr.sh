#!/usr/bin/env bash
# A local Solr with the plugin: start, stop, status, run. See --help.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/_tools.sh"
run_tool solr "$@"
