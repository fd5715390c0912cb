#!/usr/bin/env bash
# Scaffolds a migration of one module for every database: infra/scripts/add-migration.sh Registry AddWaitingList
# (Platform for the platform's own tables)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
module=${1:?Name the module, for example Registry}
name=${2:?Name the migration, for example AddWaitingList}

dotnet tool restore >/dev/null
dotnet build src/Databases/NetworkPlatform.DesignTime -v quiet
for database in PostgreSql SqlServer; do
  # None of these is connected to: scaffolding compares models only.
  Database__Provider=${database,,} Database__ConnectionString="Server=nowhere" Database__RelayConnectionString="Server=nowhere" \
    Identity__Issuer=http://127.0.0.1 Identity__KeyEncryptionKey=$(printf 'A%.0s' {1..43})= \
    dotnet ef migrations add "$name" --no-build --context "${module}DbContext" --output-dir "Migrations/$module" \
    --project "src/Databases/NetworkPlatform.$database" --startup-project src/Databases/NetworkPlatform.DesignTime
done
dotnet format whitespace NetworkPlatform.sln --no-restore --include src/Databases
