#!/usr/bin/env bash
# A private PostgreSQL cluster in a directory of its own, on 127.0.0.1 only.
#
#   postgres.sh start DIR PORT   creates the cluster if there is none, starts it, waits until it answers
#   postgres.sh stop DIR         fast shutdown
#   postgres.sh status DIR       exit code 0 when it runs, 3 when not
#   postgres.sh remove DIR       stops it and deletes its data
#
# DIR.env gets the connection strings as shell lines; DIR/superuser.password the password of the role `postgres`.
# NP_PG_OPTIONS adds server options, for throw-away clusters for instance '-c fsync=off'.
set -euo pipefail

here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
# shellcheck source-path=SCRIPTDIR source=private-server.sh
source "$here/private-server.sh"

usage() {
  sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$here/postgres.sh" >&2
  exit 2
}

# PostgreSQL refuses to run as root.
choose_user() {
  if ((EUID != 0)); then return; fi
  local user=postgres
  if ! getent passwd "$user" >/dev/null; then
    user=networkplatform
    getent passwd "$user" >/dev/null || useradd --system --user-group --no-create-home --shell /usr/sbin/nologin "$user"
  fi
  run_as "$user"
}

# An existing cluster needs the binaries of its own major version. Debian keeps them outside PATH.
find_binaries() {
  local version
  version=$(cat "$data/PG_VERSION" 2>/dev/null || find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -printf '%f\n' 2>/dev/null | sort -V | tail -n 1)
  bin=/usr/lib/postgresql/$version/bin
  if [[ ! -x $bin/postgres ]]; then
    bin=$(command -v postgres) || die "PostgreSQL ${version:-15 or later} is not installed"
    bin=$(dirname "$(realpath "$bin")")
  fi
}

# All processes of this cluster. A process id alone proves nothing: after a crash it may be anybody's.
processes() {
  local link process
  while IFS=$'\t' read -r link process; do
    if [[ $link == "$data" && $(<"$process/comm") == postgres* ]]; then echo "${process#/proc/}"; fi
  done 2>/dev/null < <("${as_server[@]}" find /proc -maxdepth 2 -name cwd -printf '%l\t%h\n')
}

running() {
  [[ -f $data/postmaster.pid ]] && grep -Fxq "$(head -n 1 "$data/postmaster.pid")" < <(processes)
}

# In two moves, so that whatever interrupts it leaves either no cluster or a whole one.
create() {
  local new
  reserve
  new=$data.new
  rm -rf "$new"
  install -d -m 700 -o "$server_user" "$new"
  random_hex 24 | install -m 600 -o "$server_user" /dev/stdin "$new.password"
  "${as_server[@]}" "$bin/initdb" --pgdata="$new" --username=postgres --pwfile="$new.password" --encoding=UTF8 --locale=C.UTF-8 \
    --data-checksums --auth=scram-sha-256 >/dev/null
  mv "$new.password" "$new/superuser.password"
  "${as_server[@]}" tee -a "$new/postgresql.conf" >/dev/null <<'CONF'

# NetworkPlatform
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 256MB
timezone = 'UTC'
log_timezone = 'UTC'
CONF
  mv "$new" "$data"
}

start() {
  if running; then
    if [[ $(sed -n 4p "$data/postmaster.pid") != "$port" ]]; then stop; fi
  elif listening "$port"; then
    die "port $port of 127.0.0.1 is taken by somebody else"
  fi
  if ! running; then launch; fi
  describe
  echo "PostgreSQL $(cat "$data/PG_VERSION") accepts connections on 127.0.0.1:$port"
}

launch() {
  [[ -f $data/PG_VERSION ]] || create
  "${as_server[@]}" test -x "$data" || die "the user $server_user cannot reach $data"
  end_orphans
  # Nobody works here, so a postmaster.pid is only a memory.
  rm -f "$data/postmaster.pid"

  if ! "${as_server[@]}" "$bin/pg_ctl" start --pgdata="$data" --wait --timeout=300 --silent --log="$data/server.log" \
    --options="-p $port ${NP_PG_OPTIONS:-}" >/dev/null 2>&1 </dev/null 9>&-; then
    tail -n 5 "$data/server.log" >&2 || true
    die "PostgreSQL did not start in $data"
  fi
}

# After a crash of the postmaster its children may live on, and a busy one does not notice for as long as it computes.
# A second server beside them would ruin the data, so they are ended as the postmaster would have done it.
end_orphans() {
  local began=$SECONDS orphans
  mapfile -t orphans < <(processes)
  while ((${#orphans[@]} > 0)); do
    ((SECONDS - began < 20)) || die "processes of a crashed server still use $data: ${orphans[*]}"
    if ((SECONDS - began >= 1)); then kill -QUIT "${orphans[@]}" 2>/dev/null || true; fi
    sleep 0.1
    mapfile -t orphans < <(processes)
  done
}

# describe: writes DIR.env. Without it the passwords of the roles are unknown, so they are set anew.
describe() {
  local new common NP_OWNER_PASSWORD NP_APP_PASSWORD NP_RELAY_PASSWORD
  if [[ -f $dir.env ]]; then
    sed -i -E "s/;Port=[0-9]+;/;Port=$port;/" "$dir.env"
    return
  fi
  NP_OWNER_PASSWORD=$(random_hex 24) NP_APP_PASSWORD=$(random_hex 24) NP_RELAY_PASSWORD=$(random_hex 24)
  export NP_OWNER_PASSWORD NP_APP_PASSWORD NP_RELAY_PASSWORD
  PGPASSWORD=$(cat "$data/superuser.password") "$bin/psql" --no-psqlrc --quiet --host=127.0.0.1 --port="$port" \
    --username=postgres --dbname=postgres --file="$here/roles.sql" >/dev/null

  common="Host=127.0.0.1;Port=$port;Database=networkplatform"
  new=$(mktemp "$dir.env.XXXXXX") # mode 600
  cat >"$new" <<ENV
Database__ConnectionString='$common;Username=networkplatform_app;Password=$NP_APP_PASSWORD;Include Error Detail=false'
Database__RelayConnectionString='$common;Username=networkplatform_relay;Password=$NP_RELAY_PASSWORD;Include Error Detail=false'
Database__OwnerConnectionString='$common;Username=networkplatform_owner;Password=$NP_OWNER_PASSWORD;Include Error Detail=false'
NP_PG_SUPERUSER_CONNECTION='${common%=*}=postgres;Username=postgres;Password=$(cat "$data/superuser.password");Include Error Detail=false'
ENV
  mv "$new" "$dir.env"
}

stop() {
  if running; then
    "${as_server[@]}" "$bin/pg_ctl" stop --pgdata="$data" --mode=fast --wait --timeout=60 --silent || die "PostgreSQL did not stop in $data"
  fi
}

(($# >= 2)) || usage
verb=$1 port=${3:-}
locate "$2"
choose_user
find_binaries

case $verb in
  start)
    [[ $port =~ ^[0-9]+$ ]] || usage
    lock
    start
    ;;
  stop)
    [[ -e $data ]] || exit 0
    lock
    stop
    ;;
  status)
    if running; then
      echo "PostgreSQL runs on 127.0.0.1:$(sed -n 4p "$data/postmaster.pid")"
    else
      echo "PostgreSQL does not run in $dir"
      exit 3
    fi
    ;;
  remove)
    [[ ! -e $data || -f $data/PG_VERSION ]] || die "$dir holds no cluster"
    lock
    stop
    discard
    ;;
  *) usage ;;
esac
