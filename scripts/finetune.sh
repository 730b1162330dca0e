#!/usr/bin/env bash
# Fine-tunes a cross-encoder on your judgments or clicks, and creates a model directory for Solr; see --help.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scripts="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
source "$scripts/_python.sh"
# Fixed string hashes, so that the order of sets does not change between runs. No requests to the Hugging Face Hub. Waiting threads do not
# keep a core busy.
export PYTHONHASHSEED=0 OMP_WAIT_POLICY=passive HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false
run_python "$scripts/finetune" finetune finetune.py "$@"
