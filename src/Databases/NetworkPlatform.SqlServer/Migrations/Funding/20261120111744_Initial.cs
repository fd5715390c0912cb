using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Funding
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "funding");

            migrationBuilder.CreateTable(
                name: "funds",
                schema: "funding",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false),
                    restriction_kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    purpose = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    chapter_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: true),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    balance = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: false),
                    allocated = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: false),
                    spent = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_funds", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_funds_figures", "allocated >= 0 AND allocated <= balance");
                });

            migrationBuilder.CreateTable(
                name: "ledger_transactions",
                schema: "funding",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    occurred_on = table.Column<DateOnly>(type: "date", nullable: false),
                    reference = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    purpose = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_transactions", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "allocations",
                schema: "funding",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    fund_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    group_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    remaining = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_allocations", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_allocations_remaining", "remaining >= 0");
                    table.ForeignKey(
                        name: "FK_allocations_funds_tenant_id_fund_id",
                        columns: x => new { x.tenant_id, x.fund_id },
                        principalSchema: "funding",
                        principalTable: "funds",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ledger_entries",
                schema: "funding",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    transaction_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    account = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    fund_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    group_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    amount = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_entries", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "FK_ledger_entries_funds_tenant_id_fund_id",
                        columns: x => new { x.tenant_id, x.fund_id },
                        principalSchema: "funding",
                        principalTable: "funds",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ledger_entries_ledger_transactions_tenant_id_transaction_id",
                        columns: x => new { x.tenant_id, x.transaction_id },
                        principalSchema: "funding",
                        principalTable: "ledger_transactions",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "volunteer_times",
                schema: "funding",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    sign_up_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    minutes = table.Column<int>(type: "int", nullable: false),
                    worked_on = table.Column<DateOnly>(type: "date", nullable: false),
                    transaction_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_volunteer_times", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "FK_volunteer_times_ledger_transactions_tenant_id_transaction_id",
                        columns: x => new { x.tenant_id, x.transaction_id },
                        principalSchema: "funding",
                        principalTable: "ledger_transactions",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ux_allocations_group",
                schema: "funding",
                table: "allocations",
                columns: new[] { "tenant_id", "fund_id", "group_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_funds_name",
                schema: "funding",
                table: "funds",
                columns: new[] { "tenant_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ledger_entries_tenant_id_fund_id_id",
                schema: "funding",
                table: "ledger_entries",
                columns: new[] { "tenant_id", "fund_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_ledger_entries_tenant_id_transaction_id",
                schema: "funding",
                table: "ledger_entries",
                columns: new[] { "tenant_id", "transaction_id" });

            migrationBuilder.CreateIndex(
                name: "IX_volunteer_times_tenant_id_worked_on",
                schema: "funding",
                table: "volunteer_times",
                columns: new[] { "tenant_id", "worked_on" });

            migrationBuilder.CreateIndex(
                name: "ux_volunteer_times_sign_up",
                schema: "funding",
                table: "volunteer_times",
                columns: new[] { "tenant_id", "sign_up_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_volunteer_times_transaction",
                schema: "funding",
                table: "volunteer_times",
                columns: new[] { "tenant_id", "transaction_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "allocations",
                schema: "funding");

            migrationBuilder.DropTable(
                name: "ledger_entries",
                schema: "funding");

            migrationBuilder.DropTable(
                name: "volunteer_times",
                schema: "funding");

            migrationBuilder.DropTable(
                name: "funds",
                schema: "funding");

            migrationBuilder.DropTable(
                name: "ledger_transactions",
                schema: "funding");
        }
    }
}
