#!/usr/bin/env bash
# Installs the plugin in a Solr home directory, or removes it. Runs in a built checkout and in an unzipped release. See --help.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
shopt -s nullglob
# The umask of an administrator can be 077, but Solr runs as another user.
umask 022

here="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"

usage() {
  cat <<'END'
Usage: install.sh SOLR_HOME [--models] [--dry-run]
       install.sh SOLR_HOME --uninstall [--models] [--dry-run]

Copies the JARs of the plugin to SOLR_HOME/lib and removes the JARs of an older version. To upgrade, run the
install.sh of the new version. A repeated run changes nothing. Restart Solr afterwards.

  SOLR_HOME     the directory that contains solr.xml: /var/solr/data of a service or the Docker image,
                server/solr of an unpacked tarball
  --models      also copies the bundled model to SOLR_HOME/models, and replaces an older version
  --uninstall   removes the installed files, with --models also the bundled model; other models remain
  --dry-run     prints the changes without making them
  -h, --help    prints this text

Exit status: 0 success; 1 failure; 2 invalid usage.
END
}

fail() {
  echo "error: $*" >&2
  exit 1
}

bad_usage() {
  echo "error: $*" >&2
  usage >&2
  exit 2
}

solr_home="" models=false uninstall=false dry_run=false
while (($#)); do
  case "$1" in
    --models) models=true ;;
    --uninstall) uninstall=true ;;
    --dry-run) dry_run=true ;;
    -h | --help)
      usage
      exit 0
      ;;
    -*) bad_usage "$1 is not an option" ;;
    *)
      [[ -z "$solr_home" ]] || bad_usage "two directories: $solr_home and $1"
      solr_home="$1"
      ;;
  esac
  shift
done
[[ -n "$solr_home" ]] || bad_usage "SOLR_HOME is missing"
[[ -d "$solr_home" ]] || fail "$solr_home is not a directory"
solr_home="$(cd -- "$solr_home" && pwd)"
[[ -f "$solr_home/solr.xml" ]] ||
  fail "$solr_home is not a Solr home directory: it has no solr.xml (it is /var/solr/data, or server/solr of a tarball)"

$dry_run || [[ -w "$solr_home" ]] || fail "user $(id -un) has no write permission for $solr_home; run the script as the Solr user or with sudo"

library="$solr_home/lib"
# A record of the installed files, so that an update and --uninstall change nothing else.
record="$solr_home/solr-crossencoder.installed"
changes=0

# change MESSAGE COMMAND...: prints the message, and runs the command unless this is a dry run.
change() {
  changes=$((changes + 1))
  if $dry_run; then
    echo "would $1"
  else
    "${@:2}"
    echo "$1: done"
  fi
}

same() {
  [[ -f "$2" && "$(sha256sum <"$1")" == "$(sha256sum <"$2")" ]]
}

# A full disk or Ctrl-C leaves no incomplete copy.
incomplete=""
trap 'if [[ -n "$incomplete" ]]; then rm -rf -- "$incomplete"; fi' EXIT

# Copied and then renamed, so that an incomplete copy is never loaded; readable for the Solr user.
put() {
  mkdir -p -- "$(dirname -- "$2")"
  incomplete="$2.new"
  install -m 644 -- "$1" "$incomplete"
  mv -f -- "$incomplete" "$2"
  incomplete=""
}

