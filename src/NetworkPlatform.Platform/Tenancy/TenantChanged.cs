namespace NetworkPlatform.Platform.Tenancy;

/// <summary>A tenant is not what it was: suspended, resumed, or with other settings. Heard on every node, by whoever remembers tenants.</summary>
public sealed record TenantChanged(Guid TenantId);
