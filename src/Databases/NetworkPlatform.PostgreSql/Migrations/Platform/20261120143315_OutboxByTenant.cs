using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.PostgreSql.Migrations.Platform
{
    /// <inheritdoc />
    public partial class OutboxByTenant : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_outbox_messages_due_at",
                schema: "platform",
                table: "outbox_messages");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_messages_tenant_id_due_at",
                schema: "platform",
                table: "outbox_messages",
                columns: new[] { "tenant_id", "due_at" },
                filter: "dead_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_outbox_messages_tenant_id_due_at",
                schema: "platform",
                table: "outbox_messages");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_messages_due_at",
                schema: "platform",
                table: "outbox_messages",
                column: "due_at",
                filter: "dead_at IS NULL");
        }
    }
}
