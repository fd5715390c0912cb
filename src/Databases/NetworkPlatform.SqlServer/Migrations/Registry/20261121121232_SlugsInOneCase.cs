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
            migrationBuilder.Sql("UPDATE registry.meetings SET import_slug = lower(import_slug) WHERE import_slug IS NOT NULL");
            migrationBuilder.Sql("UPDATE registry.sessions SET superseded_at = sysdatetimeoffset() WHERE superseded_at IS NULL AND status = 'cancelled' AND cancel_reason = 'The group has closed.'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {

        }
    }
}
