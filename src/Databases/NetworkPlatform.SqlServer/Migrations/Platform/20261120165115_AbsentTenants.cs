using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Platform
{
    /// <inheritdoc />
    public partial class AbsentTenants : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "absent_tenants",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_absent_tenants", x => x.id);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "absent_tenants",
                schema: "platform");
        }
    }
}
