#!/usr/bin/env bash
# Checks everything, from a fresh clone on: restores, builds, checks the format, runs all tests.
#
#   infra/test.sh              everything
#   infra/test.sh UnitTests    only the test projects whose name contains one of the words, and no format check
#
# The last line is `N passed, N failed, N skipped`; a step that fails counts as one failure. The exit code is 0 if none
# failed. Results are kept in .local/test-results. As root on Debian, missing servers are installed; the .NET SDK and
# Node.js 20 or later with npm have to be there.
# shellcheck disable=SC2317 # step calls functions by their names
set -euo pipefail

cd "$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")"
results=$PWD/.local/test-results
solution=NetworkPlatform.sln

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  sed -n '2,/^# shellcheck/{/^# shellcheck/!s/^# \{0,1\}//p}' infra/test.sh
  exit 0
fi

# Nothing may be left running: neither MSBuild's nodes nor the compiler's server.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_USE_MSBUILD_SERVER=0
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export DOTNET_TieredPGO=0 # the hosts of a test live too short for it to pay

passed=0 failed=0 skipped=0

finish() {
  echo
  echo "$passed passed, $failed failed, $skipped skipped"
  ((failed == 0)) || exit 1
  exit 0
}

# step LABEL COMMAND...: says what runs and how long it took. The command has a process group of its own, so that
# whatever a hung test leaves behind ends with it.
group=
step() {
  local label=$1 began=$SECONDS code=0 how='done'
  shift
  printf '\n=== %s\n' "$label"
  set -m
  "$@" </dev/null &
  group=$!
  set +m
  wait "$group" || code=$?
  end_group KILL
  if ((code != 0)); then how="FAILED ($code)"; fi
  printf '=== %s: %s after %d s\n' "$label" "$how" $((SECONDS - began))
  return "$code"
}

end_group() {
  if [[ -n $group ]]; then kill "-$1" -- "-$group" 2>/dev/null || true; fi
}
trap 'end_group TERM; exit 130' INT
trap 'end_group TERM; exit 143' TERM HUP

check_tools() {
  if ! dotnet --version; then
    echo 'the .NET SDK that global.json asks for is missing: https://dot.net/download'
    return 1
  fi
  if ! command -v npm || ! node --version || ! node --eval 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'; then
    echo "Node.js 20 or later with npm is missing (Debian 12's own is older); some tests talk to programs from npm: https://nodejs.org"
    return 1
  fi
}

# run_project PROJECT: adds the project's results to the totals. A test host that dies leaves no results or half of them.
run_project() {
  local name trx counters total executed ok code=0
  name=$(basename "$1" .csproj)
  trx=$results/$name.trx
  rm -f "$trx"
  step "$name" dotnet test "$1" --configuration Release --no-build --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' \
    --blame-hang-timeout 10m --blame-hang-dump-type none || code=$?

  counters=$(grep -o '<Counters [^>]*>' "$trx" 2>/dev/null) || counters=
  total=$(counter total) executed=$(counter executed) ok=$(counter passed)
  passed=$((passed + ok))
  failed=$((failed + executed - ok))
  skipped=$((skipped + total - executed))
  if ((total == 0)); then
    echo "$name has no results"
    failed=$((failed + 1))
  elif ((code != 0 && executed == ok)); then
    echo "$name did not end well"
    failed=$((failed + 1))
  fi
}

counter() {
  if [[ $counters =~ \ $1=\"([0-9]+)\" ]]; then echo "${BASH_REMATCH[1]}"; else echo 0; fi
}

# wanted PROJECT WORD...
wanted() {
  local name word
  name=$(basename "$1" .csproj)
  shift
  (($# > 0)) || return 0
  for word; do if [[ $name == *"$word"* ]]; then return 0; fi; done
  return 1
}

projects=()
for project in tests/*Tests/*Tests.csproj; do
  if [[ -f $project ]] && wanted "$project" "$@"; then projects+=("$project"); fi
done

if [[ ! -d .local ]]; then mkdir -m 711 .local; fi # PostgreSQL runs as another user and may have to pass
rm -rf "$results"
mkdir "$results"

step 'servers' infra/scripts/install.sh postgresql rabbitmq-server chromium fonts-dejavu-core || failed=$((failed + 1))
step 'tools' check_tools || failed=$((failed + 1))
step 'clients' npm ci --prefix tests/clients --no-audit --no-fund || failed=$((failed + 1))
if ! step 'restore' dotnet restore "$solution" --locked-mode || ! step 'build' dotnet build "$solution" --configuration Release --no-restore --verbosity quiet -consoleLoggerParameters:NoSummary; then
  failed=$((failed + 1))
  finish
fi
if (($# == 0)); then
  # Style and analysers are errors of the build already.
  step 'format' dotnet format whitespace "$solution" --verify-no-changes --no-restore || failed=$((failed + 1))
fi
if ((${#projects[@]} == 0)); then
  echo "no test project matches: $*"
  failed=$((failed + 1))
fi
for project in "${projects[@]}"; do
  run_project "$project"
done
finish
