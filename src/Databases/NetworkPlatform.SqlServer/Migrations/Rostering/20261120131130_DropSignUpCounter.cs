using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Rostering
{
    /// <inheritdoc />
    public partial class DropSignUpCounter : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "sign_ups",
                schema: "rostering",
                table: "network_volunteers");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "sign_ups",
                schema: "rostering",
                table: "network_volunteers",
                type: "int",
                nullable: false,
                defaultValue: 0);
        }
    }
}
