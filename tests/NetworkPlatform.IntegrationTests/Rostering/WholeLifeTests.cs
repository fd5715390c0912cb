namespace NetworkPlatform.IntegrationTests.Rostering;

/// <summary>Random commands over HTTP, one at a time and from many at once, beside a model of what must hold whatever they were.</summary>
public sealed class WholeLifeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string[] Acts = ["sign-up", "sign-up", "sign-up", "cancel", "cancel", "confirm", "swap", "accept", "decline", "places"];

    /// <summary>One command at a time, over three weeks: the model says what each is answered and what is in the database then.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_life_of_random_commands_goes_as_the_model_says(int seed)
    {
        DatabaseServer.OnPostgreSqlOnly("what is there is looked up in its SQL");
        await using var own = await ApiFixture.Start(api.Server);
        var life = await RandomLife.Begin(own, new Random(seed));
        for (var step = 0; !life.IsOver; step++)
        {
            var (act, told, expected) = await life.Act();
            told.ShouldBe(expected, $"{act} as step {step} of seed {seed}");
            await life.ShouldBeAsTheModelHasIt($"after {act} as step {step} of seed {seed}");
            life.Seen.UnionWith(told.Split(' ').Select(answer => $"{act} {answer}"));
        }

        // Else a life in which nothing happens would do.
        RandomLife.Happens.Except(life.Seen, StringComparer.Ordinal).ShouldBeEmpty($"seed {seed} has come to {string.Join("; ", life.Seen)}");
        (await own.Database.Deadlocks()).ShouldBeEmpty();
    }

    /// <summary>Sign-ups, cancellations, offers, swaps and changed places at once: answers are no failures, and at the end everything adds up.</summary>
    [Fact]
    public async Task Whatever_is_done_at_once_leaves_a_roster_in_which_everything_adds_up()
    {
        var (tenant, shifts, volunteers) = await Cast();
        await Parallel.ForEachAsync(Enumerable.Range(0, 600), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var random = new Random(i);
            var answer = await Act(tenant, shifts.ConvertAll(s => s.Shift), volunteers, random);
            ((int)answer.Status).ShouldBeLessThan(500, answer.Body);
        });

        await Invariants(tenant);
    }

    /// <summary>Does something that the roster has room for now, as far as one can tell before.</summary>
    internal static async Task<Answer> Act(Tenant tenant, List<OpenedShift> shifts, List<Guid> volunteers, Random random)
    {
        var (volunteer, shift) = (volunteers[random.Next(volunteers.Count)], shifts[random.Next(shifts.Count)]);
        var act = Acts[random.Next(Acts.Length)];
        switch (act)
        {
            case "sign-up":
                return await tenant.SignUp(shift, volunteer);
            case "places":
                var read = await tenant.Admin.Get($"/shifts/{shift.Id}");
                return await tenant.Admin.Patch($"/shifts/{shift.Id}", new { places = random.Next(1, 4) }, ("If-Match", read.ETag!));
            case "accept" or "decline":
                var swaps = (await tenant.Admin.Get("/swaps?status=pending&limit=100").Ok()).GetProperty("items").EnumerateArray().ToList();
                return swaps.Count == 0
                    ? await tenant.SignUp(shift, volunteer)
                    : await tenant.Admin.Post($"/swaps/{swaps[random.Next(swaps.Count)].Id()}/{act}", act == "accept" ? new { volunteerId = volunteer } : null);
        }

        var mine = (await tenant.Admin.Get($"/volunteers/{volunteer}/signups?limit=100").Ok()).GetProperty("items").EnumerateArray().ToList();
        if (mine.Count == 0)
        {
            return await tenant.SignUp(shift, volunteer);
        }

        var signUp = mine[random.Next(mine.Count)].Id();
        if (act != "swap")
        {
            return await tenant.Admin.Post($"/signups/{signUp}/{act}");
        }

        var other = (await tenant.Admin.Get($"/volunteers/{volunteers[random.Next(volunteers.Count)]}/signups?limit=100").Ok()).GetProperty("items").EnumerateArray().Where(s => s.Text("status") == "confirmed").ToList();
        return await tenant.Admin.Post($"/signups/{signUp}/swaps", other.Count > 0 && random.Next(2) == 0 ? new { inReturnSignUpId = other[0].Id() } : new { });
    }

    /// <summary>What always holds, looked at past the application.</summary>
    private async Task Invariants(Tenant tenant)
    {
        (await api.Database.Scalar<long>(
            """
            SELECT count(*) FROM rostering.shifts s WHERE tenant_id = $1 AND (taken > places OR taken <> (
              SELECT count(*) FROM rostering.sign_ups u WHERE u.tenant_id = s.tenant_id AND u.shift_id = s.id AND u.status IN ('confirmed', 'offered')))
            """, tenant.Id)).ShouldBe(0, "places are counted, and none is given twice");
        (await api.Database.Scalar<long>(
            """
            SELECT count(*) FROM (
              SELECT u.id FROM rostering.sign_ups u WHERE u.tenant_id = $1 AND u.status IN ('confirmed', 'offered')
              UNION ALL SELECT w.id FROM rostering.swaps w WHERE w.tenant_id = $1 AND w.status = 'pending' AND w.in_return_sign_up_id IS NOT NULL) held
            FULL JOIN (SELECT c.id FROM rostering.commitments c JOIN rostering.volunteers v ON v.person_id = c.person_id WHERE v.tenant_id = $1) counted ON counted.id = held.id
            WHERE counted.id IS NULL OR held.id IS NULL
            """, tenant.Id)).ShouldBe(0, "what is held is what counts");
        (await api.Database.Scalar<long>(
            """
            SELECT count(*) FROM rostering.swaps w WHERE w.tenant_id = $1 AND w.status = 'pending'
              AND NOT EXISTS (SELECT 1 FROM rostering.sign_ups u WHERE u.tenant_id = w.tenant_id AND u.id = w.sign_up_id AND u.status = 'confirmed')
            """, tenant.Id)).ShouldBe(0, "no request outlives its sign-up");

        // Rest of eleven hours between any two that somebody holds: the rule of the default policy that these shifts come nearest to.
        (await api.Database.Scalar<long>(
            """
            SELECT count(*) FROM rostering.sign_ups a JOIN rostering.shifts s ON s.id = a.shift_id
            JOIN rostering.sign_ups b ON b.volunteer_id = a.volunteer_id AND b.id <> a.id JOIN rostering.shifts t ON t.id = b.shift_id
            WHERE a.tenant_id = $1 AND a.status IN ('confirmed', 'offered') AND b.status IN ('confirmed', 'offered') AND s.starts_at <= t.starts_at AND t.starts_at < s.ends_at + interval '11 hours'
            """, tenant.Id)).ShouldBe(0, "nobody was given too little rest");
        (await api.Database.Deadlocks()).ShouldBeEmpty();
    }

    /// <summary>Shifts of which some are too near to one another for one person, and fewer places than volunteers.</summary>
    private async Task<(Tenant Tenant, List<(OpenedShift Shift, DateTimeOffset StartsAt, int Places)> Shifts, List<Guid> Volunteers)> Cast()
    {
        DatabaseServer.OnPostgreSqlOnly("the invariants are looked at in its SQL");
        var tenant = await api.NewTenant();
        List<(OpenedShift, DateTimeOffset, int)> shifts = [];
        foreach (var (day, hour, places) in new[] { (3, 0, 1), (3, 3, 2), (5, 0, 1), (5, 12, 2), (8, 0, 1) })
        {
            var startsAt = Roster.At(day, hour);
            shifts.Add((await tenant.NewShift(startsAt, minutes: 60, places: places), startsAt, places));
        }

        List<Guid> volunteers = [];
        for (var i = 0; i < 6; i++)
        {
            volunteers.Add(await tenant.NewVolunteer());
        }

        return (tenant, shifts, volunteers);
    }
}
