using NetworkPlatform.Registry.Meetings;

namespace NetworkPlatform.UnitTests.Registry.Meetings;

public sealed class RecurrenceTextTests
{
    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO")]
    [InlineData("RRULE:FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO")]
    [InlineData(" rrule:freq=weekly;byday=mo\n", "FREQ=WEEKLY;BYDAY=MO")]
    [InlineData("BYDAY=SU,FR,MO,FR;COUNT=010;FREQ=WEEKLY;INTERVAL=1;WKST=SU", "FREQ=WEEKLY;BYDAY=MO,FR,SU;COUNT=10")]
    [InlineData("FREQ=WEEKLY;WKST=SU;INTERVAL=2", "FREQ=WEEKLY;INTERVAL=2;WKST=SU")]
    [InlineData("FREQ=WEEKLY;WKST=MO;INTERVAL=2", "FREQ=WEEKLY;INTERVAL=2")]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR,MO,+1MO,-2FR", "FREQ=MONTHLY;BYDAY=MO,1MO,-2FR,-1FR")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-1,31,1,-31", "FREQ=MONTHLY;BYMONTHDAY=1,31,-31,-1")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1,1", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1,-1")]
    [InlineData("FREQ=DAILY;UNTIL=20261231", "FREQ=DAILY;UNTIL=20261231")]
    [InlineData("FREQ=DAILY;UNTIL=20261231T235959Z", "FREQ=DAILY;UNTIL=20261231T235959Z")]
    public void Writes_the_canonical_text(string rule, string canonical)
    {
        RecurrenceTests.Rule(rule).ToRule().ShouldBe(canonical);
        RecurrenceTests.Rule(canonical).ToRule().ShouldBe(canonical);
    }

    [Theory]
    [InlineData(null, "FREQ is missing; it is DAILY, WEEKLY or MONTHLY")]
    [InlineData("", "FREQ is missing; it is DAILY, WEEKLY or MONTHLY")]
    [InlineData("RRULE:", "FREQ is missing; it is DAILY, WEEKLY or MONTHLY")]
    [InlineData("INTERVAL=2", "FREQ is missing; it is DAILY, WEEKLY or MONTHLY")]
    [InlineData("FREQ=YEARLY", "FREQ must be DAILY, WEEKLY or MONTHLY")]
    [InlineData("FREQ=HOURLY", "FREQ must be DAILY, WEEKLY or MONTHLY")]
    [InlineData("FREQ=1", "FREQ must be DAILY, WEEKLY or MONTHLY")]
    [InlineData("FREQ", "FREQ has no value")]
    [InlineData("FREQ=DAILY;COUNT=", "COUNT has no value")]
    [InlineData("FREQ=DAILY;FREQ=DAILY", "FREQ is given twice")]
    [InlineData("FREQ=DAILY;BYMONTH=1", "BYMONTH is not supported;")]
    [InlineData("FREQ=DAILY;BYHOUR=9", "BYHOUR is not supported;")]
    [InlineData("FREQ=DAILY;", "a part is not supported;")]
    [InlineData("DTSTART:20260101\nRRULE:FREQ=DAILY", "a part is not supported;")]
    [InlineData("FREQ=DAILY;INTERVAL=0", "INTERVAL must be a whole number from 1 to 999")]
    [InlineData("FREQ=DAILY;INTERVAL=1000", "INTERVAL must be")]
    [InlineData("FREQ=DAILY;INTERVAL=-1", "INTERVAL must be")]
    [InlineData("FREQ=DAILY;INTERVAL=99999999999999999999", "INTERVAL must be")]
    [InlineData("FREQ=DAILY;COUNT=0", "COUNT must be a whole number from 1 to 9999")]
    [InlineData("FREQ=DAILY;COUNT=10000", "COUNT must be")]
    [InlineData("FREQ=WEEKLY;BYDAY=XX", "BYDAY must list days")]
    [InlineData("FREQ=WEEKLY;BYDAY=M", "BYDAY must list days")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,", "BYDAY must list days")]
    [InlineData("FREQ=WEEKLY;BYDAY=MONDAY", "BYDAY must list days")]
    [InlineData("FREQ=MONTHLY;BYDAY=0MO", "BYDAY must list days")]
    [InlineData("FREQ=MONTHLY;BYDAY=6MO", "BYDAY must list days")]
    [InlineData("FREQ=MONTHLY;BYDAY=-6MO", "BYDAY must list days")]
    [InlineData("FREQ=WEEKLY;BYDAY=1MO", "BYDAY with an ordinal needs FREQ=MONTHLY")]
    [InlineData("FREQ=DAILY;BYDAY=1MO", "BYDAY with an ordinal needs FREQ=MONTHLY")]
    [InlineData("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY cannot be used with FREQ=WEEKLY")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY must list numbers from 1 to 31 or -1 to -31")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY must list")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-32", "BYMONTHDAY must list")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "BYSETPOS must list")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1", "BYSETPOS is only supported with FREQ=MONTHLY")]
    [InlineData("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS needs BYDAY or BYMONTHDAY beside it")]
    [InlineData("FREQ=DAILY;UNTIL=2026-12-31", "UNTIL must be a date (20301231) or a date and time in UTC (20301231T235959Z)")]
    [InlineData("FREQ=DAILY;UNTIL=20261231T235959", "UNTIL must be")]
    [InlineData("FREQ=DAILY;UNTIL=20260229", "UNTIL must be")]
    [InlineData("FREQ=DAILY;UNTIL=20261231;COUNT=2", "COUNT and UNTIL cannot be used together")]
    [InlineData("FREQ=DAILY;WKST=MO,TU", "WKST must be one day, such as MO or SU")]
    [InlineData("FREQ=DAILY;WKST=1MO", "WKST must be one day")]
    public void Names_the_part_that_is_wrong(string? rule, string problem)
    {
        Recurrence.TryParse(rule, out var recurrence, out var said).ShouldBeFalse();
        recurrence.ShouldBeNull();
        said.ShouldNotBeNull().ShouldStartWith(problem);
    }

    [Fact]
    public void Refuses_a_rule_of_unreasonable_length()
    {
        var rule = "FREQ=MONTHLY;BYMONTHDAY=" + string.Join(',', Enumerable.Repeat("1", 300));
        Recurrence.TryParse(rule, out _, out var problem).ShouldBeFalse();
        problem.ShouldBe("the rule is longer than 500 characters");
    }
}
