using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Tenancy.Contracts;

namespace NetworkPlatform.Identity.Memberships;

/// <summary>Roles as an administrator grants them, to a person or to a client.</summary>
internal interface IRoleGrant
{
    /// <summary>At least one of the roles that exist.</summary>
    IReadOnlyList<string> Roles { get; }

    /// <summary>Limits the roles to these chapters; only coordinators and viewers can be limited.</summary>
    IReadOnlyList<Guid>? Chapters { get; }

    /// <summary>The roles hold for every tenant below this umbrella, too.</summary>
    bool Below { get; }

    DateTimeOffset? ValidFrom { get; }

    DateTimeOffset? ValidUntil { get; }
}

internal static class LimitedRoles
{
    /// <summary>A row without chapters is limited to none of them: its roles hold for the whole tenant.</summary>
    internal static IReadOnlyList<Guid>? NoneIsNull(this Guid[] chapters) => chapters.Length > 0 ? chapters : null;
}

internal sealed class RoleGrantValidator : AbstractValidator<IRoleGrant>
{
    private static readonly string[] Limitable = [Roles.Coordinator, Roles.Viewer];

    public RoleGrantValidator()
    {
        RuleFor(c => c.Roles)
            .Must(roles => roles is { Count: > 0 } && roles.All(role => Roles.All.Contains(role, StringComparer.Ordinal)))
            .WithMessage($"Must be one or more of {string.Join(", ", Roles.All)}.");
        RuleFor(c => c.Chapters)
            .Must(chapters => chapters is null or { Count: > 0 and <= 100 }).WithMessage("Must be 1 to 100 chapters; leave it out for the whole tenant.")
            .Must((grant, chapters) => chapters is null || (!grant.Below && grant.Roles?.All(role => Limitable.Contains(role, StringComparer.Ordinal)) == true))
            .WithMessage($"Only {string.Join(" and ", Limitable)} can be limited to chapters, and not what reaches below.");
        RuleFor(c => c.ValidUntil).Must((grant, until) => until is null || grant.ValidFrom is null || until > grant.ValidFrom).WithMessage("Must be later than validFrom.");
    }
}

/// <summary>Who may grant what: nobody gives more than an administrator of their kind has.</summary>
internal sealed class GrantingRules(TenantContext current, Caller caller, ITenancyQueries tenancy)
{
    /// <returns>Why the caller may not grant this in the current tenant; null where they may.</returns>
    internal async Task<Error?> Refuse(IRoleGrant grant, CancellationToken cancellationToken)
    {
        var isOfNetwork = current.Tenant.IsUmbrella && caller.Has(Roles.NetworkAdmin);
        if (grant.Roles.Contains(Roles.NetworkAdmin, StringComparer.Ordinal) && !isOfNetwork)
        {
            return new RoleNotYoursToGrant(Roles.NetworkAdmin);
        }

        if (grant.Below && !isOfNetwork)
        {
            return new BelowNotYoursToGrant();
        }

        Guid[] chapters = [.. (grant.Chapters ?? []).Distinct()];
        var known = await tenancy.GetChapters(chapters, cancellationToken);
        return chapters.Except(known.Select(c => c.Id)).Cast<Guid?>().FirstOrDefault() is { } unknown ? new ChapterNotFound(unknown) : null;
    }
}
