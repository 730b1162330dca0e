# Sourced by the scripts in this directory: builds the tools if they are older than their sources, then runs a command.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

project_root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
java_command="${JAVA_HOME:+$JAVA_HOME/bin/}java"

fail() {
  echo "error: $*" >&2
  exit 1
}

require_java() {
  local version
  [[ -z "${JAVA_HOME:-}" || -x "$java_command" ]] || fail "JAVA_HOME is $JAVA_HOME, and $java_command does not exist"
  command -v "$java_command" >/dev/null || fail "no java found: install a JDK 17 or newer, or set JAVA_HOME"
  version="$("$java_command" -version 2>&1 | sed -n 's/^.* version "\([0-9]*\).*/\1/p' | head -n 1)"
  [[ "$version" =~ ^[0-9]+$ && "$version" -ge 17 ]] ||
    fail "Java 17 or newer is required; $(command -v "$java_command") has version ${version:-unknown}"
}

# Prints the newest JAR of the tools, because older JARs remain in target after a change of version.
tools_jar() {
  local jar newest=""
  for jar in "$project_root"/target/solr-crossencoder-*-tools.jar; do
    if [[ -f "$jar" && ( -z "$newest" || "$jar" -nt "$newest" ) ]]; then newest="$jar"; fi
  done
  echo "$newest"
}

is_built() {
  local jar
  jar="$(tools_jar)"
  [[ -n "$jar" && -d "$project_root/target/lib/tools" && -d "$project_root/target/lib/plugin" ]] || return 1
  [[ -z "$(find "$project_root/pom.xml" "$project_root/src/main" -type f -newer "$jar" -print -quit)" ]]
}

# Builds the tools, unless another script did it meanwhile: two builds at once break each other.
build() {
  mkdir -p -- "$project_root/target"
  (
    # Not on macOS.
    if command -v flock >/dev/null; then flock 9; fi
    is_built || build_now
  ) 9>"$project_root/target/build.lock" || exit 1
}

build_now() {
  command -v mvn >/dev/null || fail "no mvn found: install Maven 3.8.7 or newer"
  echo "Building with 'mvn -DskipTests package'. The first build downloads its dependencies, which takes a few minutes." >&2
  local started
  started="$(mktemp)"
  # To stderr, so that the output of the command can be piped.
  (cd -- "$project_root" && mvn -q -B -Dstyle.color=never -DskipTests package) >&2 9>&- || fail "the build failed, see above"
  # Maven does not touch an unchanged JAR. The time of the start is used, so that edits during the build are noticed.
  touch -r "$started" "$(tools_jar)"
  rm -f "$started"
}

# run_tool COMMAND [ARGUMENT...]: replaces the shell with a command of io.crossencoder.tools.Main.
run_tool() {
  require_java
  is_built || build
  # Java cannot detect that the text of a minimal container is UTF-8, and the width of the terminal.
  if [[ "$(locale charmap 2>/dev/null)" != UTF-8 ]]; then export LC_ALL=C.UTF-8 2>/dev/null; fi
  if [[ -t 1 ]]; then export COLUMNS="$(tput cols 2>/dev/null || true)"; fi
  # Only commands that score need the engine. Solr must load it from its lib directory instead.
  local jars engine
  jars="$(tools_jar):$project_root/target/lib/tools/*"
  engine="$(tools_jar)"
  if [[ -n "${with_engine:-}" ]]; then jars="$jars:${engine%-tools.jar}.jar:$project_root/target/lib/plugin/*"; fi
  # C1 and the serial collector, because these commands run for seconds. Solr is started with other options.
  exec "$java_command" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
    -Djdk.console=java.base -Dproject.root="$project_root" \
    -cp "$jars" \
    io.crossencoder.tools.Main "$@"
}
