namespace NetworkPlatform.Platform.Tenancy;

/// <summary>The settings under <c>Tenancy</c>, and who else has a say in a request's tenant. The names are Finbuckle's.</summary>
public sealed class TenantResolutionOptions
{
    /// <summary>
    /// Where a host name holds the tenant, for example <c>__tenant__.example.org</c>: <c>?</c> is any one segment, <c>*</c> any number of them. Null
    /// where tenants have no host names.
    /// </summary>
    public string? HostTemplate { get; set; }

    /// <summary>Names that are no tenant's, such as <c>www</c>, in any case: the next strategy is asked.</summary>
    public IList<string> IgnoredIdentifiers { get; } = [];

    /// <summary>Whether it may be a tenant's name.</summary>
    public bool MayName(string? identifier) => identifier is { Length: > 0 } && !IgnoredIdentifiers.Contains(identifier, StringComparer.OrdinalIgnoreCase);

    /// <summary>After each strategy that was asked.</summary>
    public Func<StrategyResolveCompletedContext, Task> OnStrategyResolveCompleted { get; set; } = _ => Task.CompletedTask;

    /// <summary>After the store was asked.</summary>
    public Func<StoreResolveCompletedContext, Task> OnStoreResolveCompleted { get; set; } = _ => Task.CompletedTask;

    /// <summary>At the end, with a tenant or without; not when a strategy or the store has failed.</summary>
    public Func<TenantResolveCompletedContext, Task> OnTenantResolveCompleted { get; set; } = _ => Task.CompletedTask;
}

/// <summary>What a strategy has found; the identifier may be replaced, or taken away.</summary>
public sealed class StrategyResolveCompletedContext(HttpContext context, ITenantStrategy strategy, string? identifier)
{
    public HttpContext Context { get; } = context;

    public ITenantStrategy Strategy { get; } = strategy;

    public string? Identifier { get; set; } = identifier;
}

/// <summary>What the store has found; the tenant may be replaced, or taken away.</summary>
public sealed class StoreResolveCompletedContext(HttpContext context, string identifier, TenantInfo? tenant)
{
    public HttpContext Context { get; } = context;

    public string Identifier { get; } = identifier;

    public TenantInfo? Tenant { get; set; } = tenant;
}

/// <summary>What the request's tenant will be; it may be replaced, or taken away.</summary>
public sealed class TenantResolveCompletedContext(HttpContext context, TenantInfo? tenant)
{
    public HttpContext Context { get; } = context;

    public TenantInfo? Tenant { get; set; } = tenant;
}
