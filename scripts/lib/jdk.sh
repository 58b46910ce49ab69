# shellcheck shell=bash
# Finding what the machine has. Sourced by the scripts beside it.

# The version in a JDK's release file, such as 25; nothing where there is no JDK.
jdk_version() {
  local version
  [[ -x $1/bin/javac && -f $1/release ]] || return 1
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [[ -n $version ]] && echo "$version"
}

# The home of a JDK of at least version $1, looked for where Maven's toolchains look.
find_jdk() {
  local candidate version
  for candidate in "${JAVA_HOME:-}" "${JDK25:-}" "${JDK25_HOME:-}" "${JAVA25_HOME:-}" "${JAVA_HOME_25_X64:-}" "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    "$HOME"/.m2/jdks/* /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [[ -n $candidate ]] || continue
    version=$(jdk_version "$candidate") || continue
    if ((version >= $1)); then
      echo "$candidate"
      return 0
    fi
  done
  echo "tabula: a JDK $1 or newer is needed, and none was found. Install one (such as Eclipse Temurin $1), or set JAVA_HOME to it." >&2
  return 1
}

# Which of ND4J's builds suits this machine; or another platform, such as Linux-x86_64, and its /proc/cpuinfo.
# shellcheck disable=SC2120
nd4j_classifier() {
  local platform=${1:-$(uname -s)-$(uname -m)} cpuinfo=${2:-/proc/cpuinfo} flags
  case $platform in
    Linux-x86_64)
      flags=" $(sed -n '/^flags/{s/^flags[^:]*://p;q;}' "$cpuinfo") "
      if [[ $flags == *" avx512f "* && $flags == *" avx512bw "* && $flags == *" avx512dq "* && $flags == *" avx512vl "* ]]; then
        echo linux-x86_64-onednn-avx512
      elif [[ $flags == *" avx2 "* && $flags == *" fma "* ]]; then
        echo linux-x86_64-onednn-avx2
      else
        echo linux-x86_64-onednn
      fi
      ;;
    Linux-aarch64) echo linux-arm64 ;;
    Darwin-arm64) echo macosx-arm64 ;;
    Darwin-x86_64) echo macosx-x86_64-onednn ;;
    *) echo linux-x86_64-onednn ;;
  esac
}
