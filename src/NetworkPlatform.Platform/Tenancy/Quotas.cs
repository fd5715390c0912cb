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

    /// <summary>Null where the plan sets no limit.</summary>
    public int? LimitOf(string plan, string quota) => configuration.GetValue<int?>($"Tenancy:Plans:{plan}:{quota}");

    /// <summary>What a plan allows no more of, if all that was added to the context were saved. Whoever else adds to the same waits until this transaction ends.</summary>
    public async Task<QuotaExceeded?> Check(ModuleDbContext db, TenantInfo tenant, CancellationToken cancellationToken)
    {
        foreach (var (type, added) in db.Added().Where(e => Limited.GetOrAdd(e, HasQuota)).CountBy(e => e))
        {
            if (await (Task<QuotaExceeded?>)CheckOne.MakeGenericMethod(type).Invoke(this, [db, tenant, added, cancellationToken])! is { } exceeded)
            {
                return exceeded;
            }
        }

        return null;
    }

    private static bool HasQuota(Type type) => Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IHaveQuota<>));

    private async Task<QuotaExceeded?> CheckAdded<T>(ModuleDbContext db, TenantInfo tenant, int added, CancellationToken cancellationToken)
        where T : Entity, IHaveQuota<T>
    {
        if (LimitOf(tenant.Plan, T.Quota) is not { } limit)
        {
            return null;
        }

        db.LockNameAhead($"quota {tenant.Id} {T.Quota}");
        var used = await db.Set<T>().IgnoreQueryFilters([ModuleDbContext.ChapterFilter]).CountAsync(T.Counts, cancellationToken);
        return used + added > limit ? new QuotaExceeded(T.Quota, limit, used) : null;
    }
}
