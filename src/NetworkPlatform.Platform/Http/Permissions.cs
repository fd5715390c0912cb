using Microsoft.AspNetCore.Authorization;

namespace NetworkPlatform.Platform.Http;

/// <summary>The roles a person or an API client may hold in a tenant.</summary>
public static class Roles
{
    public const string NetworkAdmin = "network-admin";
    public const string TenantAdmin = "tenant-admin";
    public const string Coordinator = "coordinator";
    public const string Finance = "finance";
    public const string Viewer = "viewer";
    public const string Volunteer = "volunteer";

    public static IReadOnlyList<string> All { get; } = [NetworkAdmin, TenantAdmin, Coordinator, Finance, Viewer, Volunteer];
}

/// <summary>Something that a caller may do, and the roles that may do it. Only those roles: no role inherits another's permissions.</summary>
public sealed class Permission(string name, params string[] grantedTo) : IAuthorizationRequirement
{
    /// <summary>Module, thing and act, for example <c>rostering.signups.create</c>.</summary>
    public string Name { get; } = name;

    public IReadOnlyList<string> GrantedTo { get; } = grantedTo;

    /// <summary>Whether it opens what is a person's own, for which nobody speaks but they: not whoever runs a tenant's identity provider.</summary>
    public bool NeedsOwnSignIn { get; init; }
}

/// <summary>Why an endpoint answers without a token.</summary>
public sealed record PublicMetadata(string Reason);

/// <summary>The endpoint is the signed-in person's own: it needs no role, and shows and changes nobody else's.</summary>
public sealed record OwnAccountMetadata;

/// <summary>The endpoint serves no tenant in particular: none is resolved for it.</summary>
public sealed record WithoutTenantMetadata;

/// <summary>How an endpoint says who may use it. One that says nothing keeps the host from starting.</summary>
public static class EndpointAccess
{
    /// <summary>Only callers with a role that the permission is granted to, within their token's tenant.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(new AuthorizationPolicyBuilder().AddRequirements(permission).Build()).WithMetadata(permission);

    /// <summary>Only the person whom the policy finds signed in, for what is their own.</summary>
    public static TBuilder RequirePersonThemself<TBuilder>(this TBuilder endpoint, AuthorizationPolicy signedIn)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAuthorization(signedIn).WithMetadata(new OwnAccountMetadata());

    /// <summary>Only a person by their own access token for the tenant, whatever their roles, for what is their own.</summary>
    public static TBuilder RequirePersonThemself<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequirePersonThemself(new AuthorizationPolicyBuilder().AddRequirements(new PersonCalling()).Build());

    /// <summary>Anybody, for the reason given.</summary>
    public static TBuilder AllowAnonymous<TBuilder>(this TBuilder endpoint, string reason)
        where TBuilder : IEndpointConventionBuilder => endpoint.AllowAnonymous().WithMetadata(new PublicMetadata(reason));

    /// <summary>The endpoint serves no tenant in particular.</summary>
    public static TBuilder WithoutTenant<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new WithoutTenantMetadata());

    /// <summary>Throws, naming them, where endpoints state none of these.</summary>
    public static void EnsureEveryEndpointIsGuarded(IEnumerable<Endpoint> endpoints)
    {
        var unguarded = endpoints
            .Where(e => e.Metadata.GetMetadata<Permission>() is null && e.Metadata.GetMetadata<PublicMetadata>() is null && e.Metadata.GetMetadata<OwnAccountMetadata>() is null)
            .Select(e => e.DisplayName)
            .ToList();
        if (unguarded.Count > 0)
        {
            throw new InvalidOperationException(
                $"These endpoints state neither a permission, nor a reason to be public, nor that they are the person's own: {string.Join(", ", unguarded)}.");
        }
    }
}
