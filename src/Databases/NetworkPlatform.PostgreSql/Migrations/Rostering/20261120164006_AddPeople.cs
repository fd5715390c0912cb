using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.PostgreSql.Migrations.Rostering
{
    /// <inheritdoc />
    public partial class AddPeople : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "account_id",
                schema: "rostering",
                table: "volunteers",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid[]>(
                name: "chapters",
                schema: "rostering",
                table: "volunteers",
                type: "uuid[]",
                nullable: false,
                defaultValue: new Guid[0]);

            migrationBuilder.AddColumn<bool>(
                name: "counted_here_only",
                schema: "rostering",
                table: "volunteers",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "max_shifts_per_week",
                schema: "rostering",
                table: "volunteers",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "note",
                schema: "rostering",
                table: "volunteers",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "phone",
                schema: "rostering",
                table: "volunteers",
                type: "character varying(30)",
                maxLength: 30,
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "roles",
                schema: "rostering",
                table: "volunteers",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.AddColumn<string>(
                name: "time_zone",
                schema: "rostering",
                table: "volunteers",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "availabilities",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    volunteer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    pattern = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_availabilities", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "FK_availabilities_volunteers_tenant_id_volunteer_id",
                        columns: x => new { x.tenant_id, x.volunteer_id },
                        principalSchema: "rostering",
                        principalTable: "volunteers",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "calendar_feeds",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    volunteer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_calendar_feeds", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "FK_calendar_feeds_volunteers_tenant_id_volunteer_id",
                        columns: x => new { x.tenant_id, x.volunteer_id },
                        principalSchema: "rostering",
                        principalTable: "volunteers",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "check_ins",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    volunteer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    encrypted_answers = table.Column<byte[]>(type: "bytea", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_check_ins", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "FK_check_ins_volunteers_tenant_id_volunteer_id",
                        columns: x => new { x.tenant_id, x.volunteer_id },
                        principalSchema: "rostering",
                        principalTable: "volunteers",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "coordinator_addresses",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: true),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    language = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_coordinator_addresses", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "network_consents",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    volunteer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    given = table.Column<bool>(type: "boolean", nullable: false),
                    wording = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    evidence = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_network_consents", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "FK_network_consents_volunteers_tenant_id_volunteer_id",
                        columns: x => new { x.tenant_id, x.volunteer_id },
                        principalSchema: "rostering",
                        principalTable: "volunteers",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "notification_preferences",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    volunteer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    opted_out = table.Column<string[]>(type: "text[]", nullable: false),
                    daily_digest = table.Column<bool>(type: "boolean", nullable: false),
                    digest_at = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    quiet_from = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    quiet_until = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    reminder_hours = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notification_preferences", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "FK_notification_preferences_volunteers_tenant_id_volunteer_id",
                        columns: x => new { x.tenant_id, x.volunteer_id },
                        principalSchema: "rostering",
                        principalTable: "volunteers",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "notifications",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    recipient_id = table.Column<Guid>(type: "uuid", nullable: false),
                    cause = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    shift_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sign_up_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifications", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "FK_notifications_shifts_tenant_id_shift_id",
                        columns: x => new { x.tenant_id, x.shift_id },
                        principalSchema: "rostering",
                        principalTable: "shifts",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "support_offers",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_support_offers", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "ux_volunteers_account",
                schema: "rostering",
                table: "volunteers",
                columns: new[] { "tenant_id", "account_id" },
                unique: true,
                filter: "account_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_availabilities_volunteer",
                schema: "rostering",
                table: "availabilities",
                columns: new[] { "tenant_id", "volunteer_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_calendar_feeds_token",
                schema: "rostering",
                table: "calendar_feeds",
                columns: new[] { "tenant_id", "token_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_calendar_feeds_volunteer",
                schema: "rostering",
                table: "calendar_feeds",
                columns: new[] { "tenant_id", "volunteer_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_check_ins_tenant_id_volunteer_id_id",
                schema: "rostering",
                table: "check_ins",
                columns: new[] { "tenant_id", "volunteer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_network_consents_tenant_id_volunteer_id",
                schema: "rostering",
                table: "network_consents",
                columns: new[] { "tenant_id", "volunteer_id" });

            migrationBuilder.CreateIndex(
                name: "ux_notification_preferences_volunteer",
                schema: "rostering",
                table: "notification_preferences",
                columns: new[] { "tenant_id", "volunteer_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_notifications_tenant_id_shift_id",
                schema: "rostering",
                table: "notifications",
                columns: new[] { "tenant_id", "shift_id" });

            migrationBuilder.CreateIndex(
                name: "ux_notifications_cause",
                schema: "rostering",
                table: "notifications",
                columns: new[] { "tenant_id", "recipient_id", "kind", "cause" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_support_offers_tenant",
                schema: "rostering",
                table: "support_offers",
                column: "tenant_id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "availabilities",
                schema: "rostering");

            migrationBuilder.DropTable(
                name: "calendar_feeds",
                schema: "rostering");

            migrationBuilder.DropTable(
                name: "check_ins",
                schema: "rostering");

            migrationBuilder.DropTable(
                name: "coordinator_addresses",
                schema: "rostering");

            migrationBuilder.DropTable(
                name: "network_consents",
                schema: "rostering");

            migrationBuilder.DropTable(
                name: "notification_preferences",
                schema: "rostering");

            migrationBuilder.DropTable(
                name: "notifications",
                schema: "rostering");

            migrationBuilder.DropTable(
                name: "support_offers",
                schema: "rostering");

            migrationBuilder.DropIndex(
                name: "ux_volunteers_account",
                schema: "rostering",
                table: "volunteers");

            migrationBuilder.DropColumn(
                name: "account_id",
                schema: "rostering",
                table: "volunteers");

            migrationBuilder.DropColumn(
                name: "chapters",
                schema: "rostering",
                table: "volunteers");

            migrationBuilder.DropColumn(
                name: "counted_here_only",
                schema: "rostering",
                table: "volunteers");

            migrationBuilder.DropColumn(
                name: "max_shifts_per_week",
                schema: "rostering",
                table: "volunteers");

            migrationBuilder.DropColumn(
                name: "note",
                schema: "rostering",
                table: "volunteers");

            migrationBuilder.DropColumn(
                name: "phone",
                schema: "rostering",
                table: "volunteers");

            migrationBuilder.DropColumn(
                name: "roles",
                schema: "rostering",
                table: "volunteers");

            migrationBuilder.DropColumn(
                name: "time_zone",
                schema: "rostering",
                table: "volunteers");
        }
    }
}
