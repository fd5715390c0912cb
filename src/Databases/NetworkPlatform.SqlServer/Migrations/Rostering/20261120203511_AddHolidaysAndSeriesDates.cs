using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Rostering
{
    /// <inheritdoc />
    public partial class AddHolidaysAndSeriesDates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "standing_date",
                schema: "rostering",
                table: "sign_ups",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "swap_id",
                schema: "rostering",
                table: "notifications",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "chapter_holidays",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_chapter_holidays", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_notifications_tenant_id_swap_id",
                schema: "rostering",
                table: "notifications",
                columns: new[] { "tenant_id", "swap_id" });

            migrationBuilder.CreateIndex(
                name: "IX_chapter_holidays_tenant_id_chapter_id_date",
                schema: "rostering",
                table: "chapter_holidays",
                columns: new[] { "tenant_id", "chapter_id", "date" });

            migrationBuilder.AddForeignKey(
                name: "FK_notifications_swaps_tenant_id_swap_id",
                schema: "rostering",
                table: "notifications",
                columns: new[] { "tenant_id", "swap_id" },
                principalSchema: "rostering",
                principalTable: "swaps",
                principalColumns: new[] { "tenant_id", "id" },
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_notifications_swaps_tenant_id_swap_id",
                schema: "rostering",
                table: "notifications");

            migrationBuilder.DropTable(
                name: "chapter_holidays",
                schema: "rostering");

            migrationBuilder.DropIndex(
                name: "IX_notifications_tenant_id_swap_id",
                schema: "rostering",
                table: "notifications");

            migrationBuilder.DropColumn(
                name: "standing_date",
                schema: "rostering",
                table: "sign_ups");

            migrationBuilder.DropColumn(
                name: "swap_id",
                schema: "rostering",
                table: "notifications");
        }
    }
}
