using NetworkPlatform.Funding.Ledger;

namespace NetworkPlatform.UnitTests.Funding;

public sealed class LedgerTransactionTests
{
    private static readonly Guid FundId = Guid.CreateVersion7();
    private static readonly Guid GroupId = Guid.CreateVersion7();
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly On = new(2026, 2, 28);

    [Fact]
    public void Income_is_available_in_the_fund() =>
        Lines(LedgerTransaction.Income(FundId, Eur(100), At, On, "Lottery fund")).ShouldBe(
        [
            (AccountKind.Available, FundId, null, 100),
            (AccountKind.Income, FundId, null, -100),
        ]);

    [Fact]
    public void An_allocation_moves_available_money_aside_for_the_group() =>
        Lines(LedgerTransaction.Allocation(FundId, GroupId, Eur(40), At, On)).ShouldBe(
        [
            (AccountKind.Allocated, FundId, GroupId, 40),
            (AccountKind.Available, FundId, null, -40),
        ]);

    [Fact]
    public void An_expense_for_no_group_takes_available_money() => Lines(Expense(null, 25, setAside: 0)).ShouldBe(
    [
        (AccountKind.Expense, FundId, null, 25),
        (AccountKind.Available, FundId, null, -25),
    ]);

    [Fact]
    public void An_expense_for_a_group_takes_what_is_set_aside_for_it() => Lines(Expense(GroupId, 25, setAside: 25)).ShouldBe(
    [
        (AccountKind.Expense, FundId, GroupId, 25),
        (AccountKind.Allocated, FundId, GroupId, -25),
    ]);

    [Fact]
    public void An_expense_beyond_what_is_set_aside_takes_the_rest_of_what_is_available() => Lines(Expense(GroupId, 25, setAside: 9.9999m)).ShouldBe(
    [
        (AccountKind.Expense, FundId, GroupId, 25),
        (AccountKind.Allocated, FundId, GroupId, -9.9999m),
        (AccountKind.Available, FundId, null, -15.0001m),
    ]);

    [Fact]
    public void Volunteer_time_is_in_no_fund()
    {
        var signUp = Guid.CreateVersion7();
        var transaction = LedgerTransaction.VolunteerTime(signUp, GroupId, Eur(37), At, On);

        Lines(transaction).ShouldBe([(AccountKind.InKindExpense, null, GroupId, 37), (AccountKind.InKindIncome, null, GroupId, -37)]);
        Figures.Of(transaction.Entries).ShouldBe(default);
        transaction.Reference.ShouldBe(signUp.ToString());
    }

    [Fact]
    public void A_transaction_says_what_it_was_when_and_for_what()
    {
        var expense = LedgerTransaction.Expense(FundId, GroupId, Eur(25), 0, At, On, "Room hire", "Training");

        (expense.Kind, expense.At, expense.OccurredOn, expense.Reference, expense.Purpose).ShouldBe((TransactionKind.Expense, At, On, "Room hire", "Training"));
    }

    [Fact]
    public void Entries_that_do_not_sum_to_zero_are_no_transaction() =>
        Should.Throw<InvalidOperationException>(() => Of((new Account(AccountKind.Available, FundId), Eur(10)), (new Account(AccountKind.Income, FundId), Eur(-9.9999m))));

    [Fact]
    public void Currencies_do_not_make_up_for_one_another() =>
        Should.Throw<InvalidOperationException>(() => Of((new Account(AccountKind.Available, FundId), Eur(10)), (new Account(AccountKind.Income, FundId), new Money(-10, "GBP"))));

    [Fact]
    public void Two_currencies_may_each_sum_to_zero()
    {
        var (available, income) = (new Account(AccountKind.Available, FundId), new Account(AccountKind.Income, FundId));

        Of((available, Eur(10)), (income, Eur(-10)), (available, new Money(8, "GBP")), (income, new Money(-8, "GBP"))).Entries.Count.ShouldBe(4);
    }

    [Fact]
    public void A_part_of_another_currency_cannot_be_taken_away() => Should.Throw<InvalidOperationException>(() => Eur(10) - new Money(1, "GBP"));

    private static LedgerTransaction Of(params (Account Account, Money Money)[] lines) =>
        LedgerTransaction.Of(TransactionKind.Income, At, On, reference: null, purpose: null, lines);

    private static LedgerTransaction Expense(Guid? groupId, decimal amount, decimal setAside) =>
        LedgerTransaction.Expense(FundId, groupId, Eur(amount), setAside, At, On, "Room hire", purpose: null);

    private static Money Eur(decimal amount) => new(amount, "EUR");

    private static IEnumerable<(AccountKind Account, Guid? FundId, Guid? GroupId, decimal Amount)> Lines(LedgerTransaction transaction) =>
        transaction.Entries.Select(e => (e.Account, e.FundId, e.GroupId, e.Amount));
}
