using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using NetworkPlatform.Platform.Auditing;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.Platform.Privacy;

/// <summary>A module's rows about people, found by its model, so that no table is forgotten.</summary>
public static class PersonalRecords
{
    private static readonly MethodInfo LoadRows = typeof(PersonalRecords).GetMethod(nameof(Load), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Every row about the subject, by kind, with all that it says but secrets and what is ours alone.</summary>
    public static async Task<IReadOnlyDictionary<string, object>> ExportRecords(this ModuleDbContext db, DataSubject subject, CancellationToken cancellationToken)
    {
        Dictionary<string, object> records = new(StringComparer.Ordinal);
        foreach (var (entity, about) in AboutPeople(db).Where(e => subject.IsAsking || !e.About.OwnEyesOnly))
        {
            var rows = await Rows(db, entity, about, subject.Ids, tracked: false, cancellationToken);
            if (rows.Count > 0)
            {
                var kind = JsonNamingPolicy.CamelCase.ConvertName(entity.ClrType.Name);
                var known = records.GetValueOrDefault(kind) as List<Dictionary<string, object?>> ?? [];
                records[kind] = known.Concat(rows.ConvertAll(row => Shown(entity, row, subject.IsAsking))).DistinctBy(row => row["id"]).ToList();
            }
        }

        return records;
    }

    /// <summary>
    /// Deletes the rows about the people with these ids, or empties what is personal of those that are kept, and the reasons that the audit keeps with any of them. The command that it happens in
    /// commits.
    /// </summary>
    /// <param name="ofNetworkToo">Also rows that belong to the whole network.</param>
    public static async Task EraseRecords(this ModuleDbContext db, IReadOnlyCollection<Guid> ids, bool ofNetworkToo, DateTimeOffset now, CancellationToken cancellationToken)
    {
        HashSet<Guid> erased = [.. ids.Where(id => id != db.TenantId)];
        foreach (var (entity, about) in AboutPeople(db).Where(e => ofNetworkToo || typeof(Entity).IsAssignableFrom(e.Entity.ClrType)))
        {
            foreach (var row in await Rows(db, entity, about, ids, tracked: true, cancellationToken))
            {
                var entry = db.Entry(row);
                erased.Add((Guid)entry.Property(nameof(Entity.Id)).CurrentValue!);
                if (about.Kept)
                {
                    Empty(entry, now);
                }
                else
                {
                    db.Remove(row);
                }
            }
        }

        await db.ForgetReasons(erased, cancellationToken);
    }

    private static void Empty(EntityEntry entry, DateTimeOffset now)
    {
        foreach (var property in entry.Metadata.GetProperties().Where(p => p.PropertyInfo?.GetCustomAttribute<PersonalAttribute>() is not null))
        {
            entry.Property(property).CurrentValue = Nothing(property);
        }

        if (entry.Entity is IErasable)
        {
            entry.Property(nameof(IErasable.ErasedAt)).CurrentValue = now;
        }
    }

    private static IEnumerable<(IEntityType Entity, AboutPersonAttribute About)> AboutPeople(ModuleDbContext db) => db.Model.GetEntityTypes()
        .SelectMany(e => e.ClrType.GetCustomAttributes<AboutPersonAttribute>().Select(about => (e, about)));

    private static Task<List<object>> Rows(
        ModuleDbContext db, IEntityType entity, AboutPersonAttribute about, IReadOnlyCollection<Guid> ids, bool tracked, CancellationToken cancellationToken) =>
        (Task<List<object>>)LoadRows.MakeGenericMethod(entity.ClrType).Invoke(null, [db, about.Property, ids.ToArray(), tracked, cancellationToken])!;

    private static Task<List<object>> Load<T>(ModuleDbContext db, string property, Guid[] ids, bool tracked, CancellationToken cancellationToken)
        where T : class =>
        (tracked ? db.Set<T>() : db.Set<T>().AsNoTracking()).Where(About<T>(property, ids)).Select(row => (object)row).ToListAsync(cancellationToken);

    private static Expression<Func<T, bool>> About<T>(string property, Guid[] ids)
    {
        var row = Expression.Parameter(typeof(T), "row");
        var id = Expression.Convert(Expression.Property(row, property), typeof(Guid));
        return Expression.Lambda<Func<T, bool>>(Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(Guid)], Expression.Constant(ids), id), row);
    }

    private static Dictionary<string, object?> Shown(IEntityType entity, object row, bool isAsking) => entity.GetProperties()
        .Where(p => p.PropertyInfo is { } info && info.GetCustomAttribute<PersonalAttribute>() is not { Secret: true } && (isAsking || !info.IsDefined(typeof(OwnEyesOnlyAttribute)))
            && p.Name is not (nameof(Entity.TenantId) or nameof(NetworkEntity.NetworkId) or nameof(Entity.Version)) && p.ClrType != typeof(byte[]))
        .ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name), p => p.PropertyInfo!.GetValue(row), StringComparer.Ordinal);

    private static object? Nothing(IProperty property) => property switch
    {
        { IsNullable: true } => null,
        _ when property.ClrType == typeof(string) => "",
        _ when property.ClrType.IsArray => Array.CreateInstance(property.ClrType.GetElementType()!, 0),
        _ => Activator.CreateInstance(property.ClrType),
    };
}
