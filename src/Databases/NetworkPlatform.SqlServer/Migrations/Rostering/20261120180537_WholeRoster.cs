using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Rostering
{
    /// <inheritdoc />
    public partial class WholeRoster : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_shifts_session_role",
                schema: "rostering",
                table: "shifts");

            migrationBuilder.AddColumn<Guid>(
                name: "account_id",
                schema: "rostering",
                table: "volunteers",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "chapters",
                schema: "rostering",
                table: "volunteers",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<bool>(
                name: "counted_here_only",
                schema: "rostering",
                table: "volunteers",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "max_shifts_per_week",
                schema: "rostering",
                table: "volunteers",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "note",
                schema: "rostering",
                table: "volunteers",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "phone",
                schema: "rostering",
                table: "volunteers",
                type: "nvarchar(30)",
                maxLength: 30,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "qualifications",
                schema: "rostering",
                table: "volunteers",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "{\"All\":[]}");

            migrationBuilder.AddColumn<string>(
                name: "roles",
                schema: "rostering",
                table: "volunteers",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<int>(
                name: "sessions_attended",
                schema: "rostering",
                table: "volunteers",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "time_zone",
                schema: "rostering",
                table: "volunteers",
                type: "nvarchar(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "checked_in_at",
                schema: "rostering",
                table: "sign_ups",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "debriefed_at",
                schema: "rostering",
                table: "sign_ups",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "experienced",
                schema: "rostering",
                table: "sign_ups",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "offered_until",
                schema: "rostering",
                table: "sign_ups",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "overridden_rules",
                schema: "rostering",
                table: "sign_ups",
                type: "nvarchar(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "override_note",
                schema: "rostering",
                table: "sign_ups",
                type: "nvarchar(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "override_reason",
                schema: "rostering",
                table: "sign_ups",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "policy_version",
                schema: "rostering",
                table: "sign_ups",
                type: "nvarchar(24)",
                maxLength: 24,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "standing_id",
                schema: "rostering",
                table: "sign_ups",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AlterColumn<Guid>(
                name: "session_id",
                schema: "rostering",
                table: "shifts",
                type: "uniqueidentifier",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uniqueidentifier");

            migrationBuilder.AlterColumn<Guid>(
                name: "group_id",
                schema: "rostering",
                table: "shifts",
                type: "uniqueidentifier",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uniqueidentifier");

            migrationBuilder.AddColumn<int>(
                name: "experienced",
                schema: "rostering",
                table: "shifts",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "terms",
                schema: "rostering",
                table: "shifts",
                type: "nvarchar(max)",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "debrief",
                schema: "rostering",
                table: "commitments",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "no");

            migrationBuilder.AddColumn<string>(
                name: "kind",
                schema: "rostering",
                table: "commitments",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "session");

            migrationBuilder.CreateTable(
                name: "availabilities",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    volunteer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    pattern = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
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
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    volunteer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    token_hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
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
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    volunteer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    account_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    encrypted_answers = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
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
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    email = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: false),
                    language = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
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
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    volunteer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    given = table.Column<bool>(type: "bit", nullable: false),
                    wording = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    evidence = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    by = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
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
                name: "network_policies",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    network_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    umbrella = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    number = table.Column<int>(type: "int", nullable: false),
                    layer = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_network_policies", x => new { x.network_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "notification_preferences",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    volunteer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    opted_out = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    daily_digest = table.Column<bool>(type: "bit", nullable: false),
                    digest_at = table.Column<TimeOnly>(type: "time", nullable: false),
                    quiet_from = table.Column<TimeOnly>(type: "time", nullable: true),
                    quiet_until = table.Column<TimeOnly>(type: "time", nullable: true),
                    reminder_hours = table.Column<int>(type: "int", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
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
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    recipient_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    cause = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    shift_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    sign_up_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    in_digest = table.Column<bool>(type: "bit", nullable: false),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
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
                name: "policies",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    number = table.Column<int>(type: "int", nullable: false),
                    layer = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policies", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "role_terms",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    role = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    terms = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_role_terms", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "standing_sign_ups",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    volunteer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    group_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    role = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    start_time = table.Column<TimeOnly>(type: "time", nullable: false),
                    every_weeks = table.Column<int>(type: "int", nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: true),
                    except = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_standing_sign_ups", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "FK_standing_sign_ups_volunteers_tenant_id_volunteer_id",
                        columns: x => new { x.tenant_id, x.volunteer_id },
                        principalSchema: "rostering",
                        principalTable: "volunteers",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "support_offers",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    text = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_support_offers", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "swaps",
                schema: "rostering",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    sign_up_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    shift_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    from_volunteer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    to_volunteer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    in_return_sign_up_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    in_return_shift_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_swaps", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "FK_swaps_sign_ups_tenant_id_sign_up_id",
                        columns: x => new { x.tenant_id, x.sign_up_id },
                        principalSchema: "rostering",
                        principalTable: "sign_ups",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ux_volunteers_account",
                schema: "rostering",
                table: "volunteers",
                columns: new[] { "tenant_id", "account_id" },
                unique: true,
                filter: "[account_id] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_sign_ups_tenant_id_standing_id",
                schema: "rostering",
                table: "sign_ups",
                columns: new[] { "tenant_id", "standing_id" },
                filter: "standing_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_shifts_tenant_id_group_id_starts_at",
                schema: "rostering",
                table: "shifts",
                columns: new[] { "tenant_id", "group_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ux_shifts_session_role",
                schema: "rostering",
                table: "shifts",
                columns: new[] { "tenant_id", "session_id", "role" },
                unique: true,
                filter: "[session_id] IS NOT NULL");

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
                name: "ux_network_policies_number",
                schema: "rostering",
                table: "network_policies",
                columns: new[] { "network_id", "number" },
                unique: true);

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
                name: "ux_policies_number",
                schema: "rostering",
                table: "policies",
                columns: new[] { "tenant_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_role_terms_role",
                schema: "rostering",
                table: "role_terms",
                columns: new[] { "tenant_id", "role" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_standing_sign_ups_tenant_id_group_id_role",
                schema: "rostering",
                table: "standing_sign_ups",
                columns: new[] { "tenant_id", "group_id", "role" });

            migrationBuilder.CreateIndex(
                name: "IX_standing_sign_ups_tenant_id_volunteer_id",
                schema: "rostering",
                table: "standing_sign_ups",
                columns: new[] { "tenant_id", "volunteer_id" });

            migrationBuilder.CreateIndex(
                name: "ux_support_offers_tenant",
                schema: "rostering",
                table: "support_offers",
                column: "tenant_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_swaps_tenant_id_in_return_sign_up_id",
                schema: "rostering",
                table: "swaps",
                columns: new[] { "tenant_id", "in_return_sign_up_id" },
                filter: "status = 'pending'");

            migrationBuilder.CreateIndex(
                name: "ux_swaps_pending",
                schema: "rostering",
                table: "swaps",
                columns: new[] { "tenant_id", "sign_up_id" },
                unique: true,
                filter: "status = 'pending'");
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
                name: "network_policies",
                schema: "rostering");

            migrationBuilder.DropTable(
                name: "notification_preferences",
                schema: "rostering");

            migrationBuilder.DropTable(
                name: "notifications",
                schema: "rostering");

            migrationBuilder.DropTable(
                name: "policies",
                schema: "rostering");

            migrationBuilder.DropTable(
                name: "role_terms",
                schema: "rostering");

            migrationBuilder.DropTable(
                name: "standing_sign_ups",
                schema: "rostering");

            migrationBuilder.DropTable(
                name: "support_offers",
                schema: "rostering");

            migrationBuilder.DropTable(
                name: "swaps",
                schema: "rostering");

            migrationBuilder.DropIndex(
                name: "ux_volunteers_account",
                schema: "rostering",
                table: "volunteers");

            migrationBuilder.DropIndex(
                name: "IX_sign_ups_tenant_id_standing_id",
                schema: "rostering",
                table: "sign_ups");

            migrationBuilder.DropIndex(
                name: "IX_shifts_tenant_id_group_id_starts_at",
                schema: "rostering",
                table: "shifts");

            migrationBuilder.DropIndex(
                name: "ux_shifts_session_role",
                schema: "rostering",
                table: "shifts");

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
                name: "qualifications",
                schema: "rostering",
                table: "volunteers");

            migrationBuilder.DropColumn(
                name: "roles",
                schema: "rostering",
                table: "volunteers");

            migrationBuilder.DropColumn(
                name: "sessions_attended",
                schema: "rostering",
                table: "volunteers");

            migrationBuilder.DropColumn(
                name: "time_zone",
                schema: "rostering",
                table: "volunteers");

            migrationBuilder.DropColumn(
                name: "checked_in_at",
                schema: "rostering",
                table: "sign_ups");

            migrationBuilder.DropColumn(
                name: "debriefed_at",
                schema: "rostering",
                table: "sign_ups");

            migrationBuilder.DropColumn(
                name: "experienced",
                schema: "rostering",
                table: "sign_ups");

            migrationBuilder.DropColumn(
                name: "offered_until",
                schema: "rostering",
                table: "sign_ups");

            migrationBuilder.DropColumn(
                name: "overridden_rules",
                schema: "rostering",
                table: "sign_ups");

            migrationBuilder.DropColumn(
                name: "override_note",
                schema: "rostering",
                table: "sign_ups");

            migrationBuilder.DropColumn(
                name: "override_reason",
                schema: "rostering",
                table: "sign_ups");

            migrationBuilder.DropColumn(
                name: "policy_version",
                schema: "rostering",
                table: "sign_ups");

            migrationBuilder.DropColumn(
                name: "standing_id",
                schema: "rostering",
                table: "sign_ups");

            migrationBuilder.DropColumn(
                name: "experienced",
                schema: "rostering",
                table: "shifts");

            migrationBuilder.DropColumn(
                name: "terms",
                schema: "rostering",
                table: "shifts");

            migrationBuilder.DropColumn(
                name: "debrief",
                schema: "rostering",
                table: "commitments");

            migrationBuilder.DropColumn(
                name: "kind",
                schema: "rostering",
                table: "commitments");

            migrationBuilder.AlterColumn<Guid>(
                name: "session_id",
                schema: "rostering",
                table: "shifts",
                type: "uniqueidentifier",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uniqueidentifier",
                oldNullable: true);

            migrationBuilder.AlterColumn<Guid>(
                name: "group_id",
                schema: "rostering",
                table: "shifts",
                type: "uniqueidentifier",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uniqueidentifier",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "ux_shifts_session_role",
                schema: "rostering",
                table: "shifts",
                columns: new[] { "tenant_id", "session_id", "role" },
                unique: true);
        }
    }
}
