using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Identity.Privacy;

/// <summary>That somebody's data is to be erased: asked for, then confirmed. Stays as the proof of it, with ids only.</summary>
[Pseudonymous("says that somebody was erased, and so must outlive them: by ids that nobody can tell any more")]
internal sealed class Erasure : Entity
{
    internal static readonly TimeSpan ToConfirm = TimeSpan.FromHours(24);

    public Guid? PersonId { get; init; }

    /// <summary>Every id that stands for them in this tenant.</summary>
    public required Guid[] SubjectIds { get; set; }

    /// <summary>They leave every tenant of the network, by their own wish.</summary>
    public bool Everywhere { get; init; }

    /// <summary>A token's subject.</summary>
    public required string RequestedBy { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public string? ConfirmedBy { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    internal DateTimeOffset ConfirmBefore => RequestedAt + ToConfirm;

    internal void Confirm(string by, DateTimeOffset now) => (ConfirmedBy, ConfirmedAt) = (by, now);

    internal PersonErased ToEvent() => new(Id, SubjectIds, Everywhere);

    /// <summary>One that was confirmed elsewhere, or before a restore.</summary>
    internal static Erasure Confirmed(Guid id, Guid? personId, IEnumerable<Guid> ids, string by, DateTimeOffset at)
    {
        var erasure = new Erasure { Id = id, PersonId = personId, SubjectIds = [.. ids], RequestedBy = by, RequestedAt = at };
        erasure.Confirm(by, at);
        return erasure;
    }
}

/// <summary>What is held on somebody must be kept for now, whoever asks to have it erased.</summary>
[Pseudonymous("says only that a person's or a volunteer's data must stay")]
internal sealed class LegalHold : Entity
{
    internal const int ReasonLength = 500;

    /// <summary>A person's or a volunteer's id.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>Such as the case's number.</summary>
    public required string Reason { get; init; }

    public required string PlacedBy { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public DateTimeOffset? LiftedAt { get; set; }
}

internal sealed record SubjectNotFound() : NotFound("There is no such person or volunteer here.");

internal sealed record ErasureNotFound() : NotFound("There is no such request for erasure.");

internal sealed record ErasureLapsed(DateTimeOffset ConfirmBefore) : Conflict("The request was not confirmed in time. Make a new one.");

internal sealed record AlreadyConfirmed() : Conflict("The erasure is confirmed already and under way.");

internal sealed record LegalHoldStands() : Conflict("A legal hold stands, so nothing may be erased before it is lifted.");

internal sealed record OnlyAdministrator(IReadOnlyList<string> Tenants) : Conflict("Somebody must remain who administers each of these tenants. Make another member tenant-admin there first.");

internal sealed record LegalHoldNotFound() : NotFound("There is no such legal hold.");
