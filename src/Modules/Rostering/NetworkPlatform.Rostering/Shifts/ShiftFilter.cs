namespace NetworkPlatform.Rostering.Shifts;

/// <summary>Open: with free places. Uncovered: with nobody at all. Filled: without free places.</summary>
internal enum Cover
{
    Open,
    Uncovered,
    Filled,
}

/// <summary>Which shifts a list asks for.</summary>
internal static class ShiftFilter
{
    internal static IQueryable<Shift> Apply(IQueryable<Shift> shifts, DateTimeOffset from, ListShifts.Query request)
    {
        shifts = shifts.Where(s => s.StartsAt >= from);
        if (request.To is { } to)
        {
            shifts = shifts.Where(s => s.StartsAt < to);
        }

        if (request.ChapterId is { } chapterId)
        {
            shifts = shifts.Where(s => s.ChapterId == chapterId);
        }

        if (EnumNames<ShiftRole>.Parse(request.Role) is { } role)
        {
            shifts = shifts.Where(s => s.Role == role);
        }

        if (EnumNames<Cover>.Parse(request.Status) is { } cover)
        {
            shifts = cover switch
            {
                Cover.Open => shifts.Where(s => s.Status == ShiftStatus.Open && s.Taken < s.Places),
                Cover.Uncovered => shifts.Where(s => s.Status == ShiftStatus.Open && s.Taken == 0),
                _ => shifts.Where(s => s.Status == ShiftStatus.Open && s.Taken >= s.Places),
            };
        }

        return request.Paging.After<ListShifts.Position>() is { } after
            ? shifts.Where(s => s.StartsAt > after.StartsAt || (s.StartsAt == after.StartsAt && s.Id > after.Id))
            : shifts;
    }
}
