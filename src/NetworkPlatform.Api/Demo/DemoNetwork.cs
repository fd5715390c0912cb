namespace NetworkPlatform.Api.Demo;

/// <summary>The fictional network that the demo loads: one umbrella, three nonprofits in different time zones, forty volunteers named after plants.</summary>
internal static class DemoNetwork
{
    internal const string Slug = "lantern";
    internal const string Name = "Lantern Network";
    internal const int WeeksOfHistory = 26;

    internal static readonly IReadOnlyList<DemoTenant> Tenants =
    [
        new("harbour", "Harbour Peer Support", "en-GB", "Europe/London", "GBP",
            [
                // Early Watch starts less than eleven hours after Evening Tide ends: nobody may do both.
                new("Quayside", "quayside", "Europe/London",
                    [new("Evening Tide", "grief", "MO", "18:30", 90, 2), new("Early Watch", "addiction", "TU", "06:30", 60, 1), new("Steady Keel", "addiction", "WE", "19:00", 90, 3)]),
                new("Millbrook", "millbrook", "Europe/London", [new("Second Wind", "carers", "SA", "10:00", 60, 1)]),
            ],
            ["Alder", "Ash", "Aspen", "Beech", "Birch", "Cedar", "Chestnut", "Elder", "Elm", "Hawthorn", "Hazel", "Holly", "Juniper", "Larch"]),
        new("northlight", "Northlight Grief Support", "en-US", "America/New_York", "USD",
            [
                new("Upper Valley", "upper-valley", "America/New_York", [new("Open Porch", "grief", "TU", "19:00", 90, 2), new("Parents Together", "grief", "TH", "18:00", 120, 3)]),
                new("Mesa", "mesa", "America/Denver", [new("High Desert Circle", "grief", "SU", "16:00", 90, 2)]),
            ],
            ["Linden", "Maple", "Oak", "Olive", "Pine", "Poplar", "Rowan", "Spruce", "Sycamore", "Walnut", "Willow", "Yew", "Laurel"]),
        new("wattle", "Wattle Carers", "en-AU", "Australia/Sydney", "AUD",
            [
                new("Inner West", "inner-west", "Australia/Sydney", [new("Tea at Ten", "carers", "FR", "10:00", 60, 1)]),
                new("Lord Howe", "lord-howe", "Australia/Lord_Howe", [new("Island Line", "chronic illness", "WE", "17:30", 60, 2)]),
            ],
            ["Banksia", "Bluebell", "Bracken", "Clover", "Fern", "Heather", "Iris", "Jasmine", "Lavender", "Lupin", "Mallow", "Myrtle", "Sorrel"]),
    ];
}

/// <param name="Volunteers">Family names; the given name is always Volunteer.</param>
internal sealed record DemoTenant(
    string Slug, string Name, string Culture, string TimeZone, string Currency, IReadOnlyList<DemoChapter> Chapters, IReadOnlyList<string> Volunteers);

internal sealed record DemoChapter(string Name, string Slug, string TimeZone, IReadOnlyList<DemoGroup> Groups);

/// <param name="Day">RRULE's two letters.</param>
internal sealed record DemoGroup(string Name, string Topic, string Day, string Time, int Minutes, int Intensity);
