using NetworkPlatform.Platform.Pipeline;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Privacy;

/// <summary>Whom an export or an erasure is about, within the current tenant.</summary>
/// <param name="Ids">Every id that stands for them: the person's, and those of their volunteers.</param>
/// <param name="Emails">Addresses that are proved to be theirs: several where accounts were merged into one.</param>
/// <param name="IsAsking">Whether it is they themselves who ask.</param>
public sealed record DataSubject(IReadOnlyCollection<Guid> Ids, IReadOnlyCollection<string> Emails, bool IsAsking);

/// <summary>An erasure that was confirmed.</summary>
/// <param name="Ids">Every id that stands for the person in the current tenant.</param>
/// <param name="Everywhere">They have left every tenant of the network, not this one alone.</param>
public sealed record ErasureOrder(Guid ErasureId, IReadOnlyCollection<Guid> Ids, bool Everywhere);

/// <summary>What a module holds on people. Each module that has rows about people implements it once.</summary>
public interface IPersonalData
{
    /// <summary>Those ids of the subject that the module has rows of, and those that it alone knows.</summary>
    Task<IReadOnlyCollection<Guid>> FindIds(DataSubject subject, CancellationToken cancellationToken);

    /// <summary>All that the module holds on them, by kind of record.</summary>
    Task<IReadOnlyDictionary<string, object>> Export(DataSubject subject, CancellationToken cancellationToken);

    /// <summary>Whether one of these ids has come to be somebody's in the tenant anew after that moment: then a database that says so holds what was done at that moment, too.</summary>
    Task<bool> HaveReturned(IReadOnlyCollection<Guid> ids, DateTimeOffset since, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>The module's own command that erases them. Safe to carry out again.</summary>
    ICommand<Done> Erasure(ErasureOrder order);
}
