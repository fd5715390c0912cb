namespace NetworkPlatform.Platform.Privacy;

/// <summary>
/// Rows of the entity are about the person whose id the property holds (a person's, or a volunteer's): they are told to that person when they ask for what is held on them, and go when the
/// person is erased. Rows about several people say so for each.
/// </summary>
/// <param name="property">Name of the property, <c>Id</c> where the row is the person.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class AboutPersonAttribute(string property) : Attribute
{
    public string Property { get; } = property;

    /// <summary>The rows stay when the person is erased, for what else depends on them, with all that is <see cref="PersonalAttribute"/> emptied.</summary>
    public bool Kept { get; init; }

    /// <summary>Nobody but the person is told, not even an administrator who acts for them.</summary>
    public bool OwnEyesOnly { get; init; }
}

/// <summary>The property says something about a person.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalAttribute : Attribute
{
    /// <summary>What protects the person, such as a hash of their password: it goes with them, and is told to nobody.</summary>
    public bool Secret { get; init; }
}

/// <summary>Nobody but the person is told this of a row that others are told, too.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OwnEyesOnlyAttribute : Attribute;

/// <summary>Rows name a person by an id that means nothing to anybody once the person is erased; or their module sees to them itself. Says why that is so.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PseudonymousAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}

/// <summary>A row that stays after its person was erased. Queries no longer see it.</summary>
public interface IErasable
{
    DateTimeOffset? ErasedAt { get; }
}
