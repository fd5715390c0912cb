#!/usr/bin/env bash
# Runs NetworkPlatform on this machine, with a PostgreSQL cluster of its own and a fictional network to try it with.
#
#   infra/run.sh                in the foreground; Ctrl-C ends the service and the cluster
#   infra/run.sh --background   returns once the service is ready
#   infra/run.sh --stop         ends what runs
#   infra/run.sh --reset        first deletes all data of the demo; may be combined with --background
#
#   NP_PORT           port of the service (5080)
#   NP_DATA           folder for the cluster, demo.json, host.pid, host.log (.local in the repository)
#   NP_TRANSPORT      in-memory (default) or rabbitmq
#   NP_PG_PORT        port of PostgreSQL (NP_PORT + 1000)
#   NP_RABBITMQ_PORT  port of RabbitMQ (NP_PORT + 2000; it takes 10000 and 20000 more than this as well)
#
# It installs what is missing of PostgreSQL and RabbitMQ when run as root on Debian; the .NET SDK has to be there.
# shellcheck disable=SC2317 # step and trap call functions by their names
set -euo pipefail

root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
scripts=$root/infra/scripts
port=${NP_PORT:-5080}
pg_port=${NP_PG_PORT:-$((port + 1000))}
rabbitmq_port=${NP_RABBITMQ_PORT:-$((port + 2000))}
transport=${NP_TRANSPORT:-in-memory}
data=$(realpath -m "${NP_DATA:-$root/.local}")
base=http://127.0.0.1:$port
host=$data/bin/NetworkPlatform.Api.dll

fail() {
  echo "run.sh: $*" >&2
  exit 1
}

seconds_since() {
  local tenths=$(((${EPOCHREALTIME/[.,]/} - $1) / 100000))
  printf '%5d.%d s' $((tenths / 10)) $((tenths % 10))
}

# step LABEL COMMAND...: one line with the seconds it took. What the command says goes to steps.log, shown if it fails.
worker=
step() {
  local label=$1 began=${EPOCHREALTIME/[.,]/}
  shift
  printf '%-48s' "$label"
  set -m # a process group of its own, which can be ended as a whole
  "$@" >"$data/steps.log" 2>&1 </dev/null 9>&- &
  worker=$!
  set +m
  while [[ -t 1 ]] && kill -0 "$worker" 2>/dev/null; do
    printf '\r%-48s%s' "$label" "$(seconds_since "$began")"
    sleep 0.1
  done
  if ! wait "$worker"; then
    echo '  failed'
    tail -n 20 "$data/steps.log" >&2
    exit 1
  fi
  worker=
  if [[ -t 1 ]]; then printf '\r%-48s' "$label"; fi
  seconds_since "$began"
  echo
}

# host_pid: of the host that was started from this data folder, if it is alive.
host_pid() {
  local pid
  pid=$(cat "$data/host.pid" 2>/dev/null) || return 1
  grep -Fxzqs "$host" "/proc/$pid/cmdline" || return 1
  echo "$pid"
}

listening() {
  (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null
}

# ready: asks the service. Without curl, which a bare machine lacks.
ready() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$port"
    printf 'GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$port" >&3
    read -r -t 10 _ status _ <&3
    [[ $status == 200 ]]
  ) 2>/dev/null
}

stop() {
  local pid began=$SECONDS
  if pid=$(host_pid); then
    kill -TERM "$pid" 2>/dev/null || true
    while host_pid >/dev/null; do
      if ((SECONDS - began >= 15)); then kill -KILL "$pid" 2>/dev/null || true; fi
      sleep 0.1
    done
  fi
  rm -f "$data/host.pid"
  if [[ -e $data/rabbitmq ]]; then "$scripts/rabbitmq.sh" stop "$data/rabbitmq" "$rabbitmq_port"; fi
  if [[ -e $data/postgres ]]; then "$scripts/postgres.sh" stop "$data/postgres"; fi
}

