using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Rostering
{
    /// <inheritdoc />
    public partial class Privacy : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "erased_at",
                schema: "rostering",
                table: "volunteers",
                type: "datetimeoffset",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "erased_at",
                schema: "rostering",
                table: "volunteers");
        }
    }
}
