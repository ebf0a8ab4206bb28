#!/bin/sh
# Compiles static/scss/register.scss and gathers the design system's scripts, pictures and fonts in build/front,
# which Django lists among its static folders. Does nothing when none of its inputs has changed.
#   build/front/css/register.css   js/govuk-frontend.min.js, js/moj-frontend.min.js   fonts/*.woff2   moj/assets/images/icon-*.svg
set -eu
cd "$(dirname "$0")/.."
front="${BUILD_DIR:-build}/front"
stamps="${BUILD_DIR:-build}/stamps"

digest() { cat -- "$@" | sha256sum | cut -d ' ' -f 1; }
sass_files() { find static/scss -type f -name '*.scss' | LC_ALL=C sort; }
fresh() { [ "$(cat "$stamps/$1" 2>/dev/null)" = "$2" ]; }

# Node from the path when it is 18 or newer, else from the environment (requirements/node.lock).
use_node() {
  major="$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')"
  [ "${major:-0}" -ge 18 ] && command -v npm >/dev/null && return
  [ -x .venv/bin/npm ] || tools/setup.sh node
  PATH="$PWD/.venv/bin:$PATH"
}

# Source maps are not shipped, and a line naming a missing one stops collectstatic.
copy_without_map() { sed 's|//# sourceMappingURL=.*$||' "$1" > "$2"; }

packages="$(digest package-lock.json .npmrc)"
# shellcheck disable=SC2046  # the Sass files' names hold no spaces
inputs="$(digest package-lock.json tools/frontend.sh $(sass_files))"
fresh front "$inputs" && [ -s "$front/css/register.css" ] && exit 0

use_node
mkdir -p "$stamps"
if ! fresh npm "$packages" || [ ! -x node_modules/.bin/sass ]; then
  echo "Installing the front end's packages ..."
  npm ci --loglevel=error
  echo "$packages" > "$stamps/npm"
fi

echo "Compiling the style sheet ..."
new="$front.new"
rm -rf "$new"
mkdir -p "$new/css" "$new/js" "$new/fonts" "$new/moj/assets/images"
node_modules/.bin/sass --load-path=. --load-path=node_modules --style=compressed --no-source-map \
  --quiet-deps static/scss/register.scss "$new/css/register.css"
copy_without_map node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js "$new/js/govuk-frontend.min.js"
copy_without_map node_modules/@ministryofjustice/frontend/moj/moj-frontend.min.js "$new/js/moj-frontend.min.js"
cp node_modules/@ministryofjustice/frontend/moj/assets/images/icon-*.svg "$new/moj/assets/images/"
inter=node_modules/@fontsource-variable/inter/files
source=node_modules/@fontsource/source-sans-3/files
cp "$inter"/inter-latin-wght-normal.woff2 "$inter"/inter-latin-ext-wght-normal.woff2 "$new/fonts/"
for part in latin latin-ext vietnamese greek greek-ext cyrillic cyrillic-ext; do
  for face in 400-normal 400-italic 600-normal 600-italic 700-normal 700-italic; do
    cp "$source/source-sans-3-$part-$face.woff2" "$new/fonts/"
  done
done
rm -rf "$front"
mv "$new" "$front"
echo "$inputs" > "$stamps/front"
