using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Identity
{
    /// <inheritdoc />
    public partial class TokenService : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_signing_keys",
                schema: "identity",
                table: "signing_keys");

            migrationBuilder.DropColumn(
                name: "key_id",
                schema: "identity",
                table: "signing_keys");

            migrationBuilder.DropColumn(
                name: "x",
                schema: "identity",
                table: "signing_keys");

            migrationBuilder.DropColumn(
                name: "y",
                schema: "identity",
                table: "signing_keys");

            migrationBuilder.AddColumn<string>(
                name: "algorithm",
                schema: "identity",
                table: "signing_keys",
                type: "nvarchar(10)",
                maxLength: 10,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "active_from",
                schema: "identity",
                table: "signing_keys",
                type: "datetimeoffset",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AlterColumn<byte[]>(
                name: "secret_hash",
                schema: "identity",
                table: "api_clients",
                type: "varbinary(32)",
                maxLength: 32,
                nullable: true,
                oldClrType: typeof(byte[]),
                oldType: "varbinary(32)",
                oldMaxLength: 32);

            migrationBuilder.AddColumn<string>(
                name: "back_channel_logout_uri",
                schema: "identity",
                table: "api_clients",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "id_token_algorithm",
                schema: "identity",
                table: "api_clients",
                type: "nvarchar(10)",
                maxLength: 10,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "key_set",
                schema: "identity",
                table: "api_clients",
                type: "nvarchar(max)",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                schema: "identity",
                table: "api_clients",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "machine");

            migrationBuilder.AddColumn<string>(
                name: "post_logout_redirect_uris",
                schema: "identity",
                table: "api_clients",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "previous_secret_ends_at",
                schema: "identity",
                table: "api_clients",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "previous_secret_hash",
                schema: "identity",
                table: "api_clients",
                type: "varbinary(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "redirect_uris",
                schema: "identity",
                table: "api_clients",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<bool>(
                name: "require_consent",
                schema: "identity",
                table: "api_clients",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "require_pushed_authorization",
                schema: "identity",
                table: "api_clients",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "scopes",
                schema: "identity",
                table: "api_clients",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddPrimaryKey(
                name: "PK_signing_keys",
                schema: "identity",
                table: "signing_keys",
                columns: new[] { "algorithm", "generation" });

            migrationBuilder.CreateTable(
                name: "consents",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    person_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    client_id = table.Column<string>(type: "nvarchar(65)", maxLength: 65, nullable: false),
                    scopes = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    given_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_consents", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "grants",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    client_id = table.Column<string>(type: "nvarchar(65)", maxLength: 65, nullable: false),
                    person_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    security_stamp = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    scopes = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    authenticated_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    methods = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    ended_because = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_grants", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "logout_notices",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    network_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    person_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    client_id = table.Column<string>(type: "nvarchar(65)", maxLength: 65, nullable: false),
                    address = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    algorithm = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_logout_notices", x => new { x.network_id, x.id });
                    table.ForeignKey(
                        name: "FK_logout_notices_sign_in_sessions_network_id_session_id",
                        columns: x => new { x.network_id, x.session_id },
                        principalSchema: "identity",
                        principalTable: "sign_in_sessions",
                        principalColumns: new[] { "network_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "pushed_requests",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    client_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    parameters = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    consumed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pushed_requests", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "revoked_tokens",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_revoked_tokens", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "spent_assertions",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_spent_assertions", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "authorization_codes",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    grant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    redirect_uri = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    code_challenge = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false),
                    nonce = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    consumed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_authorization_codes", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "FK_authorization_codes_grants_tenant_id_grant_id",
                        columns: x => new { x.tenant_id, x.grant_id },
                        principalSchema: "identity",
                        principalTable: "grants",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "refresh_tokens",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    grant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    consumed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    successor_salt = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_refresh_tokens", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "FK_refresh_tokens_grants_tenant_id_grant_id",
                        columns: x => new { x.tenant_id, x.grant_id },
                        principalSchema: "identity",
                        principalTable: "grants",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_authorization_codes_tenant_id_grant_id",
                schema: "identity",
                table: "authorization_codes",
                columns: new[] { "tenant_id", "grant_id" });

            migrationBuilder.CreateIndex(
                name: "ux_authorization_codes_hash",
                schema: "identity",
                table: "authorization_codes",
                columns: new[] { "tenant_id", "hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_consents_client",
                schema: "identity",
                table: "consents",
                columns: new[] { "tenant_id", "person_id", "client_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_grants_tenant_id_session_id",
                schema: "identity",
                table: "grants",
                columns: new[] { "tenant_id", "session_id" });

            migrationBuilder.CreateIndex(
                name: "ux_logout_notices_client",
                schema: "identity",
                table: "logout_notices",
                columns: new[] { "network_id", "session_id", "client_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_pushed_requests_hash",
                schema: "identity",
                table: "pushed_requests",
                columns: new[] { "tenant_id", "hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_refresh_tokens_tenant_id_grant_id",
                schema: "identity",
                table: "refresh_tokens",
                columns: new[] { "tenant_id", "grant_id" });

            migrationBuilder.CreateIndex(
                name: "ux_refresh_tokens_hash",
                schema: "identity",
                table: "refresh_tokens",
                columns: new[] { "tenant_id", "hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_spent_assertions_hash",
                schema: "identity",
                table: "spent_assertions",
                columns: new[] { "tenant_id", "hash" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "authorization_codes",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "consents",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "logout_notices",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "pushed_requests",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "refresh_tokens",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "revoked_tokens",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "spent_assertions",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "grants",
                schema: "identity");

            migrationBuilder.DropPrimaryKey(
                name: "PK_signing_keys",
                schema: "identity",
                table: "signing_keys");

            migrationBuilder.DropColumn(
                name: "algorithm",
                schema: "identity",
                table: "signing_keys");

            migrationBuilder.DropColumn(
                name: "active_from",
                schema: "identity",
                table: "signing_keys");

            migrationBuilder.DropColumn(
                name: "back_channel_logout_uri",
                schema: "identity",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "id_token_algorithm",
                schema: "identity",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "key_set",
                schema: "identity",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "kind",
                schema: "identity",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "post_logout_redirect_uris",
                schema: "identity",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "previous_secret_ends_at",
                schema: "identity",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "previous_secret_hash",
                schema: "identity",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "redirect_uris",
                schema: "identity",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "require_consent",
                schema: "identity",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "require_pushed_authorization",
                schema: "identity",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "scopes",
                schema: "identity",
                table: "api_clients");

            migrationBuilder.AddColumn<string>(
                name: "key_id",
                schema: "identity",
                table: "signing_keys",
                type: "nvarchar(60)",
                maxLength: 60,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<byte[]>(
                name: "x",
                schema: "identity",
                table: "signing_keys",
                type: "varbinary(max)",
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.AddColumn<byte[]>(
                name: "y",
                schema: "identity",
                table: "signing_keys",
                type: "varbinary(max)",
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.AlterColumn<byte[]>(
                name: "secret_hash",
                schema: "identity",
                table: "api_clients",
                type: "varbinary(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: new byte[0],
                oldClrType: typeof(byte[]),
                oldType: "varbinary(32)",
                oldMaxLength: 32,
                oldNullable: true);

            migrationBuilder.AddPrimaryKey(
                name: "PK_signing_keys",
                schema: "identity",
                table: "signing_keys",
                column: "generation");
        }
    }
}
