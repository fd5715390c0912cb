namespace NetworkPlatform.Funding.Contracts;

/// <summary>Money of a fund was set aside for a group.</summary>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record FundsAllocated(Guid FundId, Guid GroupId, decimal Amount, string Currency);

/// <summary>Money of a fund was spent.</summary>
/// <param name="GroupId">The group that it was spent for; null for the tenant as a whole.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="IncurredOn">Local date of the expense.</param>
public sealed record ExpenseRecorded(Guid ExpenseId, Guid FundId, Guid? GroupId, decimal Amount, string Currency, DateOnly IncurredOn);
