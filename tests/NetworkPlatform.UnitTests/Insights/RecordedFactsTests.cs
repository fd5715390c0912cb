using NetworkPlatform.Insights.Costs;
using NetworkPlatform.Insights.Periods;
using NetworkPlatform.Insights.Retention;

namespace NetworkPlatform.UnitTests.Insights;

public sealed class RecordedFactsTests
{
    private static readonly LocalCalendar NewYork = new(TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));

    [Fact]
    public void Attendance_is_kept_under_the_sign_up_s_id_in_the_tenant_s_month()
    {
        var completed = new RecordAttendance.Command(
            Guid.CreateVersion7(), Guid.CreateVersion7(), new DateTimeOffset(2026, 6, 1, 1, 30, 0, TimeSpan.Zero), Minutes: 75, IsAttended: true);
        var fact = AttendanceFact.About(completed.SignUpId);

        fact.Apply(completed, NewYork);

        (fact.Id, fact.VolunteerId, fact.StartedAt, fact.Minutes, fact.IsAttended)
            .ShouldBe((completed.SignUpId, completed.VolunteerId, completed.StartedAt, completed.Minutes, completed.IsAttended));
        fact.LocalMonth.ShouldBe(new DateOnly(2026, 5, 1));
    }

    [Fact]
    public void An_expense_is_kept_as_it_was_recorded()
    {
        var recorded = new RecordExpense.Command(Guid.CreateVersion7(), Guid.CreateVersion7(), 12.3456m, "GBP", new DateOnly(2026, 5, 4));
        var fact = ExpenseFact.About(recorded.ExpenseId);

        fact.Apply(recorded);

        (fact.Id, fact.GroupId, fact.Amount, fact.Currency, fact.IncurredOn)
            .ShouldBe((recorded.ExpenseId, recorded.GroupId, recorded.Amount, recorded.Currency, recorded.IncurredOn));
    }
}
