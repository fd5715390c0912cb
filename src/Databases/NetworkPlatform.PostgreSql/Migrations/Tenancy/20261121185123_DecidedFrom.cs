using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.PostgreSql.Migrations.Tenancy
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
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "suspended_from",
                schema: "tenancy",
                table: "tenants",
                type: "integer",
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
