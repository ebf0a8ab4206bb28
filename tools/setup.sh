#!/bin/sh
# Makes .venv from a hash-pinned lock (with uv where it is on the path, else pip) and sees to the system's packages.
#   tools/setup.sh run    what `make run` needs
#   tools/setup.sh dev    what `make test` and `make check` need as well
#   tools/setup.sh node   Node in .venv, for a machine that has none
# As root it installs the Debian or Ubuntu packages that are missing; as anybody else it prints the line that does.
set -eu
cd "$(dirname "$0")/.."
kind="${1:?run, dev or node}"

missing_for_run() {
  command -v uv >/dev/null || "$python" -c 'import ensurepip' 2>/dev/null || echo python3-venv
  has_library pango-1.0 && has_library pangoft2-1.0 || echo libpango-1.0-0 libpangoft2-1.0-0
  has_library harfbuzz-subset || echo libharfbuzz-subset0
  [ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || echo fonts-dejavu-core
}

missing_for_dev() {
  [ -n "${CHROMIUM:-}" ] || has_command chromium || echo chromium
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || has_command initdb || echo postgresql
  has_command java || echo default-jre-headless
  [ -e /usr/share/java/jaxb-runtime.jar ] || echo libjaxb-java
  has_command pdftotext && has_command pdftoppm || echo poppler-utils
  has_command nginx || echo nginx-light
  has_command softhsm2-util || echo softhsm2
}

has_command() { PATH="$PATH:/usr/sbin:/sbin" command -v "$1" >/dev/null; }
has_library() { "$python" -c "import ctypes.util, sys; sys.exit(not ctypes.util.find_library('$1'))"; }

find_python() {
  for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$name" && return
  done
  echo "The register needs Python 3.11 or newer: install it (apt-get install python3), or set PYTHON to its path." >&2
  return 1
}

install_packages() {
  packages="$(echo "$@")"
  [ -n "$packages" ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "These system packages are missing. Install them, then start again:"
    echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $packages"
    exit 1
  fi
  echo "Installing the system packages $packages ..."
  apt-get update -qq
  # shellcheck disable=SC2086  # one word for each package
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
}

# A stamp in .venv says which lock it was made from, so that a second start costs nothing.
install_lock() {
  lock="requirements/$1.lock"
  stamp=".venv/stamp-$1"
  digest="$(sha256sum "$lock" | cut -d ' ' -f 1)"
  [ "$(cat "$stamp" 2>/dev/null)" = "$digest" ] && .venv/bin/python -c '' 2>/dev/null && return
  echo "Installing $lock into .venv ..."
  if command -v uv >/dev/null; then
    export UV_PYTHON_DOWNLOADS=never
    .venv/bin/python -c '' 2>/dev/null || uv venv -q --clear --python "$python" .venv
    uv pip install -q --python .venv/bin/python --require-hashes -r "$lock"
  else
    .venv/bin/python -c 'import pip' 2>/dev/null || "$python" -m venv --clear .venv
    .venv/bin/python -m pip install -q --disable-pip-version-check --use-pep517 --require-hashes -r "$lock"
  fi
  echo "$digest" > "$stamp"
}

python="$(find_python)"
case "$kind" in
  run) install_packages $(missing_for_run); install_lock run ;;
  dev) install_packages $(missing_for_run) $(missing_for_dev); install_lock run; install_lock dev ;;
  node) install_lock node ;;
  *) echo "tools/setup.sh takes run, dev or node, not “$kind”." >&2; exit 2 ;;
esac
