#!/usr/bin/env bash
# Tests the launcher and the program behind it as a script would use them. scripts/test runs it once everything is built.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=scripts/lib/jdk.sh
source "$root/scripts/lib/jdk.sh"

scratch=$(mktemp -d)
server=
trap '[[ -n $server ]] && kill "$server" 2>/dev/null; rm -rf "$scratch"' EXIT

passed=0
failed=0
check() {
  local what=$1 expected=$2 found=$3
  if [[ $found == "$expected" ]]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s\n  expected: %q\n  found:    %q\n' "$what" "$expected" "$found"
  fi
}

# Runs the program elsewhere and through a link, as people install it; leaves out, err and code.
ln -s "$root/scripts/tabula" "$scratch/tabula"
cd "$scratch" || exit 1
tabula() {
  code=0
  "$scratch/tabula" "$@" >"$scratch/out" 2>"$scratch/err" || code=$?
  out=$(<"$scratch/out")
  err=$(<"$scratch/err")
}

tabula perft connect-four 9
check "perft prints the number alone" "39394572" "$out"
check "perft says nothing else" "" "$err"

tabula perft shogi 3
check "an unknown game exits with 1" 1 "$code"
check "an unknown game is told in one sentence" "tabula: There is no game 'shogi'. Games: connect-four, tic-tac-toe," "${err%% othello-6*}"
check "an unknown game prints nothing" "" "$out"

tabula nonsense
check "an unknown command exits with 2" 2 "$code"

TABULA_JVM_ARGS="-Dno.such=1 -XX:NoSuchOption" tabula --version
check "TABULA_JVM_ARGS reaches java" 1 "$code"

"$scratch/tabula" analyse tic-tac-toe --agent perfect >"$scratch/out" 2>/dev/null <<<$'a1 a2 b1 b2\na1 a1'
check "analyse answers each line in order" $'c1 error' "$(cut -f1 "$scratch/out" | tr '\n' ' ' | sed 's/ $//')"

"$scratch/tabula" analyse tic-tac-toe --agent perfect >"$scratch/out" 2>&1 <&-
check "analyse takes a closed input for an empty one" "0" "$?$(<"$scratch/out")"

# A server, from the command to a page that is ready.
"$scratch/tabula" serve --port 0 --data "$scratch/data" >"$scratch/serve" 2>"$scratch/err" &
server=$!
address=
SECONDS=0
while [[ -z $address ]] && kill -0 "$server" 2>/dev/null && ((SECONDS < 60)); do
  address=$(sed -n 's/^Tabula is ready at //p' "$scratch/serve")
  [[ -n $address ]] || sleep 0.05
done
status=$(python3 -c 'import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1] + "/health").status)' "$address" 2>&1)
check "a server is healthy" 200 "$status"
kill "$server"
wait "$server"
check "SIGTERM ends the server" 143 "$?"
server=

# Finding what the machine has.
mkdir -p "$scratch"/jdk-{17,25}/bin
for version in 17 25; do
  printf 'JAVA_VERSION="%s.0.1"\n' "$version" >"$scratch/jdk-$version/release"
  printf '#!/bin/sh\n' >"$scratch/jdk-$version/bin/javac"
  chmod +x "$scratch/jdk-$version/bin/javac"
done
check "a version is read from a JDK's release file" 25 "$(jdk_version "$scratch/jdk-25")"
check "JAVA_HOME comes first" "$scratch/jdk-25" "$(JAVA_HOME=$scratch/jdk-25 find_jdk 25)"
check "a JDK that is too old is passed over" "$scratch/jdk-25" "$(JAVA_HOME=$scratch/jdk-17 JDK25=$scratch/jdk-25 find_jdk 25)"
message=$(JAVA_HOME=$scratch/jdk-25 find_jdk 99 2>&1)
check "no JDK: exits with 1" 1 "$?"
check "no JDK: says what to install" 1 "$([[ $message == *"a JDK 99 or newer is needed"*"JAVA_HOME"* ]] && echo 1)"

processor() {
  printf 'processor : 0\nflags\t\t: fpu %s\n' "$1" >"$scratch/cpuinfo"
  nd4j_classifier Linux-x86_64 "$scratch/cpuinfo"
}
check "AVX-512" linux-x86_64-onednn-avx512 "$(processor "fma avx2 avx512f avx512dq avx512bw avx512vl")"
check "AVX-512 without its byte operations" linux-x86_64-onednn-avx2 "$(processor "fma avx2 avx512f avx512dq avx512vl")"
check "AVX2" linux-x86_64-onednn-avx2 "$(processor "avx fma avx2 bmi2")"
check "an old processor" linux-x86_64-onednn "$(processor "sse2 avx")"
check "a Mac" macosx-arm64 "$(nd4j_classifier Darwin-arm64)"

echo "$passed passed, $failed failed"
((failed == 0))
