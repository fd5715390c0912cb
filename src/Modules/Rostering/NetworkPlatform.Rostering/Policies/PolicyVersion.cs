using System.Globalization;
using System.Runtime.InteropServices;

namespace NetworkPlatform.Rostering.Policies;

/// <summary>A change of the limits that a tenant made for itself or for one of its chapters. All are kept, so that every decision can be told again.</summary>
[AppendOnly]
internal sealed class TenantPolicy : Entity
{
    /// <summary>Null for the whole tenant.</summary>
    public required Guid? ChapterId { get; init; }

    /// <summary>Counts the tenant's changes, those for chapters among them.</summary>
    public required int Number { get; init; }

    public required PolicyLayer Layer { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>A change of the limits that an umbrella set for all below it. All are kept.</summary>
[Shared("an umbrella's limits hold for every tenant below it; they say nothing about anybody")]
[AppendOnly]
internal sealed class NetworkPolicy : NetworkEntity
{
    /// <summary>Identifier of the tenant that set it.</summary>
    public required string Umbrella { get; init; }

    /// <summary>Counts the changes of all umbrellas in the network.</summary>
    public required int Number { get; init; }

    public required PolicyLayer Layer { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The same, in a database where that many changes were counted.</summary>
    internal NetworkPolicy After(int newest) => new() { Id = Id, Umbrella = Umbrella, Number = Number + newest, Layer = Layer, At = At };
}

/// <summary>Which limits a decision was made under: the newest change in the network and in the tenant. Written as "3.5"; "0.0" are the platform's defaults.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PolicyVersion(int Network, int Tenant)
{
    internal const int TextLength = 24;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Network}.{Tenant}");

    internal static PolicyVersion? Parse(string text) =>
        text.Split('.') is [var network, var tenant] && int.TryParse(network, NumberStyles.None, provider: null, out var n)
            && int.TryParse(tenant, NumberStyles.None, provider: null, out var t)
                ? new PolicyVersion(n, t)
                : null;
}
