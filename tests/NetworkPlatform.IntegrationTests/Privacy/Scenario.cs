using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using NetworkPlatform.Api;
using NetworkPlatform.Platform.Modules;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Privacy;

namespace NetworkPlatform.IntegrationTests.Privacy;

/// <summary>A volunteer with an account in two tenants of one network, and a row of everything that any module holds on people.</summary>
internal sealed record Scenario(ApiFixture Api, Tenant Here, Tenant There, Somebody Person, Guid Volunteer, Guid VolunteerThere)
{
    internal const string Marker = "marker";

    internal static async Task<Scenario> New(ApiFixture api)
    {
        var network = await api.NewNetwork();
        var (here, there) = (await network.NewMember(), await network.NewMember());
        var person = await here.NewPerson("volunteer");
        await NetworkFounding.RegisterPersonAsync(api.Host.Services, there.Slug, person.Email, "Noa Levi", People.Password, ["viewer"]);
        var volunteer = await here.NewVolunteer(person.Email);
        await api.Database.Execute("UPDATE rostering.volunteers SET account_id = $1 WHERE id = $2", person.Id, volunteer);
        return new Scenario(api, here, there, person, volunteer, await there.NewVolunteer(person.Email.ToUpperInvariant()));
    }

    /// <summary>Every entity of every module that is about people.</summary>
    internal static IEnumerable<(string Module, IEntityType Entity, AboutPersonAttribute About)> Entities(IServiceProvider services, string connectionString)
    {
        foreach (var module in services.GetServices<ModuleContext>())
        {
            using var context = module.Create(services.GetRequiredService<IDatabase>(), connectionString);
            foreach (var entity in context.Model.GetEntityTypes())
            {
                // What is found by its own id is so by nothing but an address, unless there is another way.
                if (entity.ClrType.GetCustomAttributes<AboutPersonAttribute>().OrderBy(a => a.Property == "Id").FirstOrDefault() is { } about)
                {
                    yield return (module.Schema, entity, about);
                }
            }
        }
    }

    internal static IEnumerable<IProperty> Personal(IEntityType entity) => entity.GetProperties().Where(p => p.PropertyInfo?.GetCustomAttribute<PersonalAttribute>() is not null);

    internal static bool IsSecret(IProperty property) => property.PropertyInfo!.GetCustomAttribute<PersonalAttribute>()!.Secret;

    /// <summary>Quoted, since some are words of SQL.</summary>
    internal static string Column(IEntityType entity, IProperty property) => $"\"{property.GetColumnName(StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema()))}\"";

    /// <summary>A row for each entity that has none about the person yet, and a value for each personal property that has none. Foreign keys do not matter here.</summary>
    internal async Task FillEverything()
    {
        await using var connection = await Api.Database.Open(Api.Database.Superuser);
        await TestDatabase.Execute(connection, "SET session_replication_role = replica");
        foreach (var (_, entity, about) in Entities(Api.Host.Services, Api.Database.Superuser))
        {
            var (table, subject) = ($"{entity.GetSchema()}.{entity.GetTableName()}", Column(entity, entity.FindProperty(about.Property)!));
            var id = Guid.CreateVersion7();
            var columns = entity.GetProperties().ToDictionary(p => Column(entity, p), p => p.Name switch
            {
                "Id" when about.Property != "Id" => id,
                "TenantId" => Here.Id,
                "NetworkId" => Here.Network.Id,
                _ when p.Name is "PersonId" or "AccountId" or "KeptId" || entity.ClrType.Name == "Person" && p.Name == "Id" => Person.Id,
                _ when p.Name == about.Property => Volunteer,
                _ => Value(entity, p, id),
            }, StringComparer.Ordinal);
            await TestDatabase.Execute(
                connection,
                $"INSERT INTO {table} ({string.Join(", ", columns.Keys)}) SELECT {string.Join(", ", columns.Keys.Select((_, i) => $"${i + 1}"))} WHERE NOT EXISTS (SELECT FROM {table} WHERE {subject} IN ('{Person.Id}', '{Volunteer}'))",
                [.. columns.Values]);
            foreach (var property in Personal(entity))
            {
                // What is there is kept: the address is what they are found by.
                var column = Column(entity, property);
                await TestDatabase.Execute(
                    connection, $"UPDATE {table} SET {column} = $1 WHERE {subject} IN ('{Person.Id}', '{Volunteer}') AND coalesce({column}::text, '') IN ('', '{{}}', 'false')", Value(entity, property, Guid.Empty));
            }
        }
    }

    private object Value(IEntityType entity, IProperty property, Guid id)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        var marker = $"{Marker}-{entity.ClrType.Name}-{property.Name}";
        return type switch
        {
            _ when property.Name == "EncryptedAnswers" => Api.Host.Services.GetRequiredService<AtRestEncryption>().Encrypt(
                JsonSerializer.SerializeToUtf8Bytes(new { Questionnaire = 2, Answers = new Dictionary<string, int>(StringComparer.Ordinal) { ["who-1"] = 4 } }), $"rostering.check-in {Person.Id} {id}"),
            _ when type.Name is "Dates" or "Qualifications" => """{"All":[]}""",
            _ when type == typeof(string) => property.GetMaxLength() is { } max && max < marker.Length ? marker[..max] : marker,
            _ when type == typeof(string[]) => new[] { marker },
            _ when type == typeof(Guid[]) => new[] { Guid.NewGuid() },
            _ when type == typeof(byte[]) => System.Security.Cryptography.RandomNumberGenerator.GetBytes(16),
            _ when type == typeof(Guid) => Guid.NewGuid(),
            _ when type == typeof(bool) => true,
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.UtcNow,
            _ when type == typeof(TimeOnly) => new TimeOnly(9, 0),
            _ when type == typeof(DateOnly) => new DateOnly(2026, 3, 1),
            _ when type.IsEnum => JsonNamingPolicy.KebabCaseLower.ConvertName(Enum.GetNames(type)[0]),
            _ => Convert.ChangeType(7, type, System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
