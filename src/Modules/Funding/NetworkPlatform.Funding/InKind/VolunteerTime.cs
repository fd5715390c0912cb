namespace NetworkPlatform.Funding.InKind;

/// <summary>Time that a volunteer gave by one sign-up; its value is in the ledger. The volunteer is not kept here.</summary>
[AppendOnly]
internal sealed class VolunteerTime : Entity
{
    public required Guid SignUpId { get; init; }

    public required int Minutes { get; init; }

    /// <summary>Date on which the shift began, in the tenant's time zone.</summary>
    public required DateOnly WorkedOn { get; init; }

    public required Guid TransactionId { get; init; }
}
