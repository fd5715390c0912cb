using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Rostering
{
    /// <inheritdoc />
    public partial class MeetingsOfShifts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "meeting_id",
                schema: "rostering",
                table: "standing_sign_ups",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "meeting_id",
                schema: "rostering",
                table: "shifts",
                type: "uniqueidentifier",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "meeting_id",
                schema: "rostering",
                table: "standing_sign_ups");

            migrationBuilder.DropColumn(
                name: "meeting_id",
                schema: "rostering",
                table: "shifts");
        }
    }
}
