#!/usr/bin/env bash
# install.sh PACKAGE...: installs those of the Debian packages that are missing, and starts nothing.
set -euo pipefail

(($# > 0)) || { echo "usage: install.sh PACKAGE..." >&2; exit 2; }

missing=()
for package; do
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [[ $status == installed ]] || missing+=("$package")
done
((${#missing[@]} > 0)) || exit 0

if ! command -v apt-get >/dev/null; then
  echo "install.sh: missing: ${missing[*]}. This is no Debian: please install them by other means." >&2
  exit 1
fi
if ((EUID != 0)); then
  echo "install.sh: missing: ${missing[*]}. Please run as root: apt-get install ${missing[*]}" >&2
  exit 1
fi

exec 9>/run/lock/networkplatform-install.lock
flock 9

policy=/usr/sbin/policy-rc.d saved=/usr/sbin/policy-rc.d.networkplatform-saved
clusters=/etc/postgresql-common/createcluster.d/networkplatform.conf
log=$(mktemp)

restore() {
  rm -f "$policy" "$clusters" "$log"
  rmdir --parents --ignore-fail-on-non-empty "${clusters%/*}"
  if [[ -e $saved || -L $saved ]]; then mv "$saved" "$policy"; fi
}
trap restore EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Debian's packages start their servers and create a PostgreSQL cluster 'main'. Ours run beside whatever the machine has,
# so both are switched off while the packages are installed. A copy that a killed run has left is the original: keep it;
# and what such a run has left in its place is ours.
ours='# networkplatform: installing'
if [[ ! -e $saved && ! -L $saved ]] && [[ -e $policy || -L $policy ]] && ! grep -qsF "$ours" "$policy"; then mv "$policy" "$saved"; fi
printf '#!/bin/sh\n%s\nexit 101\n' "$ours" >"$policy"
chmod 755 "$policy"
mkdir -p "${clusters%/*}"
echo 'create_main_cluster = false' >"$clusters"

apt() {
  DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" >>"$log" 2>&1 </dev/null
}
install() {
  apt install --no-install-recommends "${missing[@]}"
}

# The machine's package lists may be absent or old: then the first attempt fails within a second.
if ! install && ! { apt update && install; }; then
  echo "install.sh: could not install ${missing[*]}:" >&2
  tail -n 20 "$log" >&2
  exit 1
fi
echo "installed ${missing[*]}"
