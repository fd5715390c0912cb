using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.PostgreSql.Migrations.Registry
{
    /// <inheritdoc />
    public partial class SlugsInOneCase : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The owner sees rows only without FORCE, which migrating puts back.
            migrationBuilder.Sql("ALTER TABLE registry.meetings NO FORCE ROW LEVEL SECURITY; ALTER TABLE registry.sessions NO FORCE ROW LEVEL SECURITY");

            // Where a meeting was taken in under several spellings, one of them goes on with the list.
            migrationBuilder.Sql("""
                UPDATE registry.meetings m SET import_slug = lower(import_slug)
                WHERE import_slug <> lower(import_slug) AND NOT EXISTS (
                    SELECT 1 FROM registry.meetings twin
                    WHERE twin.tenant_id = m.tenant_id AND twin.chapter_id = m.chapter_id AND lower(twin.import_slug) = lower(m.import_slug) AND twin.id <> m.id
                    AND (twin.id < m.id OR twin.import_slug = lower(m.import_slug)))
                """);
            migrationBuilder.Sql("UPDATE registry.sessions SET superseded_at = now() WHERE superseded_at IS NULL AND status = 'cancelled' AND cancel_reason = 'The group has closed.'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {

        }
    }
}
