#!/usr/bin/env bash
# Fine-tunes a cross-encoder on your judgments or clicks, and makes a model that Solr loads; see --help.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scripts="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
source "$scripts/_python.sh"
# Hashes of strings must not decide an order. Nothing is asked of a hub. A thread that waits for another leaves the core to others.
export PYTHONHASHSEED=0 OMP_WAIT_POLICY=passive HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false
run_python "$scripts/finetune" finetune finetune.py "$@"
