#!/usr/bin/env bash
# What a sign-up costs through everything that NetworkPlatform does, beside the least that it could cost: a bare endpoint
# (infra/bench/NetworkPlatform.Bench) that takes the place, inserts the sign-up and an outbox row, in one transaction by Npgsql.
#
#   infra/bench.sh              measures; takes about eight minutes
#   infra/bench.sh neighbours   measures instead what a tenant that asks for twenty times its limit does to another tenant's answers
#   infra/bench.sh tenants      measures instead sign-ups and pages of shifts among 1, 100 and 10,000 tenants (BENCH_TENANTS), with as many
#                               connections as BENCH_CONNECTIONS says first (4)
#   infra/bench.sh rostering    measures instead the list of 200 shifts with what a volunteer may take of them, beside one indexed read,
#                               and a decision beside a thousand shifts (BenchmarkDotNet)
#   infra/bench.sh --help       says this
#
#   BENCH_SECONDS       length of a round (8)
#   BENCH_ROUNDS        rounds of each kind (3)
#   BENCH_SCENARIOS     'spread hot': 10,000 shifts, and everybody to one shift
#   BENCH_CONNECTIONS   '1 16 64'
#   BENCH_PORT          of our service (5090); the bare one and PostgreSQL take the next two
#
# Both servers run on this machine, with the same framework, settings and size of connection pool, against one PostgreSQL cluster of
# their own that is durable (fsync, synchronous commit). Rounds take turns, so that other load on the machine meets both: trust the
# ratio more than the rates. Ours runs with everything on: token, tenant, row-level security, limits, audit, outbox and relay. After
# each round the relay may finish, so that no work is left to the other's round, and its CPU time counts as the sign-ups' too.
# Data, logs, samples.tsv and result.md are in .local/bench. As root on Debian, what is missing is installed, save the .NET SDK.
# shellcheck disable=SC2317 # trap calls functions by their names
set -euo pipefail

root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
scripts=$root/infra/scripts
data=$root/.local/bench
seconds=${BENCH_SECONDS:-8} rounds=${BENCH_ROUNDS:-3}
read -ra scenarios <<<"${BENCH_SCENARIOS:-spread hot}"
read -ra levels <<<"${BENCH_CONNECTIONS:-1 16 64}"
port=${BENCH_PORT:-5090}
bare_port=$((port + 1)) pg_port=$((port + 2))
ours=http://127.0.0.1:$port bare=http://127.0.0.1:$bare_port
volunteers=50000 shifts=10000
ticks=$(getconf CLK_TCK)
median=$(<"$root/infra/bench/median.awk")
ours_pid='' bare_pid=''
declare -A host=() # of the tenants' sizes
declare -A first # per server and scenario: the first request that was not made yet
export LC_ALL=C # decimal points

fail() {
  echo "bench.sh: $*" >&2
  exit 1
}

mode=${1:-signups}
case $mode in
  signups | neighbours | rostering) ;;
  tenants) read -ra levels <<<"${BENCH_CONNECTIONS:-4}" ;;
  -h | --help)
    sed -n '2,/^# shellcheck/{/^# shellcheck/!s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
    exit 0
    ;;
  *) fail "unknown argument $1; see infra/bench.sh --help" ;;
esac

publish() {
  rm -rf "${data:?}/bin/$2"
  dotnet publish "$root/$1" --configuration Release --output "$data/bin/$2" -p:RestoreLockedMode=true >"$data/build.log" 2>&1 || {
    tail -n 20 "$data/build.log" >&2
    fail "$1 could not be built"
  }
}

# sql ARGUMENT...: psql as superuser.
sql() {
  PGPASSWORD=$(cat "$data/postgres/superuser.password") psql --no-psqlrc --quiet --tuples-only --no-align --host=127.0.0.1 --port="$pg_port" \
    --username=postgres --dbname=networkplatform "$@"
}

