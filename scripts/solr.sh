#!/usr/bin/env bash
# Starts and stops a local Solr with the plugin, or shows its status. See --help.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/_tools.sh"
run_tool solr "$@"
