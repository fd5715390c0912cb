using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Rostering
{
    /// <inheritdoc />
    public partial class SignUpsOfChapters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "chapter_id",
                schema: "rostering",
                table: "sign_ups",
                type: "uniqueidentifier",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.SqlBehindTheWall(
                "rostering",
                """
                UPDATE rostering.sign_ups SET chapter_id = (
                    SELECT s.chapter_id FROM rostering.shifts s WHERE s.tenant_id = rostering.sign_ups.tenant_id AND s.id = rostering.sign_ups.shift_id)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "chapter_id",
                schema: "rostering",
                table: "sign_ups");
        }
    }
}
