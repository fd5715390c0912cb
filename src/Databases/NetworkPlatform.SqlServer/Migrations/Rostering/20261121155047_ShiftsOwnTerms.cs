using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NetworkPlatform.SqlServer.Migrations.Rostering
{
    /// <inheritdoc />
    public partial class ShiftsOwnTerms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "has_own_terms",
                schema: "rostering",
                table: "shifts",
                type: "bit",
                nullable: false,
                defaultValue: false);

            // Until now a role's terms were set on all of its shifts: what differs was given to a shift since.
            migrationBuilder.SqlBehindTheWall(
                "rostering",
                """
                UPDATE rostering.shifts SET has_own_terms = 1 WHERE terms IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM rostering.role_terms r
                    WHERE r.tenant_id = rostering.shifts.tenant_id AND r.role = rostering.shifts.role AND r.terms = rostering.shifts.terms)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "has_own_terms",
                schema: "rostering",
                table: "shifts");
        }
    }
}
