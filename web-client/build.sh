#!/usr/bin/env bash
# Builds the page into target/dist, unless it is there and nothing changed since.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if [[ ! -d node_modules || package-lock.json -nt node_modules/.package-lock.json ]]; then
  npm ci --no-fund --no-audit
  touch node_modules/.package-lock.json
fi
if [[ -f target/dist/index.html && -z $(find src public index.html vite.config.ts tsconfig.json package-lock.json -newer target/dist/index.html -print -quit) ]]; then
  exit 0
fi
npm run build
