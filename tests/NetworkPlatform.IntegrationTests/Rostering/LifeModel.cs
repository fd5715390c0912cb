using System.Globalization;

namespace NetworkPlatform.IntegrationTests.Rostering;

/// <summary>
/// What becomes of shifts of an hour and of who signs up for them, as plainly as can be: places, a waitlist, offers, rest between shifts, debriefs. Written from what the service promises, beside it:
/// each method says what the service must answer, and does the same here. Time is told, and stands still while something is done.
/// </summary>
internal sealed class LifeModel
{
    private readonly List<SignUpModel> signUps = [];
    private readonly HashSet<Guid> inSeries = [];

    /// <summary>In the order of their start.</summary>
    internal List<ShiftModel> Shifts { get; } = [];

    internal IReadOnlyList<SignUpModel> SignUps => signUps;

    internal DateTimeOffset Now { get; set; }

    /// <summary>Hours between two shifts, at least.</summary>
    internal int Rest { get; set; } = 11;

    /// <summary>What the answers alone do not tell.</summary>
    internal SortedSet<string> Seen { get; } = new(StringComparer.Ordinal);

    /// <summary>When the next unanswered offer goes on to somebody else.</summary>
    internal DateTimeOffset? NextLapse => signUps.Where(s => s.Status == "offered").Min(s => (DateTimeOffset?)s.OfferedUntil);

    internal string SignUp(Guid volunteer, ShiftModel shift, bool overriding)
    {
        if (IsSignedUp(volunteer, shift))
        {
            return "already-signed-up";
        }

        var obstacle = Obstacle(volunteer, shift);
        if (obstacle is not null && !(overriding && obstacle == "burnout-limit" && HasRoom(shift)))
        {
            return obstacle;
        }

        if (obstacle is not null)
        {
            Seen.Add("limits passed over");
        }

        var status = HasRoom(shift) ? "confirmed" : "waitlisted";
        signUps.Add(new SignUpModel(volunteer, shift) { Status = status });
        return status;
    }

    /// <summary>Each shift of the series that is not over, from the first on, is taken as if it were asked for alone; the series once.</summary>
    internal string TakeSeries(Guid volunteer, ShiftModel first) => !inSeries.Add(volunteer) ? "series-already-taken" : string.Join(' ', Shifts
        .Where(s => s.InSeries && s.StartsAt >= first.StartsAt && s.EndsAt > Now && !s.IsCancelled).Select(s => SignUp(volunteer, s, overriding: false)));

    internal string Cancel(SignUpModel signUp)
    {
        if (!IsActive(signUp))
        {
            return "sign-up-not-active";
        }

        var hadPlace = signUp.Status != "waitlisted";
        signUp.Status = "cancelled";
        if (hadPlace)
        {
            OfferFreePlaces(signUp.Shift);
        }

        return "ok";
    }

    internal string Confirm(SignUpModel signUp)
    {
        switch (signUp.Status)
        {
            case "offered":
                break;
            case "waitlisted" when !HasRoom(signUp.Shift):
                return "shift-is-full";
            case "waitlisted" when Obstacle(signUp.Volunteer, signUp.Shift) is { } obstacle:
                return obstacle;
            case "waitlisted":
                break;
            default:
                return "nothing-to-confirm";
        }

        signUp.Status = "confirmed";
        return "confirmed";
    }

    internal string CheckIn(SignUpModel signUp)
    {
        if (signUp.Status != "confirmed")
        {
            return "sign-up-not-confirmed";
        }

        if (Now < signUp.Shift.StartsAt.AddHours(-1) || Now >= signUp.Shift.EndsAt)
        {
            return "check-in-not-open";
        }

        signUp.IsCheckedIn = true;
        return "ok";
    }

    internal string Attend(SignUpModel signUp, string outcome, int minutes, bool critical)
    {
        if (signUp.Status != "confirmed")
        {
            return "sign-up-not-confirmed";
        }

        if (Now < signUp.Shift.StartsAt)
        {
            return "shift-not-started";
        }

        signUp.Status = outcome;
        (signUp.Minutes, signUp.Debrief) = outcome == "attended" ? (minutes, critical ? "critical" : "usual") : (0, "no");
        return outcome;
    }

    internal static string LogDebrief(SignUpModel signUp)
    {
        if (signUp.Status != "attended" || signUp.Debrief == "no")
        {
            return "no-debrief-due";
        }

        signUp.Debrief = "no";
        return "ok";
    }

    internal string ChangePlaces(ShiftModel shift, int places)
    {
        if (shift.IsCancelled)
        {
            return "shift-is-cancelled";
        }

        if (places < Taken(shift))
        {
            return "places-taken";
        }

        shift.Places = places;
        OfferFreePlaces(shift);
        return "ok";
    }

