using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Tenancy;

/// <summary>An entity that a tenant may have only so many of, by its plan.</summary>
public interface IHaveQuota<TSelf>
    where TSelf : Entity, IHaveQuota<TSelf>
{
    /// <summary>Its name in the setting <c>Tenancy:Plans:{plan}:{name}</c>.</summary>
    static abstract string Quota { get; }

    /// <summary>Which of them count; what has ended should not.</summary>
    static abstract Expression<Func<TSelf, bool>> Counts { get; }
}

/// <summary>The tenant's plan allows no more of something.</summary>
public sealed record QuotaExceeded(string Quota, int Limit, int Used) : RuleBroken($"Your plan allows {Limit} {Quota}; there are {Used}.");

/// <summary>The limits of the tenants' plans, from the settings <c>Tenancy:Plans:{plan}:{quota}</c>. What a plan does not limit is unlimited.</summary>
public sealed class Quotas(IConfiguration configuration)
{
    /// <summary>The plan of a tenant that was given no other.</summary>
    public const string DefaultPlan = "standard";

    private static readonly MethodInfo CheckOne = typeof(Quotas).GetMethod(nameof(CheckAdded), BindingFlags.NonPublic | BindingFlags.Instance)!;
    private static readonly ConcurrentDictionary<Type, bool> Limited = new();

    /// <summary>Names of the plans that are set up, the default one among them.</summary>
    public IReadOnlyList<string> Plans => [.. configuration.GetSection("Tenancy:Plans").GetChildren().Select(c => c.Key).Append(DefaultPlan).Distinct(StringComparer.Ordinal)];

    /// <summary>Refuses as many more as the plan has no room for. Whoever else adds to the same waits until this transaction ends.</summary>
    /// <param name="counted">The rows that use the quota up so far.</param>
    public async Task<QuotaExceeded?> Check<T>(ModuleDbContext db, TenantInfo tenant, string quota, IQueryable<T> counted, int added, CancellationToken cancellationToken)
    {
        if (configuration.GetValue<int?>($"Tenancy:Plans:{tenant.Plan}:{quota}") is not { } limit)
        {
            return null;
        }

        db.LockNameAhead($"quota {tenant.Id} {quota}");
        var used = await counted.CountAsync(cancellationToken);
        return used + added > limit ? new QuotaExceeded(quota, limit, used) : null;
    }

    /// <summary>The same for every <see cref="IHaveQuota{TSelf}"/> that was added to the context.</summary>
    public async Task<QuotaExceeded?> Check(ModuleDbContext db, TenantInfo tenant, CancellationToken cancellationToken)
    {
        var types = db.ChangeTracker.Entries().Where(e => e.State == EntityState.Added).Select(e => e.Metadata.ClrType).Concat(db.AddedLast.Select(r => r.GetType()));
        foreach (var (type, added) in types.Where(t => Limited.GetOrAdd(t, HasQuota)).CountBy(t => t))
        {
            if (await (Task<QuotaExceeded?>)CheckOne.MakeGenericMethod(type).Invoke(this, [db, tenant, added, cancellationToken])! is { } exceeded)
            {
                return exceeded;
            }
        }

        return null;
    }

    private static bool HasQuota(Type type) => Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IHaveQuota<>));

    private Task<QuotaExceeded?> CheckAdded<T>(ModuleDbContext db, TenantInfo tenant, int added, CancellationToken cancellationToken)
        where T : Entity, IHaveQuota<T> =>
        Check(db, tenant, T.Quota, db.Set<T>().IgnoreQueryFilters([ModuleDbContext.ChapterFilter]).Where(T.Counts), added, cancellationToken);
}
