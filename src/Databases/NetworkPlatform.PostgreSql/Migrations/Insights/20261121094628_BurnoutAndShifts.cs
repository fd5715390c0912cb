using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.PostgreSql.Migrations.Insights
{
    /// <inheritdoc />
    public partial class BurnoutAndShifts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "facilitators",
                schema: "insights",
                table: "session_facts");

            // What is there belongs to no shift from now on: coverage begins with the shifts that are opened or changed after this.
            migrationBuilder.RenameColumn(
                name: "session_id",
                schema: "insights",
                table: "sign_up_facts",
                newName: "shift_id");

            migrationBuilder.RenameIndex(
                name: "IX_sign_up_facts_tenant_id_session_id",
                schema: "insights",
                table: "sign_up_facts",
                newName: "IX_sign_up_facts_tenant_id_shift_id");

            migrationBuilder.AddColumn<bool>(
                name: "is_overridden",
                schema: "insights",
                table: "attendance_facts",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "overload",
                schema: "insights",
                table: "attendance_facts",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "check_in_counts",
                schema: "insights",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    local_month = table.Column<DateOnly>(type: "date", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_check_in_counts", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "shift_facts",
                schema: "insights",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    places = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shift_facts", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_shift_facts_tenant_id_session_id",
                schema: "insights",
                table: "shift_facts",
                columns: new[] { "tenant_id", "session_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "check_in_counts",
                schema: "insights");

            migrationBuilder.DropTable(
                name: "shift_facts",
                schema: "insights");

            migrationBuilder.DropColumn(
                name: "is_overridden",
                schema: "insights",
                table: "attendance_facts");

            migrationBuilder.DropColumn(
                name: "overload",
                schema: "insights",
                table: "attendance_facts");

            migrationBuilder.RenameColumn(
                name: "shift_id",
                schema: "insights",
                table: "sign_up_facts",
                newName: "session_id");

            migrationBuilder.RenameIndex(
                name: "IX_sign_up_facts_tenant_id_shift_id",
                schema: "insights",
                table: "sign_up_facts",
                newName: "IX_sign_up_facts_tenant_id_session_id");

            migrationBuilder.AddColumn<int>(
                name: "facilitators",
                schema: "insights",
                table: "session_facts",
                type: "integer",
                nullable: false,
                defaultValue: 0);
        }
    }
}
