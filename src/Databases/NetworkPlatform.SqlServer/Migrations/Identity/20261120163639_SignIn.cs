using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Identity
{
    /// <inheritdoc />
    public partial class SignIn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "access_failed_count",
                schema: "identity",
                table: "people");

            migrationBuilder.DropColumn(
                name: "lockout_end",
                schema: "identity",
                table: "people");

            migrationBuilder.CreateTable(
                name: "affiliations",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    network_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    person_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_affiliations", x => new { x.network_id, x.id });
                    table.ForeignKey(
                        name: "FK_affiliations_people_network_id_person_id",
                        columns: x => new { x.network_id, x.person_id },
                        principalSchema: "identity",
                        principalTable: "people",
                        principalColumns: new[] { "network_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    xml = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "failed_sign_ins",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    network_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    key = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    count = table.Column<int>(type: "int", nullable: false),
                    window_ends_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_failed_sign_ins", x => new { x.network_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "passkeys",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    network_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    person_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    credential_id = table.Column<byte[]>(type: "varbinary(1023)", maxLength: 1023, nullable: false),
                    public_key = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    sign_count = table.Column<long>(type: "bigint", nullable: false),
                    transports = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    is_user_verified = table.Column<bool>(type: "bit", nullable: false),
                    is_backup_eligible = table.Column<bool>(type: "bit", nullable: false),
                    is_backed_up = table.Column<bool>(type: "bit", nullable: false),
                    attestation_object = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    client_data_json = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_passkeys", x => new { x.network_id, x.id });
                    table.ForeignKey(
                        name: "FK_passkeys_people_network_id_person_id",
                        columns: x => new { x.network_id, x.person_id },
                        principalSchema: "identity",
                        principalTable: "people",
                        principalColumns: new[] { "network_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ux_affiliations_person",
                schema: "identity",
                table: "affiliations",
                columns: new[] { "network_id", "person_id", "tenant_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_failed_sign_ins_key",
                schema: "identity",
                table: "failed_sign_ins",
                columns: new[] { "network_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_passkeys_network_id_person_id",
                schema: "identity",
                table: "passkeys",
                columns: new[] { "network_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "ux_passkeys_credential",
                schema: "identity",
                table: "passkeys",
                columns: new[] { "network_id", "credential_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "affiliations",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "data_protection_keys",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "failed_sign_ins",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "passkeys",
                schema: "identity");

            migrationBuilder.AddColumn<int>(
                name: "access_failed_count",
                schema: "identity",
                table: "people",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "lockout_end",
                schema: "identity",
                table: "people",
                type: "datetimeoffset",
                nullable: true);
        }
    }
}
