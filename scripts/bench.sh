#!/usr/bin/env bash
# Measures the engine: alone, compared with other libraries, and in Solr. See --help.
# SPDX-License-Identifier: Apache-2.0
source "$(dirname -- "${BASH_SOURCE[0]}")/_tools.sh" || exit 1

bench="$project_root/target/bench"

# The benchmark is separate from the release, because it needs the compared libraries on its class path.
build_bench() {
  if [[ -f "$bench/built" && -z "$(find "$project_root/pom.xml" "$project_root/src/main" "$project_root/src/bench" \
    -type f -newer "$bench/built" -print -quit)" ]]; then
    return
  fi
  command -v mvn >/dev/null || fail "no mvn found: install Maven 3.8.7 or newer"
  echo "Building with 'mvn -Pbench process-classes'. The first build downloads the compared libraries, which takes a few minutes." >&2
  local started
  started="$(mktemp)"
  (cd -- "$project_root" && mvn -q -B -Pbench process-classes) >&2 || fail "the build failed, see above"
  # The time of the start is used, so that edits during the build are noticed.
  touch -r "$started" "$bench/built"
  rm -f "$started"
}

require_java
build_bench
# The same settings as in Solr: G1, and the whole heap from the start.
run=("$java_command" -Xms1g -Xmx1g -Dproject.root="$project_root" -Dlog4j2.level=ERROR -cp "$bench/classes:$bench/lib/bench/*")
if [[ "${1:-}" == --jmh ]]; then
  shift
  cd -- "$project_root"
  exec "${run[@]}" org.openjdk.jmh.Main -f 1 -wi 3 -w 1 -i 5 -r 1 "$@"
fi
exec "${run[@]}" io.crossencoder.bench.Bench "$@"
