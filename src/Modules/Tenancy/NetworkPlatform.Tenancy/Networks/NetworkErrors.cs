namespace NetworkPlatform.Tenancy.Networks;

internal sealed record NetworkNotFound() : NotFound("This tenant is not an umbrella, so it has no network to show.");

internal sealed record NetworkTooDeep() : RuleBroken($"A network has at most {Tenants.Tenant.MaxDepth} levels.");

internal sealed record MemberNotFound() : NotFound("There is no such member in your network.");

internal sealed record SlugTaken(string Slug) : Conflict($"The slug '{Slug}' is in use. Choose another.");
