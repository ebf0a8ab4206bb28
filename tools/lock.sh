#!/bin/sh
# Pins again, with hashes and without any address, what requirements/*.in and package.json name.
set -eu
cd "$(dirname "$0")/../requirements"
for name in run dev node; do
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
    --no-emit-index-url "$name.in" --output-file "$name.lock"
done
cd ..
npm install --package-lock-only --loglevel=error
# npm also notes where each package asks for money: an address all the same.
node -e '
  const fs = require("fs");
  const lock = JSON.parse(fs.readFileSync("package-lock.json"));
  for (const entry of Object.values(lock.packages)) delete entry.funding;
  fs.writeFileSync("package-lock.json", JSON.stringify(lock, null, 2) + "\n");
'
