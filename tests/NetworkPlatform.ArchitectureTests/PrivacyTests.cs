using System.Reflection;
using System.Text.RegularExpressions;
using NetworkPlatform.Platform.Privacy;

namespace NetworkPlatform.ArchitectureTests;

/// <summary>No table about people is forgotten when somebody asks what is held on them, or to be erased.</summary>
public sealed partial class PrivacyTests
{
    [Fact]
    public void Every_entity_that_names_a_person_says_how_it_is_about_them()
    {
        foreach (var entity in Entities().Where(e => e.GetProperties().Any(p => Telling().IsMatch(p.Name))))
        {
            var about = entity.GetCustomAttributes<AboutPersonAttribute>().Any();
            var pseudonymous = entity.GetCustomAttribute<PseudonymousAttribute>();
            var isMarked = entity.GetProperties().Any(p => p.GetCustomAttribute<PersonalAttribute>() is not null);

            (about || pseudonymous is not null || isMarked).ShouldBeTrue($"{entity.FullName} is neither [AboutPerson] nor [Pseudonymous], and none of its properties is [Personal].");
            (pseudonymous?.Reason.Length ?? 100).ShouldBeGreaterThan(20, entity.FullName);
        }
    }

    [Fact]
    public void What_tells_who_somebody_is_is_marked_as_personal()
    {
        var told = Entities().Where(e => e.GetCustomAttributes<AboutPersonAttribute>().Any()).SelectMany(e => e.GetProperties()).Concat(Entities().SelectMany(e => e.GetProperties()).Where(p => Contact().IsMatch(p.Name)))
            .Where(p => p.PropertyType == typeof(string) && (Contact().IsMatch(p.Name) || p.Name is "Name" or "Note" or "Reason"))
            .Where(p => p.DeclaringType!.GetCustomAttribute<PseudonymousAttribute>() is null).ToList();

        told.Count.ShouldBeGreaterThan(8);
        foreach (var property in told)
        {
            property.GetCustomAttribute<PersonalAttribute>().ShouldNotBeNull($"{property.DeclaringType!.FullName}.{property.Name}");
        }
    }

    [Fact]
    public void Every_module_that_has_rows_about_people_answers_for_them_and_hears_of_their_erasure()
    {
        foreach (var module in Entities().Where(e => e.GetCustomAttributes<AboutPersonAttribute>().Any() || e.GetProperties().Any(p => p.GetCustomAttribute<PersonalAttribute>() is not null))
            .Select(e => e.Assembly).Distinct())
        {
            module.GetTypes().Count(t => t.IsAssignableTo(typeof(IPersonalData))).ShouldBe(1, module.FullName);
            module.GetTypes().ShouldContain(t => t.Name == "WhenPersonErased", module.FullName);
        }
    }

    [Fact]
    public void The_property_that_names_the_person_exists()
    {
        foreach (var entity in Entities().Where(e => e.GetCustomAttributes<AboutPersonAttribute>().Any()))
        {
            foreach (var about in entity.GetCustomAttributes<AboutPersonAttribute>())
            {
                var property = entity.GetProperty(about.Property).ShouldNotBeNull(entity.FullName);
                (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).ShouldBe(typeof(Guid), entity.FullName);
            }
        }
    }

    private static List<Type> Entities() =>
        [.. Solution.Contexts.Where(c => c.Schema != "platform").SelectMany(c =>
        {
            using var context = Solution.Open(c, Solution.Databases[0]);
            return context.Model.GetEntityTypes().Select(e => e.ClrType).Where(t => t.Assembly == c.Assembly).ToList();
        })];

    [GeneratedRegex("(Person|Volunteer|Account|Recipient|Kept|Absorbed)Id$|Email|Phone|UserAgent|PasswordHash", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Telling();

    [GeneratedRegex("Email$|Phone|UserAgent|PasswordHash", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Contact();
}
