using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Platform
{
    /// <inheritdoc />
    public partial class SealedAudit : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "purpose",
                schema: "platform",
                table: "audit_entries",
                type: "nvarchar(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "reason_digest",
                schema: "platform",
                table: "audit_entries",
                type: "varbinary(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "audit_heads",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    sealed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_heads", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "audit_links",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    sealed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_links", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "FK_audit_links_audit_entries_tenant_id_id",
                        columns: x => new { x.tenant_id, x.id },
                        principalSchema: "platform",
                        principalTable: "audit_entries",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "audit_reasons",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    text = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    salt = table.Column<byte[]>(type: "varbinary(16)", maxLength: 16, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_reasons", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_tenant_id_at_id",
                schema: "platform",
                table: "audit_entries",
                columns: new[] { "tenant_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_audit_links_sequence",
                schema: "platform",
                table: "audit_links",
                columns: new[] { "tenant_id", "sequence" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_heads",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "audit_links",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "audit_reasons",
                schema: "platform");

            migrationBuilder.DropIndex(
                name: "IX_audit_entries_tenant_id_at_id",
                schema: "platform",
                table: "audit_entries");

            migrationBuilder.DropColumn(
                name: "purpose",
                schema: "platform",
                table: "audit_entries");

            migrationBuilder.DropColumn(
                name: "reason_digest",
                schema: "platform",
                table: "audit_entries");
        }
    }
}
