using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Identity
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
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "chapters",
                schema: "identity",
                table: "api_clients",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "valid_from",
                schema: "identity",
                table: "api_clients",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "valid_until",
                schema: "identity",
                table: "api_clients",
                type: "datetimeoffset",
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
