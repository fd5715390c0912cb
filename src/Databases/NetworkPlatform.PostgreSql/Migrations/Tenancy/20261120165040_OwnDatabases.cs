using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.PostgreSql.Migrations.Tenancy
{
    /// <inheritdoc />
    public partial class OwnDatabases : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_leaving",
                schema: "tenancy",
                table: "tenants",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<byte[]>(
                name: "left_database",
                schema: "tenancy",
                table: "tenants",
                type: "bytea",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "own_database",
                schema: "tenancy",
                table: "tenants",
                type: "bytea",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "tenant_changes",
                schema: "tenancy",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    stamp = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tenant_changes", x => x.id);
                });

            migrationBuilder.InsertData(
                schema: "tenancy",
                table: "tenant_changes",
                columns: new[] { "id", "stamp" },
                values: new object[] { 1, new Guid("00000000-0000-0000-0000-000000000000") });

            migrationBuilder.CreateIndex(
                name: "ix_tenants_own_database",
                schema: "tenancy",
                table: "tenants",
                column: "network_id",
                filter: "own_database IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "tenant_changes",
                schema: "tenancy");

            migrationBuilder.DropIndex(
                name: "ix_tenants_own_database",
                schema: "tenancy",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "is_leaving",
                schema: "tenancy",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "left_database",
                schema: "tenancy",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "own_database",
                schema: "tenancy",
                table: "tenants");
        }
    }
}
