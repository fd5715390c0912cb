using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Insights
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "insights");

            migrationBuilder.CreateTable(
                name: "attendance_facts",
                schema: "insights",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    volunteer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    local_month = table.Column<DateOnly>(type: "date", nullable: false),
                    minutes = table.Column<int>(type: "int", nullable: false),
                    is_attended = table.Column<bool>(type: "bit", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attendance_facts", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "expense_facts",
                schema: "insights",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    group_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    amount = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false),
                    incurred_on = table.Column<DateOnly>(type: "date", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_expense_facts", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "session_facts",
                schema: "insights",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    group_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    starts_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    facilitators = table.Column<int>(type: "int", nullable: false),
                    moved_revision = table.Column<int>(type: "int", nullable: true),
                    is_cancelled = table.Column<bool>(type: "bit", nullable: false),
                    participants = table.Column<int>(type: "int", nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_session_facts", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "sign_up_facts",
                schema: "insights",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sign_up_facts", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_attendance_facts_tenant_id_started_at",
                schema: "insights",
                table: "attendance_facts",
                columns: new[] { "tenant_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "IX_attendance_facts_tenant_id_volunteer_id_local_month",
                schema: "insights",
                table: "attendance_facts",
                columns: new[] { "tenant_id", "volunteer_id", "local_month" });

            migrationBuilder.CreateIndex(
                name: "IX_expense_facts_tenant_id_incurred_on",
                schema: "insights",
                table: "expense_facts",
                columns: new[] { "tenant_id", "incurred_on" });

            migrationBuilder.CreateIndex(
                name: "IX_session_facts_tenant_id_starts_at",
                schema: "insights",
                table: "session_facts",
                columns: new[] { "tenant_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "IX_sign_up_facts_tenant_id_session_id",
                schema: "insights",
                table: "sign_up_facts",
                columns: new[] { "tenant_id", "session_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "attendance_facts",
                schema: "insights");

            migrationBuilder.DropTable(
                name: "expense_facts",
                schema: "insights");

            migrationBuilder.DropTable(
                name: "session_facts",
                schema: "insights");

            migrationBuilder.DropTable(
                name: "sign_up_facts",
                schema: "insights");
        }
    }
}
