using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Identity
{
    /// <inheritdoc />
    public partial class People : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "memberships",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    person_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    roles = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    chapters = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    below = table.Column<bool>(type: "bit", nullable: false),
                    valid_from = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    valid_until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    joined_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_memberships", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "people",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    network_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    email = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: false),
                    normalized_email = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: false),
                    email_confirmed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    culture = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true),
                    password_hash = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    security_stamp = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    authenticator_key = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    two_factor_enabled = table.Column<bool>(type: "bit", nullable: false),
                    recovery_code_hashes = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    last_totp_step = table.Column<long>(type: "bigint", nullable: false),
                    access_failed_count = table.Column<int>(type: "int", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    disabled_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    erased_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people", x => new { x.network_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "sign_in_sessions",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    network_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    person_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    security_stamp = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    authenticated_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    methods = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    user_agent = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sign_in_sessions", x => new { x.network_id, x.id });
                    table.ForeignKey(
                        name: "FK_sign_in_sessions_people_network_id_person_id",
                        columns: x => new { x.network_id, x.person_id },
                        principalSchema: "identity",
                        principalTable: "people",
                        principalColumns: new[] { "network_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ux_memberships_person",
                schema: "identity",
                table: "memberships",
                columns: new[] { "tenant_id", "person_id" },
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ux_people_email",
                schema: "identity",
                table: "people",
                columns: new[] { "network_id", "normalized_email" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sign_in_sessions_network_id_person_id",
                schema: "identity",
                table: "sign_in_sessions",
                columns: new[] { "network_id", "person_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "memberships",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "sign_in_sessions",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "people",
                schema: "identity");
        }
    }
}
