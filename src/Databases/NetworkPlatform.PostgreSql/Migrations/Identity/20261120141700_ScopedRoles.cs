using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.PostgreSql.Migrations.Identity
{
    /// <inheritdoc />
    public partial class ScopedRoles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "below",
                schema: "identity",
                table: "api_clients",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid[]>(
                name: "chapters",
                schema: "identity",
                table: "api_clients",
                type: "uuid[]",
                nullable: false,
                defaultValue: Array.Empty<Guid>());

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "valid_from",
                schema: "identity",
                table: "api_clients",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "valid_until",
                schema: "identity",
                table: "api_clients",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "below",
                schema: "identity",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "chapters",
                schema: "identity",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "valid_from",
                schema: "identity",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "valid_until",
                schema: "identity",
                table: "api_clients");
        }
    }
}
