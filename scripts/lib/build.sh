# shellcheck shell=bash
# Building the program, and knowing whether it is built. Sourced by the scripts beside it, after jdk.sh; they set
# root (of the repository), java_home and classifier.
# shellcheck disable=SC2154

# What Maven makes: this jar, and the libraries beside it.
jar() { echo "$root/server/target/tabula-server.jar"; }
libraries() { echo "$root/server/target/lib"; }

# What runs: links to all of them in a folder of this build's own, which a program that runs keeps while newer builds
# are made. The two before stay.
application() { (cd -P "$root/server/target/application/current" && pwd); }

link_application() {
  local folders=$root/server/target/application name
  name=$(date +%s)-$$
  mkdir -p "$folders/$name"
  ln "$(jar)" "$(libraries)"/*.jar "$folders/$name/"
  ln -sfn "$name" "$folders/current"
  find "$folders" -mindepth 1 -maxdepth 1 -type d | sort -r | tail -n +4 | xargs rm -rf
}

stamp() { echo "$root/server/target/built"; }

# What a build depends on besides the sources: another processor or another back end needs another one.
build_key() { echo "$classifier ${TABULA_MAVEN_ARGS:-}"; }

# Up to date: nothing that goes into the program is newer than the last build, and that build was of this kind.
is_built() {
  [[ -f $(jar) && -f $(stamp) && $(<"$(stamp)") == "$(build_key)" ]] &&
    [[ -z $(find "$root/pom.xml" "$root"/{games,agents,server,web-client}/pom.xml "$root"/{games,agents,server}/src/main \
      "$root/docs/protocol" "$root"/web-client/{src,public,package.json,package-lock.json,index.html,vite.config.ts,tsconfig.json,build.sh} \
      -newer "$(stamp)" -print -quit 2>/dev/null) ]]
}

need() {
  type -P "$1" >/dev/null || { echo "tabula: $2" >&2; return 1; }
}

# Runs Maven with the given goals and options, of which one is at least "package", and marks the program as built.
build() {
  local missing=0
  need mvn "Maven is needed to build: install it (Debian: apt-get install maven)." || missing=1
  need npm "Node.js with npm is needed to build the page: install it (Debian: apt-get install nodejs npm)." || missing=1
  ((missing == 0)) || return 1
  mkdir -p "$root/server/target"
  local started result=0 extra=()
  read -ra extra <<<"${TABULA_MAVEN_ARGS:-}"
  started=$(mktemp)
  rm -rf "$(stamp)" "$(libraries)" "$(jar)"
  (cd "$root" && JAVA_HOME=$java_home mvn -B "$@" "-Dnd4j.classifier=$classifier" ${extra[@]+"${extra[@]}"}) || result=$?
  if ((result == 0)); then
    link_application
    build_key >"$(stamp)"
    # Sources that changed while the build ran belong to the next one.
    touch -r "$started" "$(stamp)"
  fi
  rm -f "$started"
  return "$result"
}

# Runs a command while no other build runs in this repository.
alone() {
  local result=0
  mkdir -p "$root/server/target"
  if command -v flock >/dev/null; then
    exec 9>"$root/server/target/build.lock"
    flock -n 9 || { echo "Waiting for another build of Tabula to end …" >&2; flock 9; }
    "$@" || result=$?
    exec 9>&-
  else
    "$@" || result=$?
  fi
  return "$result"
}
