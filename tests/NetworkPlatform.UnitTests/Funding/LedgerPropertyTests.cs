using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Funding.Ledger;

namespace NetworkPlatform.UnitTests.Funding;

/// <summary>Whatever is tried with a fund, in whatever order, against plain arithmetic that knows nothing of a ledger.</summary>
public sealed class LedgerPropertyTests
{
    private static readonly Gen<decimal> Amounts = Gen.OneOf(
        Gen.Choose(1, 50_000).Select(cents => cents / 100m),
        Gen.Choose(1, 5_000_000).Select(parts => parts / 10_000m));

    private static readonly Gen<Operation> Uses = Gen.OneOf(
        from amount in Amounts
        from @group in Gen.Choose(0, 2)
        select new Operation(TransactionKind.Allocation, @group, amount),
        from amount in Amounts
        from @group in Gen.Choose(-1, 2)
        select new Operation(TransactionKind.Expense, @group < 0 ? null : @group, amount));

    private static readonly Gen<Operation> Incomes = Amounts.Select(amount => new Operation(TransactionKind.Income, null, amount * 3));

    private static readonly Gen<List<Operation>> Histories = Gen.OneOf(Incomes, Uses, Uses).ListOf().Select(list => list.ToList());

    [Fact]
    public void Every_transaction_sums_to_zero_in_its_currency() => Check(Histories, history =>
    {
        foreach (var transaction in Played(history).Ledger)
        {
            transaction.Entries.GroupBy(e => e.Currency, StringComparer.Ordinal).All(c => c.Sum(e => e.Amount) == 0).ShouldBeTrue();
            transaction.Entries.All(e => e.Amount != 0 && e.TransactionId == transaction.Id).ShouldBeTrue();
            transaction.Entries.Count.ShouldBeInRange(2, 3);
        }
    });

    [Fact]
    public void The_figures_are_the_fold_of_the_entries_and_what_plain_arithmetic_says() => Check(Histories, history =>
    {
        var book = new Book();
        var plain = new PlainFund();
        foreach (var operation in history)
        {
            book.Try(operation).ShouldBe(plain.Try(operation), operation.ToString());

            book.Standing.ShouldBe(book.Fold, operation.ToString());
            book.Fold.ShouldBe(new Figures(plain.Available + plain.SetAside.Sum(), plain.SetAside.Sum(), plain.Spent), operation.ToString());
            Enumerable.Range(0, 3).Select(book.SetAside).ShouldBe(plain.SetAside, operation.ToString());
        }
    });

    [Fact]
    public void A_fund_is_never_overspent() => Check(Histories, history =>
    {
        var book = new Book();
        foreach (var operation in history)
        {
            book.Try(operation);

            book.Standing.Allocated.ShouldBeGreaterThanOrEqualTo(0);
            book.Standing.Allocated.ShouldBeLessThanOrEqualTo(book.Standing.Balance);
            Enumerable.Range(0, 3).All(g => book.SetAside(g) >= 0).ShouldBeTrue();
        }
    });

    [Fact]
    public void No_money_appears_or_vanishes() => Check(Histories, history =>
    {
        var book = Played(history);
        var received = -book.Ledger.SelectMany(t => t.Entries).Where(e => e.Account == AccountKind.Income).Sum(e => e.Amount);

        received.ShouldBe(history.Where(o => o.Kind == TransactionKind.Income).Sum(o => o.Amount));
        (book.Standing.Balance + book.Standing.Spent).ShouldBe(received);
    });

    [Fact]
    public void The_ledger_adds_up_to_the_same_in_any_order() => Check(Shuffled(Histories), test =>
    {
        var entries = Played(test.History).Ledger.SelectMany(t => t.Entries).ToList();
        var keyed = entries.Zip(Enumerable.Range(0, entries.Count).Select(i => test.Keys[i % test.Keys.Count]));

        Figures.Of(keyed.OrderBy(e => e.Second).Select(e => e.First)).ShouldBe(Figures.Of(entries));
    });

    /// <summary>What is set aside is another matter: money spent before it is set aside leaves the allocation whole.</summary>
    [Fact]
    public void Where_there_is_enough_for_all_the_order_matters_to_neither_balance_nor_spent() => Check(Shuffled(Uses.ListOf().Select(l => l.ToList())), test =>
    {
        var income = new Operation(TransactionKind.Income, null, 1 + test.History.Sum(o => o.Amount));
        var shuffled = test.History.Zip(Enumerable.Range(0, test.History.Count).Select(i => test.Keys[i % test.Keys.Count])).OrderBy(o => o.Second).Select(o => o.First);

        var one = Played([income, .. test.History]);
        var other = Played([income, .. shuffled]);

        one.Ledger.Count.ShouldBe(test.History.Count + 1);
        (other.Standing.Balance, other.Standing.Spent).ShouldBe((one.Standing.Balance, one.Standing.Spent));
    });

    private static Book Played(List<Operation> history)
    {
        var book = new Book();
        history.ForEach(operation => book.Try(operation));
        return book;
    }

    private static Gen<Shuffling> Shuffled(Gen<List<Operation>> histories) =>
        from history in histories
        from keys in Gen.Choose(0, 1000).ListOf(30)
        select new Shuffling(history, [.. keys]);

    private static void Check<T>(Gen<T> cases, Action<T> body) => Prop.ForAll(Arb.From(cases), body).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private sealed record Shuffling(List<Operation> History, List<int> Keys)
    {
        public override string ToString() => $"{string.Join(", ", History)} by {string.Join(' ', Keys)}";
    }

    private sealed class PlainFund
    {
        internal decimal Available { get; private set; }

        internal decimal[] SetAside { get; } = new decimal[3];

        internal decimal Spent { get; private set; }

        internal bool Try(Operation operation)
        {
            var amount = operation.Amount;
            switch (operation)
            {
                case { Kind: TransactionKind.Income }:
                    Available += amount;
                    return true;
                case { Kind: TransactionKind.Allocation, Group: { } to }:
                    if (amount > Available)
                    {
                        return false;
                    }

                    Available -= amount;
                    SetAside[to] += amount;
                    return true;
                case { Group: { } of } when amount <= SetAside[of]:
                    SetAside[of] -= amount;
                    Spent += amount;
                    return true;
                default:
                    var own = operation.Group is { } g ? SetAside[g] : 0;
                    if (amount > own + Available)
                    {
                        return false;
                    }

                    Available -= amount - own;
                    Spent += amount;
                    if (operation.Group is { } emptied)
                    {
                        SetAside[emptied] = 0;
                    }

                    return true;
            }
        }
    }
}