# serve NAME PORT PROGRAM: sets NAME_pid.
serve() {
  local -n pid=$1_pid
  (cd "$data/bin/$1" && ASPNETCORE_URLS=http://127.0.0.1:$2 exec dotnet "NetworkPlatform.$3.dll") >"$data/$1.log" 2>&1 </dev/null 9>&- &
  pid=$!
}

# await PID STATUS URL: until the URL is answered with the status.
await() {
  local began=$SECONDS
  until [[ $(curl --silent --output /dev/null --write-out '%{http_code}' "$3") == "$2" ]]; do
    if ! kill -0 "$1" 2>/dev/null || ((SECONDS - began > 60)); then
      tail -n 5 "$data"/{ours,bare}.log >&2
      fail "$3 does not answer"
    fi
    sleep 0.02
  done
}

# cpu PID: milliseconds spent so far, in user and kernel mode.
cpu() {
  sed 's/.*) //' "/proc/$1/stat" | awk -v t="$ticks" '{ print ($12 + $13) * 1000 / t }'
}

# cpu_of_cluster: of the postmaster, of its children, and of those that have ended.
cpu_of_cluster() {
  local postmaster
  postmaster=$(head -n 1 "$data/postgres/postmaster.pid")
  { cat /proc/[0-9]*/stat 2>/dev/null || true; } | awk -v t="$ticks" -v p="$postmaster" \
    '{ id = $1; sub(/.*\) /, "") } id == p { sum += $12 + $13 + $14 + $15 } $2 == p { sum += $12 + $13 } END { print sum * 1000 / t }'
}

# token CLIENT
token() {
  curl --silent --user "$1:$secret" --data grant_type=client_credentials "$ours/connect/token" | sed 's/.*"access_token":"\([^"]*\)".*/\1/'
}

# pages TOKEN CONNECTIONS PAUSE SECONDS: asks for pages of shifts. Prints requests a second, how many were answered with 200, and p95 in milliseconds.
pages() {
  BENCH_TOKEN=$1 wrk --threads 1 --connections "$2" --duration "$4s" --timeout 10s --script "$root/infra/bench/pages.lua" "$ours" -- "$3" | tail -n 1
}

# neighbours: the quiet tenant by itself and beside the noisy one, in turns; then medians.
neighbours() {
  local noisy quiet i alone beside flood
  for ((i = 1; i <= rounds; i++)); do
    noisy=$(token "$client") quiet=$(token "$neighbour")
    alone=$(pages "$quiet" 2 100 "$seconds")
    pages "$noisy" 64 126 "$((seconds + 2))" >"$data/flood" &
    sleep 1
    beside=$(pages "$quiet" 2 100 "$seconds")
    wait $!
    flood=$(<"$data/flood")
    echo "$alone $beside $flood"
  done | tee "$data/neighbours.tsv" | awk -v limit="$tenant_limit" "$median"'
    { alone = alone " " $3; beside = beside " " $6; asked = asked " " $7; served = served " " $8
      printf "round %d: p95 alone %.1f ms, beside %.1f ms; the noisy one asked %.0f/s and was served %.0f/s\n", NR, $3, $6, $7, $8 }
    END { printf "medians: p95 alone %.1f ms, beside %.1f ms (%+.0f %%); the noisy one asked for %.0f times its %d/s and was served %.0f/s\n",
      median(alone), median(beside), 100 * (median(beside) / median(alone) - 1), median(asked) / limit, limit, median(served) }'
}

# rostering: reads and lists in turns, one connection; then medians.
rostering() {
  local one list i token reads lists
  one=$ours/api/v1/shifts/00000000-0000-7000-9000-000000000000
  list="$ours/api/v1/shifts?eligibleFor=00000000-0000-7000-8000-000000000000&limit=200"
  token=$(token "$client")
  curl --silent --fail --header "Authorization: Bearer $token" "$list" >"$data/list.json" || fail 'the list was not answered'
  echo "$(grep -o '"eligible":' "$data/list.json" | wc -l) shifts in the list, $(grep -o '"eligible":true' "$data/list.json" | wc -l) of them may be taken"
  export BENCH_TOKEN=$token
  for ((i = 0; i <= rounds; i++)); do # the first warms up
    reads=$(wrk --threads 1 --connections 1 --duration "${seconds}s" --latency --script "$root/infra/bench/reads.lua" "$one" | tail -n 1)
    lists=$(wrk --threads 1 --connections 1 --duration "${seconds}s" --latency --script "$root/infra/bench/reads.lua" "$list" | tail -n 1)
    if ((i > 0)); then echo "$reads $lists"; fi
  done | awk "$median"'
    { r50 = r50 " " $4; r99 = r99 " " $5; l50 = l50 " " $9; l99 = l99 " " $10; errors += $3 + $8
      printf "round %d: read p50 %.2f p99 %.2f ms, list p50 %.2f p99 %.2f ms\n", NR, $4 / 1000, $5 / 1000, $9 / 1000, $10 / 1000 }
    END { printf "medians: read p50 %.2f p99 %.2f ms, list p50 %.2f p99 %.2f ms: %.1f and %.1f times; %d errors\n",
      median(r50) / 1000, median(r99) / 1000, median(l50) / 1000, median(l99) / 1000, median(l50) / median(r50), median(l99) / median(r99), errors }'
}

waiting() {
  sql --command='SELECT count(*) FROM platform.outbox_messages WHERE dead_at IS NULL'
}

# round SERVER SCENARIO CONNECTIONS SECONDS: adds a line to samples.tsv.
round() {
  local url=$bare path='' pid=$bare_pid threads=1 key=$1-$2 line app db left=0 began requests took errors p50 p99 BENCH_TOKEN=
  if [[ $1 == ours ]]; then
    url=$ours path=/api/v1 pid=$ours_pid
    BENCH_TOKEN=$(token "$client")
    export BENCH_TOKEN
  fi
  if (($3 > 1 && $(nproc) > 2)); then threads=2; fi
  app=$(cpu "$pid") db=$(cpu_of_cluster)
  line=$(wrk --threads "$threads" --connections "$3" --duration "$4s" --timeout 10s --script "$root/infra/bench/signups.lua" "$url" \
    -- "$path" "$2" "${first[$key]:-0}" "$volunteers" "$shifts" "$threads" | tail -n 1)
  read -r requests took errors p50 p99 "first[$key]" <<<"$line"
  ((requests > 0)) || fail "$1 answered nothing; see $data/$1.log"
  if [[ $1 == ours ]]; then
    left=$(waiting) began=$SECONDS
    while (($(waiting) > 0 && SECONDS - began < 120)); do sleep 0.3; done
  fi
  app=$(cpu "$pid")-$app db=$(cpu_of_cluster)-$db
  awk -v OFS='\t' -v s="$2" -v c="$3" -v who="$1" -v n="$requests" -v us="$took" -v p50="$p50" -v p99="$p99" -v errors="$errors" -v left="$left" \
    "BEGIN { print s, c, who, n * 1e6 / us, p50 / 1000, p99 / 1000, ($app) / n, ($db) / n, errors, left, n }" >>"$data/samples.tsv"
  if ((errors * 1000 > requests)); then echo "!!! $1, $2, $3 connections: $errors of $requests were not answered with 201" >&2; fi
}

# table: medians of samples.tsv.
table() {
  awk -F '\t' "$median"'
    { k = $1 FS $2 FS $3; if (!(k in seen)) { seen[k] = 1; order[++count] = k }
      for (f = 4; f <= 8; f++) values[k, f] = values[k, f] " " $f
      errors[k] += $9; left[k] = left[k] " " $10; total[k] += $11 }
    END {
      print "| scenario | connections | server | req/s | p50 ms | p99 ms | CPU ms/request app + db | not 201 | outbox left |"
      print "|---|---|---|---|---|---|---|---|---|"
      for (i = 1; i <= count; i++) {
        k = order[i]; split(k, p, FS); rate[k] = median(values[k, 4])
        printf "| %s | %d | %s | %.0f | %.1f | %.1f | %.2f + %.2f | %d of %d | %d |\n", p[1], p[2], p[3], rate[k], median(values[k, 5]),
          median(values[k, 6]), median(values[k, 7]), median(values[k, 8]), errors[k], total[k], median(left[k])
      }
      print ""
      for (i = 1; i <= count; i++) {
        k = order[i]; split(k, p, FS); o = p[1] FS p[2] FS "bare"
        if (p[3] == "ours") printf "- %s, %d connections: ours/bare %.2f\n", p[1], p[2], rate[k] / rate[o]
      }
    }' "$data/samples.tsv"
}

ended() {
  local code=$?
  trap - EXIT INT TERM HUP
  for pid in $ours_pid $bare_pid ${host[*]:-}; do kill -TERM "$pid" 2>/dev/null || true; done
  wait
  if [[ -e $data/postgres ]]; then "$scripts/postgres.sh" stop "$data/postgres"; fi
  exit "$code"
}

[[ $seconds$rounds =~ ^[1-9][0-9]*$ ]] || fail 'BENCH_SECONDS and BENCH_ROUNDS are whole numbers'
(cd "$root" && dotnet --version) >/dev/null 2>&1 || fail 'the .NET SDK that global.json asks for is missing: https://dot.net/download'
if [[ ! -d $root/.local ]]; then mkdir -m 711 "$root/.local"; fi # PostgreSQL runs as another user and may have to pass
if [[ ! -d $data ]]; then mkdir -m 711 "$data"; fi
exec 9>"$data/run.lock"
flock -n 9 || fail 'another run is measuring'
for taken in "$port" "$bare_port"; do
  if (exec 3<>"/dev/tcp/127.0.0.1/$taken") 2>/dev/null; then fail "port $taken is taken; choose others with BENCH_PORT"; fi
done
trap ended EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

echo 'installing, building, seeding'
"$scripts/install.sh" wrk postgresql curl
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
mkdir -p "$data/bin"
publish src/NetworkPlatform.Api ours
if [[ $mode == signups ]]; then publish infra/bench/NetworkPlatform.Bench bare; fi
if [[ $mode == rostering ]]; then publish infra/bench/NetworkPlatform.DecisionBench decisions; fi

if [[ -e $data/postgres ]]; then "$scripts/postgres.sh" remove "$data/postgres"; fi
NP_PG_OPTIONS='-c fsync=on -c synchronous_commit=on -c full_page_writes=on -c max_connections=200' "$scripts/postgres.sh" start "$data/postgres" "$pg_port" >/dev/null
set -a
# shellcheck source=/dev/null
source "$data/postgres.env"
set +a
unset NP_PG_SUPERUSER_CONNECTION
Identity__KeyEncryptionKey=$(head -c 32 /dev/urandom | base64)
export Identity__KeyEncryptionKey Identity__Issuer=$ours Messaging__Transport=in-memory Logging__LogLevel__Default=Warning
# All load is one address's, and sign-ups are one tenant's: only the neighbours are to meet a limit.
tenant_limit=1000000
if [[ $mode == neighbours ]]; then tenant_limit=25; fi
export RateLimits__Address__PerSecond=1000000 RateLimits__Address__Burst=1000000 RateLimits__Tenant__PerSecond=$tenant_limit RateLimits__Tenant__Burst=$tenant_limit
(cd "$data/bin/ours" && dotnet NetworkPlatform.Api.dll migrate) >"$data/migrate.log" 2>&1 || fail "migrating failed; see $data/migrate.log"
secret=$(head -c 32 /dev/urandom | base64 | tr -d '+/=')
if [[ $mode == tenants ]]; then
  # shellcheck source=infra/bench/tenants.sh
  source "$root/infra/bench/tenants.sh"
  tenants
  exit
fi

client=0000000000007000a000000000000002.0000000000007000b000000000000001
neighbour=0000000000007000a000000000000003.0000000000007000b000000000000002
sql --set=volunteers="$volunteers" --set=shifts="$shifts" --set=secret="$secret" --file="$root/infra/bench/seed.sql"

if [[ $mode == signups ]]; then
  serve bare "$bare_port" Bench
  await "$bare_pid" 404 "$bare/"
fi
began=${EPOCHREALTIME/[.,]/}
serve ours "$port" Api
await "$ours_pid" 200 "$ours/health/ready"
ready=$(((${EPOCHREALTIME/[.,]/} - began) / 1000))

if [[ $mode == neighbours ]]; then
  sql --command=ANALYZE
  pages "$(token "$neighbour")" 8 0 10 >/dev/null # warms up, mostly in refusing
  pages "$(token "$neighbour")" 2 100 10 >/dev/null
  neighbours | tee "$data/result-neighbours.md"
  exit
fi

if [[ $mode == rostering ]]; then
  sql --file="$root/infra/bench/roster.sql"
  {
    rostering
    (cd "$data/bin/decisions" && dotnet NetworkPlatform.DecisionBench.dll) >"$data/decisions.log" 2>&1 || fail "see $data/decisions.log"
    grep '^|' "$data/decisions.log"
  } | tee "$data/result-rostering.md"
  exit
fi

echo 'warming up'
for server in ours bare; do # until it gets no faster: the compiler takes a minute over what of ours is called often
  best=0 idle=0
  for ((i = 0; i < 20 && idle < 3; i++)); do
    round "$server" spread 16 5
    read -r best idle < <(tail -n 1 "$data/samples.tsv" | awk -v best="$best" -v idle="$idle" '{ print ($4 > best ? $4 : best), ($4 > best * 1.05 ? 0 : idle + 1) }')
  done
done
sql --command=ANALYZE # as autovacuum does within a minute: a plan that was kept from when the tables were empty is made anew
: >"$data/samples.tsv"
for scenario in "${scenarios[@]}"; do
  for connections in "${levels[@]}"; do
    for ((i = 1; i <= rounds; i++)); do
      for server in ours bare; do
        round "$server" "$scenario" "$connections" "$seconds"
        tail -n 1 "$data/samples.tsv" | awk -F '\t' -v i="$i" '{ printf "%-6s %2d connections, round %d: %-4s %6.0f/s\n", $1, $2, i, $3, $4 }'
      done
    done
  done
done

# wrk counts refusals only; places say whether every 201 was a confirmed place.
taken=$(sql --command="SELECT (SELECT sum(taken) FROM rostering.shifts) - (SELECT count(*) FROM rostering.sign_ups WHERE status = 'confirmed')
  || ' ' || (SELECT count(*) FROM rostering.sign_ups WHERE status <> 'confirmed')")
{
  table
  echo
  awk -v ready="$ready" '/^VmRSS/ { now = $2 } /^VmHWM/ { most = $2 }
    END { printf "ours: ready after %d ms; memory %d MB at the end, %d MB at most\n", ready, now / 1024, most / 1024 }' "/proc/$ours_pid/status"
  echo "places that differ from confirmed sign-ups, and sign-ups not confirmed: $taken"
  echo "$(nproc) cores, PostgreSQL $(cat "$data/postgres/PG_VERSION"), $rounds rounds of $seconds s, load at the end $(cut -d' ' -f1-3 /proc/loadavg)"
} | tee "$data/result.md"
