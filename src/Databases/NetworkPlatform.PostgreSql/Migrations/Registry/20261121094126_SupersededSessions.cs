using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.PostgreSql.Migrations.Registry
{
    /// <inheritdoc />
    public partial class SupersededSessions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_sessions_occurrence",
                schema: "registry",
                table: "sessions");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "superseded_at",
                schema: "registry",
                table: "sessions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ux_sessions_occurrence",
                schema: "registry",
                table: "sessions",
                columns: new[] { "tenant_id", "meeting_id", "occurs_on" },
                unique: true,
                filter: "superseded_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_sessions_occurrence",
                schema: "registry",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "superseded_at",
                schema: "registry",
                table: "sessions");

            migrationBuilder.CreateIndex(
                name: "ux_sessions_occurrence",
                schema: "registry",
                table: "sessions",
                columns: new[] { "tenant_id", "meeting_id", "occurs_on" },
                unique: true);
        }
    }
}
