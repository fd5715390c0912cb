using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Rostering
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "rostering");

            migrationBuilder.CreateTable(
                name: "network_volunteers",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    network_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    email_key = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    sign_ups = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_network_volunteers", x => new { x.network_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "shifts",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    group_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    title = table.Column<string>(type: "nvarchar(255)", maxLength: 255, nullable: false),
                    role = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    time_zone = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    places = table.Column<int>(type: "int", nullable: false),
                    taken = table.Column<int>(type: "int", nullable: false),
                    intensity = table.Column<int>(type: "int", nullable: false),
                    status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    session_revision = table.Column<int>(type: "int", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shifts", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "volunteers",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    person_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    email = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: false),
                    languages = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_volunteers", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "commitments",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    network_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    person_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    time_zone = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    intensity = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_commitments", x => new { x.network_id, x.id });
                    table.ForeignKey(
                        name: "FK_commitments_network_volunteers_network_id_person_id",
                        columns: x => new { x.network_id, x.person_id },
                        principalSchema: "rostering",
                        principalTable: "network_volunteers",
                        principalColumns: new[] { "network_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sign_ups",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    shift_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    volunteer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    cancel_reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    minutes = table.Column<int>(type: "int", nullable: true),
                    critical = table.Column<bool>(type: "bit", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sign_ups", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "FK_sign_ups_shifts_tenant_id_shift_id",
                        columns: x => new { x.tenant_id, x.shift_id },
                        principalSchema: "rostering",
                        principalTable: "shifts",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_sign_ups_volunteers_tenant_id_volunteer_id",
                        columns: x => new { x.tenant_id, x.volunteer_id },
                        principalSchema: "rostering",
                        principalTable: "volunteers",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_commitments_network_id_person_id_ends_at",
                schema: "rostering",
                table: "commitments",
                columns: new[] { "network_id", "person_id", "ends_at" });

            migrationBuilder.CreateIndex(
                name: "ux_network_volunteers_email",
                schema: "rostering",
                table: "network_volunteers",
                columns: new[] { "network_id", "email_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_shifts_tenant_id_starts_at_id",
                schema: "rostering",
                table: "shifts",
                columns: new[] { "tenant_id", "starts_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_shifts_session_role",
                schema: "rostering",
                table: "shifts",
                columns: new[] { "tenant_id", "session_id", "role" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sign_ups_tenant_id_volunteer_id_id",
                schema: "rostering",
                table: "sign_ups",
                columns: new[] { "tenant_id", "volunteer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_sign_ups_active",
                schema: "rostering",
                table: "sign_ups",
                columns: new[] { "tenant_id", "shift_id", "volunteer_id" },
                unique: true,
                filter: "status <> 'cancelled'");

            migrationBuilder.CreateIndex(
                name: "ux_volunteers_person",
                schema: "rostering",
                table: "volunteers",
                columns: new[] { "tenant_id", "person_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "commitments",
                schema: "rostering");

            migrationBuilder.DropTable(
                name: "sign_ups",
                schema: "rostering");

            migrationBuilder.DropTable(
                name: "network_volunteers",
                schema: "rostering");

            migrationBuilder.DropTable(
                name: "shifts",
                schema: "rostering");

            migrationBuilder.DropTable(
                name: "volunteers",
                schema: "rostering");
        }
    }
}