    internal string CancelSession(ShiftModel shift)
    {
        if (shift.IsCancelled)
        {
            return "session-not-scheduled";
        }

        shift.IsCancelled = true;
        foreach (var signUp in signUps.Where(s => s.Shift == shift && IsActive(s)))
        {
            signUp.Status = "cancelled";
        }

        return "ok";
    }

    /// <summary>Offers whose time is up go on to the next.</summary>
    internal void LetOffersLapse()
    {
        while (signUps.Find(s => s.Status == "offered" && s.OfferedUntil <= Now) is { } lapsed)
        {
            Seen.Add("an offer that lapsed");
            Cancel(lapsed);
        }
    }

    /// <summary>All that can be looked up in the database, line by line.</summary>
    internal IEnumerable<string> Lines() =>
    [
        .. signUps.Select(s => $"sign-up {s.Volunteer} for {s.Shift.Id}: {s.Status}{(s.Status == "offered" ? $" until {Minute(s.OfferedUntil)}" : "")}{(s.IsCheckedIn ? ", checked in" : "")}"),
        .. Shifts.Select(s => $"shift {s.Id}: {(s.IsCancelled ? "cancelled" : "open")}, {(s.IsCancelled ? 0 : Taken(s))} of {s.Places}"),
        .. signUps.Where(Weighs).Select(s => $"load of {s.Volunteer}: {Minute(s.Shift.StartsAt)} to {Minute(EndOf(s))}, debrief {s.Debrief}"),
    ];

    private static string Minute(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static bool IsActive(SignUpModel signUp) => signUp.Status is "confirmed" or "offered" or "waitlisted";

    private static bool Weighs(SignUpModel signUp) => signUp.Status is "confirmed" or "offered" or "attended";

    private static DateTimeOffset EndOf(SignUpModel signUp) => signUp.Status == "attended" ? signUp.Shift.StartsAt.AddMinutes(signUp.Minutes) : signUp.Shift.EndsAt;

    private bool IsSignedUp(Guid volunteer, ShiftModel shift) => signUps.Exists(s => s.Volunteer == volunteer && s.Shift == shift && s.Status != "cancelled");

    /// <summary>Whoever did not come has given the place back.</summary>
    private int Taken(ShiftModel shift) => signUps.Count(s => s.Shift == shift && Weighs(s));

    private bool HasRoom(ShiftModel shift) => Taken(shift) < shift.Places;

    private string? Obstacle(Guid volunteer, ShiftModel shift)
    {
        if (shift.IsCancelled)
        {
            return "shift-is-cancelled";
        }

        if (shift.EndsAt <= Now)
        {
            return "shift-is-over";
        }

        var duties = signUps.Where(s => s.Volunteer == volunteer && Weighs(s)).ToList();
        var isTired = duties.Exists(d => shift.StartsAt < EndOf(d).AddHours(Rest) && d.Shift.StartsAt < shift.EndsAt.AddHours(Rest));
        var mustTalkFirst = duties.Exists(d => d.Debrief == "critical" && d.Shift.StartsAt < shift.StartsAt);
        if (!isTired && !mustTalkFirst)
        {
            return null;
        }

        Seen.Add(isTired ? "too little rest" : "a debrief due");
        return "burnout-limit";
    }

    /// <summary>To those who wait, in order, but for whom something stands in the way by now.</summary>
    private void OfferFreePlaces(ShiftModel shift)
    {
        if (shift.StartsAt <= Now)
        {
            return;
        }

        foreach (var waiting in signUps.FindAll(s => s.Shift == shift && s.Status == "waitlisted"))
        {
            if (HasRoom(shift) && Obstacle(waiting.Volunteer, shift) is null)
            {
                var half = (shift.StartsAt - Now) / 2;
                (waiting.Status, waiting.OfferedUntil) = ("offered", Now + (half < TimeSpan.FromDays(1) ? half : TimeSpan.FromDays(1)));
            }
        }
    }
}

internal sealed class ShiftModel(OpenedShift shift, DateTimeOffset startsAt, int places, bool inSeries)
{
    internal Guid Id => shift.Id;

    internal Guid SessionId => shift.SessionId;

    internal DateTimeOffset StartsAt => startsAt;

    internal DateTimeOffset EndsAt => startsAt.AddHours(1);

    internal bool InSeries => inSeries;

    internal int Places { get; set; } = places;

    internal bool IsCancelled { get; set; }
}

internal sealed class SignUpModel(Guid volunteer, ShiftModel shift)
{
    internal Guid Volunteer => volunteer;

    internal ShiftModel Shift => shift;

    /// <summary>As the service has it; set once it has answered.</summary>
    internal Guid Id { get; set; }

    internal required string Status { get; set; }

    internal DateTimeOffset OfferedUntil { get; set; }

    internal bool IsCheckedIn { get; set; }

    internal int Minutes { get; set; }

    /// <summary>no, usual or critical: what is still to be talked over.</summary>
    internal string Debrief { get; set; } = "no";
}
