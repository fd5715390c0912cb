using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Tenancy
{
    /// <inheritdoc />
    public partial class DecidedFrom : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "plan_from",
                schema: "tenancy",
                table: "tenants",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "suspended_from",
                schema: "tenancy",
                table: "tenants",
                type: "int",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "plan_from",
                schema: "tenancy",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "suspended_from",
                schema: "tenancy",
                table: "tenants");
        }
    }
}