# Prints the files of a directory with their checksums, one per line.
contents() {
  (
    shopt -s globstar
    cd -- "$1"
    for file in **/*; do
      if [[ -f "$file" ]]; then sha256sum -- "$file"; fi
    done
  )
}

# Replaces the whole directory, so that no file of an older version remains; by renames, so that Solr never finds an incomplete model.
put_model() {
  local fresh="$solr_home/models/.tmdb-starter.new" old="$solr_home/models/.tmdb-starter.old"
  mkdir -p -- "$solr_home/models"
  rm -rf -- "$fresh" "$old"
  incomplete="$fresh"
  cp -R -- "$bundled/tmdb-starter" "$fresh"
  chmod -R u=rwX,go=rX -- "$fresh"
  if [[ -e "$1" ]]; then mv -- "$1" "$old"; fi
  mv -- "$fresh" "$1"
  incomplete=""
  rm -rf -- "$old"
}

installed() {
  if [[ -f "$record" ]]; then cat -- "$record"; fi
}

# Records the names of installed files; from standard input, one per line.
write_record() {
  if $dry_run; then
    cat >/dev/null
    return
  fi
  incomplete="$record.new"
  cat >"$incomplete"
  mv -f -- "$incomplete" "$record"
  incomplete=""
}

is_installed() {
  installed | while IFS= read -r jar; do
    if [[ "$jar" == "$1" ]]; then echo yes; fi
  done
}

if $uninstall; then
  while IFS= read -r jar; do
    # Names only: an edited record must not refer to files outside of the directory.
    if [[ "$jar" != */* && -f "$library/$jar" ]]; then change "delete $library/$jar" rm -- "$library/$jar"; fi
  done < <(installed)
  if [[ -f "$record" ]]; then change "delete $record" rm -- "$record"; fi
  for unpacked in "$solr_home"/crossencoder-native/*; do change "delete $unpacked" rm -- "$unpacked"; done
  if [[ -d "$solr_home/crossencoder-native" ]]; then
    change "delete $solr_home/crossencoder-native" rmdir -- "$solr_home/crossencoder-native"
  fi
  if $models && [[ -d "$solr_home/models/tmdb-starter" ]]; then
    change "delete $solr_home/models/tmdb-starter" rm -r -- "$solr_home/models/tmdb-starter"
  fi
  if ((changes == 0)); then
    echo "Nothing of solr-crossencoder was installed in $solr_home by this script."
  else
    echo "Remove all elements with io.crossencoder from the solrconfig.xml of every core, then restart Solr."
  fi
  exit 0
fi

# In a release, all files are next to this script; in a checkout, they are in Maven's directories.
if [[ -d "$here/lib" && -f "$here/security.policy" ]]; then
  jars=("$here"/lib/*.jar)
  bundled="$here/models"
else
  project="$(dirname -- "$here")"
  plugin=""
  for jar in "$project"/target/solr-crossencoder-*.jar; do
    # The newest one, because older JARs stay in target after a change of version.
    if [[ "$jar" != *-tools.jar && "$jar" != *-sources.jar && (-z "$plugin" || "$jar" -nt "$plugin") ]]; then
      plugin="$jar"
    fi
  done
  jars=("$plugin" "$project"/target/lib/plugin/*.jar)
  [[ -n "$plugin" && ${#jars[@]} -gt 1 ]] || fail "the plugin is not built: run mvn -DskipTests package in $project"
  bundled="$project/conf/models"
fi
[[ ${#jars[@]} -gt 1 ]] || fail "$here/lib contains no JARs"

is_ours() {
  local jar
  for jar in "${jars[@]}"; do
    if [[ "${jar##*/}" == "$1" ]]; then return 0; fi
  done
  return 1
}

# A class loader would mix two versions; a JVM loads a native library only once.
foreign=()
for jar in "$library"/onnxruntime*.jar "$library"/tokenizers-*.jar "$library"/api-0.*.jar; do
  name="${jar##*/}"
  if ! is_ours "$name" && [[ -z "$(is_installed "$name")" ]]; then foreign+=("$jar"); fi
done
if ((${#foreign[@]})); then
  fail "another ONNX Runtime or DJL was found: ${foreign[*]}. Delete it if nothing else in this Solr needs it; both together do not work"
fi
for core in "$solr_home"/*/lib/solr-crossencoder-[0-9]*.jar "$solr_home"/*/lib/onnxruntime*.jar; do
  echo "warning: $core is in the lib directory of a core; delete it, because a second copy of the plugin does not load" >&2
done

names() {
  for jar in "${jars[@]}"; do echo "${jar##*/}"; done
}

# Before the first change, so that --uninstall also removes an incomplete installation.
{
  installed
  names
} | sort -u | write_record
for jar in "$library"/*.jar; do
  name="${jar##*/}"
  if ! is_ours "$name" && [[ -n "$(is_installed "$name")" || "$name" == solr-crossencoder-[0-9]*.jar ]]; then
    change "delete $jar, of another version" rm -- "$jar"
  fi
done
for jar in "${jars[@]}"; do
  target="$library/${jar##*/}"
  if ! same "$jar" "$target"; then change "put ${jar##*/} into $library" put "$jar" "$target"; fi
done
names | write_record

if $models; then
  target="$solr_home/models/tmdb-starter"
  if [[ ! -d "$target" || "$(contents "$bundled/tmdb-starter")" != "$(contents "$target")" ]]; then
    change "put tmdb-starter into $solr_home/models" put_model "$target"
  fi
fi

if ((changes == 0)); then
  echo "Nothing to do: $solr_home has this version."
elif ! $dry_run; then
  echo "Now restart Solr. For Solr 9 on Java before 24, first append security.policy to server/etc/security.policy of the Solr"
  echo "installation. Then declare the parser in solrconfig.xml and reload the core. See docs/install.md."
fi
