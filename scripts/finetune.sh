#!/usr/bin/env bash
# Fine-tunes a cross-encoder on your judgments or clicks, and makes a model that Solr loads; see --help.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
here="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)/finetune"
python="${PYTHON:-}"
# Help needs no packages.
if [[ " $* " == *" --help "* || " $* " == *" -h "* ]]; then python="${PYTHON:-python3}"; fi
if [[ -z "$python" ]]; then
  venv="$here/../../target/finetune-venv"
  python="$venv/bin/python"
  # Before the packages, which take minutes.
  python3 -B "$here/finetune.py" --check "$@"
  if ! cmp -s "$here/requirements.txt" "$venv/installed.txt"; then
    echo "Installing scripts/finetune/requirements.txt into target/finetune-venv" >&2
    python3 -m venv "$venv"
    "$python" -m pip install --quiet --requirement "$here/requirements.txt" >&2
    cp "$here/requirements.txt" "$venv/installed.txt"
  fi
fi
# -B: no __pycache__ in the checkout. Hashes of strings must not decide an order. Nothing is asked of a hub.
# A thread that waits for another leaves the core to others.
PYTHONHASHSEED=0 OMP_WAIT_POLICY=passive HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false exec "$python" -B "$here/finetune.py" "$@"