# reset: deletes what belongs to the demo by name. NP_DATA may be any folder, so never the folder itself.
reset() {
  stop
  if [[ -e $data/rabbitmq ]]; then "$scripts/rabbitmq.sh" remove "$data/rabbitmq" "$rabbitmq_port"; fi
  if [[ -e $data/postgres ]]; then "$scripts/postgres.sh" remove "$data/postgres"; fi
  rm -f "$data"/{demo.json,next-steps.txt,key-encryption.key,host.log} "$data"/mail/*.eml "$data"/tombstones/*.json
}

install_missing() {
  if ! compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null && ! command -v postgres >/dev/null; then
    "$scripts/install.sh" postgresql
  fi
  if [[ $transport == rabbitmq && ! -x /usr/lib/rabbitmq/bin/rabbitmq-server ]]; then "$scripts/install.sh" rabbitmq-server; fi
}

# fingerprint: of everything that the build reads, so that deleted and older files count too.
fingerprint() {
  (
    cd "$root"
    find src -type d \( -name bin -o -name obj \) -prune -o -type f -printf '%p %T@ %s\n'
    find . -maxdepth 1 -type f \( -name 'Directory.*' -o -name '*.sln' -o -name global.json -o -iname nuget.config \) -printf '%p %T@ %s\n'
  ) | sort | sha256sum
}

# Into a new folder, so that a failed build leaves the last good one.
build() {
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
  local sources
  sources=$(fingerprint)
  rm -rf "${data:?}/bin.new"
  dotnet publish "$root/src/NetworkPlatform.Api" --configuration Release --output "$data/bin.new" -p:UseSharedCompilation=false
  rm -rf "${data:?}/bin"
  mv "$data/bin.new" "$data/bin"
  echo "$sources" >"$data/bin.sources"
}

# verb NAME ARGUMENT...: the framework reads its settings from the working directory.
verb() {
  cd "$data/bin"
  exec dotnet "$host" "$@"
}

configure() {
  if [[ ! -s $data/key-encryption.key ]]; then
    head -c 32 /dev/urandom | base64 >"$data/key-encryption.key"
  fi
  set -a
  # shellcheck source=/dev/null
  source "$data/postgres.env"
  set +a
  unset NP_PG_SUPERUSER_CONNECTION # the service has no use for it
  export ASPNETCORE_URLS=$base Identity__Issuer=$base Messaging__Transport=$transport
  Identity__KeyEncryptionKey=$(cat "$data/key-encryption.key")
  export Identity__KeyEncryptionKey
  mkdir -p "$data/mail" # letters are files there, to be opened with any mail reader
  export Mail__PickupDirectory=$data/mail Mail__From="The demo network <no-reply@network.example>"
  export Privacy__Tombstones=$data/tombstones # who was erased, kept outside of the database
  if [[ $transport == rabbitmq ]]; then
    Messaging__RabbitMq=$("$scripts/rabbitmq.sh" status "$data/rabbitmq" "$rabbitmq_port")
    export Messaging__RabbitMq
  fi
}

# serve: in a session of its own, so that neither Ctrl-C nor a closed terminal reaches the host but through this script.
serve() {
  (cd "$data/bin" && exec setsid dotnet "$host") >"$data/host.log" 2>&1 </dev/null 9>&- &
  echo $! >"$data/host.pid"
}

await_ready() {
  local began=$SECONDS
  until ready; do
    if ! kill -0 "$(cat "$data/host.pid")" 2>/dev/null || ((SECONDS - began >= 120)); then
      tail -n 20 "$data/host.log"
      return 1
    fi
    sleep 0.2
  done
}

start() {
  step 'Looking for what is missing' install_missing
  step "Starting PostgreSQL on port $pg_port" "$scripts/postgres.sh" start "$data/postgres" "$pg_port"
  if [[ $transport == rabbitmq ]]; then
    step "Starting RabbitMQ on port $rabbitmq_port" "$scripts/rabbitmq.sh" start "$data/rabbitmq" "$rabbitmq_port"
  fi
  if [[ ! -f $host || $(fingerprint) != "$(cat "$data/bin.sources" 2>/dev/null)" ]]; then
    step 'Building (about a minute the first time)' build
  fi
  configure
  step 'Migrating the database' verb migrate
  step 'Loading the demo network, unless it is there' verb demo --output "$data/demo.json"
  serve
  step 'Waiting until the service is ready' await_ready
}

introduce() {
  echo
  echo "service   $base"
  echo "API page  $base/api"
  echo "accounts  $data/demo.json"
  echo "mail      $data/mail"
  if [[ -f $data/next-steps.txt ]]; then
    echo
    cat "$data/next-steps.txt"
  fi
  echo
}

mode=foreground fresh=false
for argument; do
  case $argument in
    --background) mode=background ;;
    --stop) mode=stop ;;
    --reset) fresh=true ;;
    -h | --help)
      sed -n '2,/^# shellcheck/{/^# shellcheck/!s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
      exit 0
      ;;
    *) fail "unknown argument $argument; see infra/run.sh --help" ;;
  esac
done
[[ $transport == in-memory || $transport == rabbitmq ]] || fail "NP_TRANSPORT is in-memory or rabbitmq, not $transport"

if [[ $mode == stop ]]; then
  stop
  echo "stopped"
  exit 0
fi

if ! (cd "$root" && dotnet --version) >/dev/null 2>&1; then
  fail "the .NET SDK that global.json asks for is missing ($(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json")): https://dot.net/download"
fi

# Traversable, because PostgreSQL runs as another user; all that is in it is for its owner only.
if [[ ! -d $data ]]; then
  mkdir -p "$data"
  chmod 711 "$data"
fi
umask 077
exec 9>"$data/run.lock"
if ! flock -n 9; then
  echo 'waiting for another run.sh that works in this data folder'
  flock 9
fi

if [[ $fresh == true ]]; then step 'Deleting the old data' reset; fi
if pid=$(host_pid); then
  if ready; then
    echo "already running at $base, process $pid"
    if [[ $mode == background ]]; then exit 0; fi
  else
    echo "already running, process $pid, but not ready on port $port"
  fi
  fail 'end it first: infra/run.sh --stop'
fi
if listening; then fail "port $port is taken by another program; choose one with NP_PORT"; fi

# ended: a start that fails and a foreground that ends leave nothing running, unless another run.sh has taken over.
ended() {
  local code=$?
  trap - EXIT INT TERM HUP
  if [[ -n $worker ]]; then kill -TERM -- "-$worker" 2>/dev/null || true; fi
  if flock -n 9; then stop; fi
  wait # for the last lines of the log
  exit "$code"
}
trap ended EXIT
trap 'echo; exit 130' INT
trap 'exit 143' TERM HUP

start
introduce
if [[ $mode == background ]]; then
  trap - EXIT
  exit 0
fi

flock -u 9
pid=$(cat "$data/host.pid")
tail --pid="$pid" -n +1 -f "$data/host.log" 9>&- &
code=0
wait "$pid" 2>/dev/null || code=$? # without bash's own message about a killed child
echo "the service has ended with exit code $code"
exit "$code"
