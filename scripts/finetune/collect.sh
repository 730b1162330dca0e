#!/usr/bin/env bash
# The first step of finetune.sh: requests the candidates of each query and their passages from Solr.
# SPDX-License-Identifier: Apache-2.0
source "$(dirname -- "${BASH_SOURCE[0]}")/../_tools.sh"
run_tool training-data "$@"
