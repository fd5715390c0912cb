using NetworkPlatform.Insights.Burnout;
using NetworkPlatform.Insights.Costs;
using NetworkPlatform.Insights.Coverage;
using NetworkPlatform.Insights.Retention;
using NetworkPlatform.Insights.Sessions;

namespace NetworkPlatform.Insights;

internal sealed class InsightsDbContext(DbContextOptions<InsightsDbContext> options) : ModuleDbContext(options)
{
    internal DbSet<SessionFact> Sessions => Set<SessionFact>();

    internal DbSet<ShiftFact> Shifts => Set<ShiftFact>();

    internal DbSet<SignUpFact> SignUps => Set<SignUpFact>();

    internal DbSet<AttendanceFact> Attendance => Set<AttendanceFact>();

    internal DbSet<CheckInCount> CheckIns => Set<CheckInCount>();

    internal DbSet<ExpenseFact> Expenses => Set<ExpenseFact>();

    protected override string Schema => "insights";

    protected override void Map(ModelBuilder model)
    {
        model.Entity<SessionFact>(b =>
        {
            b.ToTable("session_facts");
            b.HasIndex(s => new { s.TenantId, s.StartsAt });
        });
        model.Entity<ShiftFact>(b =>
        {
            b.ToTable("shift_facts");
            b.HasIndex(s => new { s.TenantId, s.SessionId });
        });
        model.Entity<SignUpFact>(b =>
        {
            b.ToTable("sign_up_facts");
            b.HasIndex(s => new { s.TenantId, s.ShiftId });
        });
        model.Entity<AttendanceFact>(b =>
        {
            b.ToTable("attendance_facts");
            b.HasIndex(a => new { a.TenantId, a.StartedAt });
            b.HasIndex(a => new { a.TenantId, a.VolunteerId, a.LocalMonth });
        });
        model.Entity<CheckInCount>(b => b.ToTable("check_in_counts"));
        model.Entity<ExpenseFact>(b =>
        {
            b.ToTable("expense_facts");
            b.Property(e => e.Currency).HasMaxLength(3);
            b.HasIndex(e => new { e.TenantId, e.IncurredOn });
        });
    }
}
