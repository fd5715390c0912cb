#!/usr/bin/env bash
# A private RabbitMQ node in a directory of its own, on 127.0.0.1 only; several may run on one machine.
#
#   rabbitmq.sh start DIR PORT   starts the node, waits until it speaks AMQP, prints its URI
#   rabbitmq.sh stop DIR PORT    orderly shutdown of exactly this node
#   rabbitmq.sh kill DIR PORT    ends it with SIGKILL, as a crash would: for tests
#   rabbitmq.sh status DIR PORT  prints the URI; exit code 0 when it runs, 3 when not
#   rabbitmq.sh remove DIR PORT  stops it and deletes its data
#
# A node takes three ports: PORT, PORT+10000 for its own epmd, PORT+20000 for Erlang's distribution (minus instead of
# plus where that would pass 65535).
set -euo pipefail

here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
# shellcheck source-path=SCRIPTDIR source=private-server.sh
source "$here/private-server.sh"

usage() {
  sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$here/rabbitmq.sh" >&2
  exit 2
}

offset() {
  echo $((port + $1 <= 65535 ? port + $1 : port - $1))
}

# processes [NAME]: the ids of this node's processes. Their environment tells them from those of other nodes.
processes() {
  local file process
  while IFS= read -r file; do
    process=${file%/environ}
    if [[ -z ${1:-} || $(<"$process/comm") == "$1" ]]; then echo "${process#/proc/}"; fi
  done 2>/dev/null < <("${as_server[@]}" grep -Fxzls "RABBITMQ_PID_FILE=$data/pid" /proc/[0-9]*/environ)
}

running() {
  [[ -n $(processes beam.smp) ]]
}

# signal SIGNAL [NAME]
signal() {
  local ids
  mapfile -t ids < <(processes "${2:-}")
  if ((${#ids[@]} > 0)); then kill "-$1" "${ids[@]}" 2>/dev/null || true; fi
}

# speaks_amqp: a broker answers the protocol header with a method frame, whose first byte is 1.
speaks_amqp() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$port"
    printf 'AMQP\0\0\011\001' >&3
    IFS= read -r -n 1 -t 2 byte <&3
    [[ $byte == $'\001' ]]
  ) 2>/dev/null
}

create() {
  local node cookie
  [[ -d $data ]] || reserve
  "${as_server[@]}" test -x "${data%/*}" || die "the user $server_user cannot reach $data"
  install -d -m 700 -o "$server_user" "$data" "$data/log" "$data/mnesia"
  # The name is part of where the node keeps its data, so it must outlive a change of the port.
  node=$(cat "$data/node" 2>/dev/null) || node=networkplatform-$(random_hex 6)@localhost
  cookie=$(cat "$data/.erlang.cookie" 2>/dev/null) || cookie=$(random_hex 24)
  printf %s "$cookie" | install -m 400 -o "$server_user" /dev/stdin "$data/.erlang.cookie"
  echo "$node" | install -m 600 -o "$server_user" /dev/stdin "$data/node"
  echo '[].' | install -m 600 -o "$server_user" /dev/stdin "$data/enabled_plugins"
  echo "listeners.tcp.1 = 127.0.0.1:$port" | install -m 600 -o "$server_user" /dev/stdin "$data/rabbitmq.conf"
}

# launch: the settings of the machine's own node (/etc/rabbitmq) are kept out by naming every file.
launch() {
  "${as_server[@]}" setsid env HOME="$data" LC_ALL=C.UTF-8 \
    ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT="$(offset 10000)" \
    RABBITMQ_NODENAME="$(cat "$data/node")" \
    RABBITMQ_DIST_PORT="$(offset 20000)" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}' \
    RABBITMQ_CONF_ENV_FILE=/dev/null \
    RABBITMQ_CONFIG_FILE="$data/rabbitmq.conf" \
    RABBITMQ_ADVANCED_CONFIG_FILE="$data/advanced.config" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$data/enabled_plugins" \
    RABBITMQ_MNESIA_BASE="$data/mnesia" \
    RABBITMQ_LOG_BASE="$data/log" \
    RABBITMQ_PID_FILE="$data/pid" \
    /usr/lib/rabbitmq/bin/rabbitmq-server >"$data/start.log" 2>&1 </dev/null 9>&- &
}

start() {
  local starter began
  if running; then
    if grep -q ":$port$" "$data/rabbitmq.conf" && speaks_amqp; then return; fi
    stop # on another port, or half dead
  fi
  began=$SECONDS
  while listening "$port"; do # for a moment perhaps by the node that has just been killed
    ((SECONDS - began < 2)) || die "port $port of 127.0.0.1 is taken by somebody else"
    sleep 0.1
  done
  create
  launch
  starter=$!
  until speaks_amqp; do
    if ! kill -0 "$starter" 2>/dev/null || ((SECONDS - began >= 90)); then
      tail -n 15 "$data/start.log" >&2
      stop
      die "RabbitMQ did not start in $data"
    fi
    sleep 0.2
  done
}

# finish SIGNAL: sends it to the node, waits until the node is gone, and ends its epmd, which would stay.
finish() {
  local began=$SECONDS
  signal "$1" beam.smp
  while running; do
    if ((SECONDS - began >= 30)); then signal KILL beam.smp; fi
    sleep 0.1
  done
  signal TERM
}

stop() {
  finish TERM
}

uri() {
  echo "amqp://guest:guest@127.0.0.1:$port/"
}

[[ $# == 3 && $3 =~ ^[0-9]+$ ]] || usage
verb=$1 port=$3
[[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ]] || die "RabbitMQ is not installed (Debian: rabbitmq-server)"
if ((EUID == 0)); then run_as rabbitmq; fi
locate "$2"

case $verb in
  start)
    lock
    start
    uri
    ;;
  stop)
    [[ -e $data ]] || exit 0
    lock
    stop
    ;;
  kill) finish KILL ;;
  status)
    if running && speaks_amqp; then
      uri
    else
      echo "RabbitMQ does not run in $dir on port $port"
      exit 3
    fi
    ;;
  remove)
    [[ ! -e $data || -f $data/node ]] || die "$dir holds no RabbitMQ node"
    lock
    stop
    discard
    ;;
  *) usage ;;
esac
