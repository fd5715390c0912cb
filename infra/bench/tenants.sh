# shellcheck shell=bash disable=SC2154 # sourced by infra/bench.sh, whose variables and functions it uses
# One database and one host for each size, all there at once; rounds take turns.

drive_volunteers=50000 drive_shifts=20000
read -ra sizes <<<"${BENCH_TENANTS:-1 100 10000}"
declare -A next # per size and scenario: the first request that was not made yet

# size_url SIZE
size_url() {
  local i
  for i in "${!sizes[@]}"; do
    if [[ ${sizes[i]} == "$1" ]]; then echo "http://127.0.0.1:$((port + 10 + i))"; fi
  done
}

# raise SIZE: makes and seeds its database, and starts its host.
raise() {
  local database=networkplatform_$1 url key began=$SECONDS
  url=$(size_url "$1")
  if (exec 3<>"/dev/tcp/${url#http://127.0.0.1:}") 2>/dev/null; then fail "$url is taken; choose others with BENCH_PORT"; fi
  sql --command="CREATE DATABASE $database OWNER networkplatform_owner"
  (
    for key in ConnectionString RelayConnectionString OwnerConnectionString; do
      local -n setting=Database__$key
      export "Database__$key=${setting/Database=networkplatform;/Database=$database;}"
    done
    export Identity__Issuer=$url ASPNETCORE_URLS=$url
    cd "$data/bin/ours"
    dotnet NetworkPlatform.Api.dll migrate >"$data/migrate.log" 2>&1 || fail "migrating failed; see $data/migrate.log"
    sql --dbname="$database" --set=tenants="$1" --set=volunteers="$drive_volunteers" --set=shifts="$drive_shifts" --set=secret="$secret" --file="$root/infra/bench/tenants.sql"
    exec dotnet NetworkPlatform.Api.dll 9>&- >"$data/ours-$1.log" 2>&1 </dev/null
  ) &
  host[$1]=$!
  until [[ $(curl --silent --output /dev/null --write-out '%{http_code}' "$url/health/ready") == 200 ]]; do
    kill -0 "${host[$1]}" 2>/dev/null || fail "the host of $1 tenants has ended; see $data/ours-$1.log"
    sleep 0.1
  done
  echo "$1 tenants: seeded and ready after $((SECONDS - began)) s"
}

# settle SIZE: until the outbox is empty and the host idle: at its start it looks after every tenant's calendar.
settle() {
  local before after began=$SECONDS
  until (($(sql --dbname="networkplatform_$1" --command='SELECT count(*) FROM platform.outbox_messages WHERE dead_at IS NULL') == 0)); do
    ((SECONDS - began < 300)) || fail "the outbox of $1 tenants is not emptied"
    sleep 0.3
  done
  while :; do
    before=$(cpu "${host[$1]}")
    sleep 1
    after=$(cpu "${host[$1]}")
    if awk "BEGIN { exit !($after - $before < 60) }"; then return; fi
    ((SECONDS - began < 300)) || fail "the host of $1 tenants does not come to rest"
  done
}

# tenants_round SIZE SCENARIO CONNECTIONS SECONDS: adds a line to samples-tenants.tsv.
tenants_round() {
  local key=$1-$2 url line requests took errors p50 p99 began db BENCH_TOKEN
  url=$(size_url "$1")
  BENCH_TOKEN=$(ours=$url token 0000000000007000a000000000000001.0000000000007000b000000000000001)
  export BENCH_TOKEN
  db=$(cpu_of_cluster) began=$(cpu "${host[$1]}")
  line=$(wrk --threads 1 --connections "$3" --duration "$4s" --timeout 10s --script "$root/infra/bench/tenants.lua" "$url" \
    -- "$2" "${next[$key]:-0}" "$1" "$drive_volunteers" | tail -n 1)
  read -r requests took errors p50 p99 "next[$key]" <<<"$line"
  ((requests > 0)) || fail "the host of $1 tenants answered nothing; see $data/ours-$1.log"
  if [[ $2 == sign-up ]]; then settle "$1"; fi
  if ((errors * 1000 > requests)); then echo "!!! $1 tenants, $2: $errors of $requests were refused" >&2; fi
  awk -v OFS='\t' -v a="$(cpu "${host[$1]}")" -v b="$began" -v d="$(cpu_of_cluster)" -v e="$db" -v us="$took" \
    -v rss="$(awk '/^VmRSS/ { print $2 / 1024 }' "/proc/${host[$1]}/status")" \
    "BEGIN { print \"$2\", $1, $requests * 1e6 / us, $p50 / 1000, $p99 / 1000, (a - b) / $requests, (d - e) / $requests, rss, $errors }" >>"$data/samples-tenants.tsv"
}

# tenants_table: medians, and what they are to the first size's.
tenants_table() {
  awk -F '\t' "$median"'
    { k = $1 FS $2; if (!(k in seen)) { seen[k] = 1; order[++count] = k }
      if (!($1 in base)) base[$1] = k
      for (f = 3; f <= 8; f++) values[k, f] = values[k, f] " " $f
      errors[k] += $9 }
    END {
      print "| scenario | tenants | req/s | p50 ms | p99 ms | CPU ms/request app + db | memory MB | p50, p99, memory to the first |"
      print "|---|---|---|---|---|---|---|---|"
      for (i = 1; i <= count; i++) {
        k = order[i]; split(k, p, FS); b = base[p[1]]
        printf "| %s | %d | %.0f | %.2f | %.1f | %.2f + %.2f | %.0f | %.2f, %.2f, %.2f |%s\n", p[1], p[2], median(values[k, 3]), median(values[k, 4]), median(values[k, 5]),
          median(values[k, 6]), median(values[k, 7]), median(values[k, 8]), median(values[k, 4]) / median(values[b, 4]), median(values[k, 5]) / median(values[b, 5]),
          median(values[k, 8]) / median(values[b, 8]), errors[k] ? " " errors[k] " refused" : ""
      }
    }' "$data/samples-tenants.tsv"
}

tenants() {
  local size scenario i connections=${levels[0]}
  for size in "${sizes[@]}"; do raise "$size"; done
  for size in "${sizes[@]}"; do settle "$size"; done
  echo 'warming up'
  : >"$data/samples-tenants.tsv"
  for size in "${sizes[@]}"; do
    for scenario in sign-up list; do
      for ((i = 0; i < 4 && ${next[$size-$scenario]:-0} < 6000; i++)); do tenants_round "$size" "$scenario" 16 4; done
    done
    sql --dbname="networkplatform_$size" --command=ANALYZE
  done
  : >"$data/samples-tenants.tsv"
  for scenario in sign-up list; do
    for ((i = 1; i <= rounds; i++)); do
      for size in "${sizes[@]}"; do
        tenants_round "$size" "$scenario" "$connections" "$seconds"
        tail -n 1 "$data/samples-tenants.tsv" | awk -F '\t' -v i="$i" '{ printf "%-8s %5d tenants, round %d: %5.0f/s, p50 %.2f ms, p99 %.1f ms\n", $1, $2, i, $3, $4, $5 }'
      done
    done
  done
  {
    tenants_table
    echo
    echo "$connections connections, $(nproc) cores, PostgreSQL $(cat "$data/postgres/PG_VERSION"), $rounds rounds of $seconds s, load at the end $(cut -d' ' -f1-3 /proc/loadavg)"
  } | tee "$data/result-tenants.md"
}
