# Finds the newest JDK of this machine. Sourced by other scripts in .ci. Set NEWEST_JAVA_HOME to add a JDK to the search.
# SPDX-License-Identifier: Apache-2.0

version_of() {
  "$1/bin/java" -version 2>&1 | sed -n 's/^.* version "\([0-9]*\).*/\1/p' | head -n 1
}

# Sets java_home and java_version to the newest JDK that is newer than $1, or leaves them empty.
find_newest_java() {
  local home version highest="$1"
  java_home="" java_version=""
  for home in "${NEWEST_JAVA_HOME:-}" /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [[ -x "$home/bin/java" ]]; then
      version="$(version_of "$home")"
      if [[ "$version" =~ ^[0-9]+$ && "$version" -gt "$highest" ]]; then
        java_home="$home" java_version="$version" highest="$version"
      fi
    fi
  done
}
