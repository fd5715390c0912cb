using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Registry
{
    /// <inheritdoc />
    public partial class SlugsInOneCase : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.SqlBehindTheWall(
                "registry",
                // Where a meeting was taken in under several spellings, one of them goes on with the list.
                """
                UPDATE m SET import_slug = lower(m.import_slug) FROM registry.meetings m
                WHERE m.import_slug COLLATE Latin1_General_BIN2 <> lower(m.import_slug) AND NOT EXISTS (
                    SELECT 1 FROM registry.meetings twin
                    WHERE twin.tenant_id = m.tenant_id AND twin.chapter_id = m.chapter_id AND lower(twin.import_slug) = lower(m.import_slug) AND twin.id <> m.id
                    AND (twin.id < m.id OR twin.import_slug COLLATE Latin1_General_BIN2 = lower(m.import_slug)))
                """,
                "UPDATE registry.sessions SET superseded_at = sysdatetimeoffset() WHERE superseded_at IS NULL AND status = 'cancelled' AND cancel_reason = 'The group has closed.'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {

        }
    }
}
