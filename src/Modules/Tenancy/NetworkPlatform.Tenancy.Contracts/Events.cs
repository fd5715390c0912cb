namespace NetworkPlatform.Tenancy.Contracts;

/// <summary>An umbrella has added a tenant to its network. Published in the umbrella.</summary>
/// <param name="AdminEmail">Who is to administer it.</param>
public sealed record TenantProvisioned(Guid TenantId, string Slug, string Name, string AdminEmail);
