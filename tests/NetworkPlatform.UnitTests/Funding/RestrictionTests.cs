using NetworkPlatform.Funding.Funds;

namespace NetworkPlatform.UnitTests.Funding;

public sealed class RestrictionTests
{
    private static readonly Guid Chapter = Guid.CreateVersion7();
    private static readonly Guid OtherChapter = Guid.CreateVersion7();
    private static readonly DateOnly Today = new(2026, 6, 15);

    [Fact]
    public void An_unrestricted_fund_pays_for_anything() => Restriction.None.ViolatedByExpense(null, null, Today).ShouldBeNull();

    [Theory]
    [InlineData("Training", true)]
    [InlineData(" training ", true)]
    [InlineData("Rent", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_purpose_must_be_named(string? purpose, bool allowed) =>
        Violated(new Restriction(RestrictionKind.Purpose, Purpose: "Training").ViolatedByExpense(purpose, Chapter, Today))
            .ShouldBe(allowed ? [] : [RestrictionKind.Purpose]);

    [Fact]
    public void A_chapters_fund_pays_only_for_groups_of_that_chapter()
    {
        var restriction = new Restriction(RestrictionKind.Chapter, ChapterId: Chapter);

        Violated(restriction.ViolatedByExpense(null, Chapter, Today)).ShouldBeEmpty();
        Violated(restriction.ViolatedByExpense(null, OtherChapter, Today)).ShouldBe([RestrictionKind.Chapter]);
        Violated(restriction.ViolatedByExpense(null, null, Today)).ShouldBe([RestrictionKind.Chapter]);
        Violated(restriction.ViolatedByAllocation(Chapter, Today)).ShouldBeEmpty();
        Violated(restriction.ViolatedByAllocation(OtherChapter, Today)).ShouldBe([RestrictionKind.Chapter]);
    }

    [Theory]
    [InlineData("2026-01-01", "2026-12-31", true)]
    [InlineData("2026-06-15", "2026-06-15", true)]
    [InlineData("2026-06-16", null, false)]
    [InlineData(null, "2026-06-14", false)]
    [InlineData(null, "2026-06-15", true)]
    [InlineData("2026-06-15", null, true)]
    public void An_expense_must_be_incurred_in_the_period_both_ends_included(string? from, string? to, bool allowed) =>
        Violated(Period(from, to).ViolatedByExpense(null, null, Today)).ShouldBe(allowed ? [] : [RestrictionKind.Period]);

    [Theory]
    [InlineData("2027-01-01", "2027-12-31", true)]
    [InlineData(null, "2026-06-15", true)]
    [InlineData(null, "2026-06-14", false)]
    public void Money_may_be_set_aside_ahead_of_the_period_but_not_after_it(string? from, string? to, bool allowed) =>
        Violated(Period(from, to).ViolatedByAllocation(Chapter, Today)).ShouldBe(allowed ? [] : [RestrictionKind.Period]);

    [Fact]
    public void The_purpose_of_an_allocation_is_only_known_when_it_is_spent() =>
        new Restriction(RestrictionKind.Purpose, Purpose: "Training").ViolatedByAllocation(Chapter, Today).ShouldBeNull();

    [Fact]
    public void Everything_given_restricts_and_all_that_is_violated_is_named()
    {
        var restriction = new Restriction(RestrictionKind.Purpose, "Training", Chapter, new DateOnly(2026, 1, 1), new DateOnly(2026, 3, 31));

        var violated = restriction.ViolatedByExpense("Rent", OtherChapter, Today).ShouldNotBeNull();

        violated.Violated.ShouldBe([RestrictionKind.Purpose, RestrictionKind.Chapter, RestrictionKind.Period]);
        violated.Detail.ShouldBe(
            $"This fund may be used only for the purpose 'Training', only for groups of the chapter {Chapter}, only from 2026-01-01 to 2026-03-31.");
        Violated(restriction.ViolatedByExpense("Training", Chapter, Today)).ShouldBe([RestrictionKind.Period]);
        Period(null, "2026-03-31").ViolatedByExpense(null, null, Today)!.Detail.ShouldBe("This fund may be used only from any date to 2026-03-31.");
    }

    [Fact]
    public void A_fund_keeps_its_restriction()
    {
        var restriction = new Restriction(RestrictionKind.Period, "Training", Chapter, new DateOnly(2026, 1, 1), new DateOnly(2026, 3, 31));

        Fund.Of("General", "EUR", restriction).ToRestriction().ShouldBe(restriction);
    }

    [Fact]
    public void The_kind_says_which_field_must_be_given()
    {
        Wrong(new Restriction(RestrictionKind.Purpose, ChapterId: Chapter)).ShouldBe(["Purpose"]);
        Wrong(new Restriction(RestrictionKind.Chapter, Purpose: "Training")).ShouldBe(["ChapterId"]);
        Wrong(new Restriction(RestrictionKind.Period, Purpose: "Training")).ShouldBe(["From"]);
    }

    [Fact]
    public void What_is_given_must_make_sense()
    {
        Wrong(Restriction.None).ShouldBeEmpty();
        Wrong(new Restriction(RestrictionKind.Unrestricted, Purpose: "Training")).ShouldBe(["Kind"]);
        Wrong(new Restriction(RestrictionKind.Chapter, Purpose: " ", ChapterId: Chapter)).ShouldBe(["Purpose"]);
        Wrong(new Restriction(RestrictionKind.Purpose, Purpose: new string('x', 201))).ShouldBe(["Purpose"]);
        Wrong(Period("2026-02-01", "2026-01-31")).ShouldBe(["To"]);
        Wrong(Period("2026-02-01", "2026-02-01")).ShouldBeEmpty();
        Wrong(Period(null, "2026-02-01")).ShouldBeEmpty();
    }

    private static Restriction Period(string? from, string? to) => new(RestrictionKind.Period, From: Date(from), To: Date(to));

    private static DateOnly? Date(string? text) => text is null ? null : DateOnly.ParseExact(text, "O", null);

    private static IReadOnlyList<RestrictionKind> Violated(RestrictionViolated? violated) => violated?.Violated ?? [];

    private static IEnumerable<string> Wrong(Restriction restriction) =>
        new Restriction.Validator().Validate(restriction).Errors.Select(e => e.PropertyName).Distinct(StringComparer.Ordinal);
}
