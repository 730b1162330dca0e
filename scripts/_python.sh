# Sourced by the scripts that run a Python program with its own packages.
# SPDX-License-Identifier: Apache-2.0

# run_python DIR NAME PROGRAM [ARGUMENT...]: replaces the shell with DIR/PROGRAM, in the Python of $PYTHON, or in the virtual environment
# target/NAME-venv with the packages of DIR/requirements.txt.
run_python() {
  local dir="$1" name="$2" program="$1/$3"
  shift 3
  local python="${PYTHON:-}"
  local interpreter="${python:-python3}"
  # Older versions stop with a stack trace.
  if ! "$interpreter" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "error: Python 3.11 or newer is required; $interpreter does not exist or is older. Set PYTHON to its path" >&2
    exit 2
  fi
  # --help needs no packages.
  if [[ -z "$python" && ( " $* " == *" --help "* || " $* " == *" -h "* ) ]]; then python=python3; fi
  if [[ -z "$python" ]]; then
    local venv
    venv="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)/target/$name-venv"
    python="$venv/bin/python"
    # The arguments are checked before the packages are installed, which takes minutes.
    python3 -B "$program" --check "$@"
    if ! cmp -s "$dir/requirements.txt" "$venv/installed.txt"; then
      echo "Installing ${dir#"${venv%/target/*}/"}/requirements.txt into target/$name-venv" >&2
      python3 -m venv "$venv"
      "$python" -m pip install --quiet --requirement "$dir/requirements.txt" >&2
      cp "$dir/requirements.txt" "$venv/installed.txt"
    fi
  fi
  # -B: no __pycache__ in the checkout.
  exec "$python" -B "$program" "$@"
}
