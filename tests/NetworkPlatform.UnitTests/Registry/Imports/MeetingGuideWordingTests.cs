namespace NetworkPlatform.UnitTests.Registry.Imports;

/// <summary>What is found in names and notes: other rhythms than weekly, and contacts.</summary>
public sealed class MeetingGuideWordingTests
{
    [Theory]
    [InlineData("1st Tuesday Circle")]
    [InlineData("Fern (2nd & 4th)")]
    [InlineData("Fern 2nd & 4th Wed")]
    [InlineData("First, third and fifth Monday")]
    [InlineData("LAST SATURDAY OF THE MONTH")]
    [InlineData("Monthly Carers' Table")]
    [InlineData("Every Other Thursday")]
    [InlineData("Bi-weekly Bereavement")]
    [InlineData("Biweekly")]
    [InlineData("Fortnightly Fern")]
    [InlineData("Alternate Fridays")]
    [InlineData("Once a month walk")]
    [InlineData("Walk on the 15th of each month")]
    public void A_name_of_another_rhythm_is_for_review(string name)
    {
        FeedSample.Reviewed(("name", $"\"{name}\"")).ShouldBe("name");
        FeedSample.Reviewed(("group", $"\"{name}\"")).ShouldBe("group");
        FeedSample.Reviewed(("notes", $"\"{name}\"")).ShouldBe("notes");
    }

    [Theory]
    [InlineData("Last Lantern")]
    [InlineData("Fourth Dimension")]
    [InlineData("First Steps")]
    [InlineData("2nd Street Group")]
    [InlineData("Second Chance Sunday")]
    [InlineData("Every Tuesday")]
    [InlineData("Twelve Months")]
    [InlineData("1st & 2nd Avenue")]
    public void A_name_that_only_sounds_like_it_is_not(string name) => FeedSample.Reviewed(("name", $"\"{name}\"")).ShouldBe("");

    [Theory]
    [InlineData("Meets the first and third Sunday of the month.")]
    [InlineData("Side door. 2nd and 4th week only.")]
    [InlineData("No meeting 2nd Thursday of the month.")]
    [InlineData("Open meeting, meets last Friday only.")]
    [InlineData("Everyone is welcome. Also on the third Friday, by the weir.")]
    [InlineData("This meeting is every second week.")]
    [InlineData("Meets every month.")]
    [InlineData("Meets the first week of the month.")]
    [InlineData("Birthday cake each time.\\n1st Monday")]
    public void Notes_of_another_rhythm_are_for_review(string notes) => FeedSample.Reviewed(("notes", $"\"{notes}\"")).ShouldBe("notes");

    [Theory]
    [InlineData("Open to friends on the last Saturday of the month, for birthdays.")]
    [InlineData("Closed, except the first Monday of each month.")]
    [InlineData("Monthly business meeting: first Sunday.")]
    [InlineData("Speaker on the last Friday.")]
    [InlineData("We celebrate on the 1st Wednesday of every month.")]
    [InlineData("We read the first, second and third steps.")]
    [InlineData("Room 3, second floor; 3rd door on the left.")]
    [InlineData("The last meeting of the month ends early.")]
    [InlineData("Meets every Monday and Thursday.")]
    public void Notes_on_a_special_occasion_of_a_weekly_meeting_are_not(string notes) =>
        FeedSample.Reviewed(("notes", $"\"{notes}\"")).ShouldBe("");

    [Fact]
    public void Group_notes_are_not_looked_at() =>
        FeedSample.Reviewed(("group_notes", "\"We gather on the last Saturday of the month.\"")).ShouldBe("");

    [Theory]
    [InlineData("Write to lantern.group+help@mill.example, please", "Write to […], please")]
    [InlineData("mailto:lantern@mill.example", "[…]")]
    [InlineData("Call (555) 010-0199.", "Call […].")]
    [InlineData("Call 555.010.0199 or 1-555-010-0198", "Call […] or […]")]
    [InlineData("Call 555-010-0199 / 555-010-0198 now", "Call […] / […] now")]
    [InlineData("Call +44 117 496 0000", "Call […]")]
    [InlineData("Call 0117 496 0000", "Call […]")]
    [InlineData("Call 555-0199", "Call […]")]
    [InlineData("Call 5550100199", "Call […]")]
    [InlineData("Call 555\u2010010\u20110199 or 555\u2212010\u20150198", "Call […] or […]")]
    [InlineData("Call +44 117\u2013496\u20140000", "Call […]")]
    [InlineData("Call 555\u20130199", "Call […]")]
    [InlineData("Venmo: @Lantern-Group for tea", "[…] for tea")]
    [InlineData("Give at https://paypal.me/lantern, thanks", "Give at […] thanks")]
    public void Contacts_in_text_are_taken_out_and_for_review(string text, string left)
    {
        foreach (var field in (string[])["name", "group", "location", "notes", "group_notes"])
        {
            FeedSample.Reviewed((field, $"\"{text}\"")).ShouldBe(field);
        }

        FeedSample.Meeting(("notes", $"\"{text}\"")).Notes.ShouldBe(left);
        FeedSample.Meeting(("name", $"\"{text}\"")).Name.ShouldBe(left);
    }

