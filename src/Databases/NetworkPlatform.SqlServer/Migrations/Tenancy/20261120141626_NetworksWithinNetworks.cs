using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Tenancy
{
    /// <inheritdoc />
    public partial class NetworksWithinNetworks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "time_zone",
                schema: "tenancy",
                table: "tenants",
                type: "nvarchar(60)",
                maxLength: 60,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(60)",
                oldMaxLength: 60);

            migrationBuilder.AlterColumn<string>(
                name: "currency",
                schema: "tenancy",
                table: "tenants",
                type: "nvarchar(3)",
                maxLength: 3,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(3)",
                oldMaxLength: 3);

            migrationBuilder.AlterColumn<string>(
                name: "culture",
                schema: "tenancy",
                table: "tenants",
                type: "nvarchar(20)",
                maxLength: 20,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(20)",
                oldMaxLength: 20);

            migrationBuilder.AddColumn<string>(
                name: "brand_color",
                schema: "tenancy",
                table: "tenants",
                type: "nvarchar(7)",
                maxLength: 7,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "brand_name",
                schema: "tenancy",
                table: "tenants",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_umbrella",
                schema: "tenancy",
                table: "tenants",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "logo_url",
                schema: "tenancy",
                table: "tenants",
                type: "nvarchar(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "parent_id",
                schema: "tenancy",
                table: "tenants",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "path",
                schema: "tenancy",
                table: "tenants",
                type: "nvarchar(185)",
                maxLength: 185,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "week_start",
                schema: "tenancy",
                table: "tenants",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true);

            // Until now a network had two levels.
            migrationBuilder.Sql("""
                UPDATE tenancy.tenants SET
                    is_umbrella = CASE WHEN id = network_id THEN 1 ELSE 0 END,
                    parent_id = CASE WHEN id <> network_id THEN network_id END,
                    path = CASE WHEN id <> network_id THEN LOWER(CONVERT(varchar(36), network_id)) + '/' ELSE '' END + LOWER(CONVERT(varchar(36), id)) + '/'
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "brand_color",
                schema: "tenancy",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "brand_name",
                schema: "tenancy",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "is_umbrella",
                schema: "tenancy",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "logo_url",
                schema: "tenancy",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "parent_id",
                schema: "tenancy",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "path",
                schema: "tenancy",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "week_start",
                schema: "tenancy",
                table: "tenants");

            migrationBuilder.AlterColumn<string>(
                name: "time_zone",
                schema: "tenancy",
                table: "tenants",
                type: "nvarchar(60)",
                maxLength: 60,
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "nvarchar(60)",
                oldMaxLength: 60,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "currency",
                schema: "tenancy",
                table: "tenants",
                type: "nvarchar(3)",
                maxLength: 3,
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "nvarchar(3)",
                oldMaxLength: 3,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "culture",
                schema: "tenancy",
                table: "tenants",
                type: "nvarchar(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "nvarchar(20)",
                oldMaxLength: 20,
                oldNullable: true);
        }
    }
}
