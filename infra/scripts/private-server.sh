# shellcheck shell=bash
# Sourced by postgres.sh and rabbitmq.sh: what a private server with a directory of its own needs.
# `locate` sets $dir (as asked for) and $data (where it really is).
server_user=$(id -un)

die() {
  echo "${0##*/}: $*" >&2
  exit 1
}

# run_as USER: "${as_server[@]}" COMMAND then runs as that user. setpriv rather than su: no session, no process in between.
as_server=()
run_as() {
  server_user=$1
  if [[ $1 != "$(id -un)" ]]; then as_server=(setpriv --reuid="$1" --regid="$(id -gn "$1")" --init-groups --); fi
}

# random_hex BYTES: needs no quoting anywhere.
random_hex() {
  head -c "$1" /dev/urandom | od -An -v -tx1 | tr -d ' \n'
}

# listening PORT: does anything accept connections there?
listening() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

locate() {
  dir=$(realpath -ms "$1")
  data=$(realpath -m "$dir")
  cd / # the caller's directory may be closed to the server's user
}

# lock: one start or stop at a time in a directory. Servers are started with 9>&-, so that they do not keep it.
lock() {
  mkdir -p "${dir%/*}"
  exec 9>"$dir.lock"
  flock 9
}

# reserve: decides where new data goes. A server that runs as another user cannot reach what lies below a folder of
# mode 700 (a checkout in /root, say): then its data goes to /var/tmp, and DIR becomes a link to it.
reserve() {
  local home
  if "${as_server[@]}" test -x "${dir%/*}"; then return; fi
  home=/var/tmp/networkplatform-$(printf %s "$dir" | sha256sum | cut -c1-16)
  if mkdir -m 700 "$home" 2>/dev/null; then
    chown "$server_user" "$home"
  elif [[ -L $home || $(stat -c %U "$home") != "$server_user" ]]; then
    die "$home belongs to somebody else" # everybody may write to /var/tmp
  fi
  data=$home/data
  ln -sfn "$data" "$dir"
}

# discard: deletes the data, wherever it is, and what stands beside it. Killed within it, half of a cluster is never taken for one, nor
# its roles for those of the next.
discard() {
  rm -rf "$dir.env" "$data.gone"
  if [[ -e $data ]]; then mv -T "$data" "$data.gone"; fi
  rm -rf "$data.gone" "$data.new" "$data.new.password"
  if [[ $data != "$dir" && ${data%/*} == /var/tmp/networkplatform-* ]]; then rm -rf "${data%/*}"; fi
  rm -rf "$dir" "$dir.lock"
}