    [Theory]
    [InlineData("Room 12, from 18:45 to 19:15")]
    [InlineData("Since 2019-03-01 2021-04-01")]
    [InlineData("Since 2019\u201303\u201301 2021\u201104\u201101, 10:00\u201311:00")]
    [InlineData("Zoom ID: 555\u20110100\u20110199")]
    [InlineData("Zoom ID: 555 0100 0199, passcode 123456")]
    [InlineData("See https://meet.example/j/55501000199?pwd=1")]
    [InlineData("Group no. #000012345678")]
    [InlineData("@ 2pm")]
    public void Other_numbers_stay(string notes)
    {
        FeedSample.Meeting(("notes", $"\"{notes}\"")).Notes.ShouldBe(notes);
        FeedSample.Reviewed(("notes", $"\"{notes}\"")).ShouldBe("");
    }

    [Theory]
    [InlineData("205-1234 Weir Lane, Fordwick, FW 12345-6789", "205-1234 Weir Lane, Fordwick, FW 12345-6789", "")]
    [InlineData("Unit 12 34567 Highway 8, Fordwick", "Unit 12 34567 Highway 8, Fordwick", "")]
    [InlineData("4 Weir Lane (ask at 555-010-0199), Fordwick", "4 Weir Lane (ask at […]), Fordwick", "formatted_address")]
    [InlineData("4 Weir Lane (ask at 555\u2011010\u20110199), Fordwick", "4 Weir Lane (ask at […]), Fordwick", "formatted_address")]
    [InlineData("4 Weir Lane, ask +441174960000", "4 Weir Lane, ask […]", "formatted_address")]
    [InlineData("4 Weir Lane, ask a@mill.example", "4 Weir Lane, ask […]", "formatted_address")]
    public void Addresses_keep_the_numbers_of_houses(string address, string left, string reviewed)
    {
        FeedSample.Meeting(("formatted_address", $"\"{address}\"")).Venue.ShouldNotBeNull().Address.ShouldBe(left);
        FeedSample.Reviewed(("formatted_address", $"\"{address}\"")).ShouldBe(reviewed);
    }

    [Fact]
    public void Nothing_of_the_contact_fields_is_carried()
    {
        string[] fields =
        [
            "contact_1_name", "contact_1_email", "contact_1_phone", "contact_2_name", "contact_2_email", "contact_2_phone",
            "contact_3_name", "contact_3_email", "contact_3_phone", "conference_phone", "conference_phone_notes", "conference_url_notes",
            "email", "phone", "venmo",
            "square", "paypal", "homegroup_online", "feedback_url", "edit_url", "entity", "entity_email", "entity_phone", "website",
            "location_notes",
        ];
        var row = FeedSample.Row([("conference_url", FeedSample.Hybrid), .. fields.Select(field => (field, (string?)"\"secret\""))]);
        row.Problems.ShouldBeEmpty();
        row.Meeting.ShouldNotBeNull().ToString().ShouldNotContain("secret");
        row.Meeting.Notes.ShouldBe("Ring twice.");
        row.Meeting.Types.ShouldBe(["O", "X"]);
        row.Reviews.ShouldBeEmpty();
    }

    [Fact]
    public void No_problem_repeats_the_text_of_the_feed()
    {
        string[] values =
        [
            "\"heron 555-0199\"", "[\"heron 555-0199\"]", "{\"heron\": \"555-0199\"}", "5550199",
            $"\"{string.Concat(Enumerable.Repeat("heron 555-0199 ", 500))}\"",
        ];
        foreach (var field in FeedSample.Members.Keys.Append("conference_url").Append("attendance_option").Append("conference_phone"))
        {
            foreach (var value in values)
            {
                var row = FeedSample.Row((field, value));
                var messages = string.Join(' ', row.Problems.Concat(row.Reviews));
                messages.ShouldNotContain("heron");
                messages.ShouldNotContain("0199");
            }
        }
    }
}
