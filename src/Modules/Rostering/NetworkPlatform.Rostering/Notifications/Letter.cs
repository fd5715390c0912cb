using NetworkPlatform.Platform.Mailing;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Rostering.Swaps;

namespace NetworkPlatform.Rostering.Notifications;

/// <summary>A notification with what it is about.</summary>
/// <param name="InReturn">The shift that a swap asks for in return.</param>
internal sealed record News(Notification Notification, Shift Shift, SignUp? SignUp, Swap? Swap, Shift? InReturn)
{
    /// <summary>Whether it still tells the truth. Some things are only true until something else happens.</summary>
    internal bool IsTrueAt(DateTimeOffset now) => Notification.Kind switch
    {
        NotificationKind.ShiftCancelled or NotificationKind.SwapLapsed => true,
        _ when Shift.Status != ShiftStatus.Open || Shift.StartsAt <= now => false,
        NotificationKind.SignUpConfirmed or NotificationKind.ShiftReminder => SignUp?.Status == SignUpStatus.Confirmed,
        NotificationKind.SwapRequested => Swap is { Status: SwapStatus.Pending } && Swap.Until > now,
        NotificationKind.PlaceOffered => SignUp is { Status: SignUpStatus.Offered, OfferedUntil: { } until } && until > now && Notification.Cause == CauseOfOffer(SignUp.Id, until),
        NotificationKind.ShiftMoved => SignUp?.IsActive == true && Notification.Cause == CauseOfMove(Shift.Id, Shift.SessionRevision),
        _ => true,
    };

    /// <summary>What comes later is of no use: the time to answer, or the shift's start.</summary>
    internal DateTimeOffset Deadline => Notification.Kind switch
    {
        NotificationKind.PlaceOffered => SignUp?.OfferedUntil ?? Shift.StartsAt,
        NotificationKind.SwapRequested => Swap?.Until ?? Shift.StartsAt,
        _ => Shift.StartsAt,
    };

    /// <summary>How whoever asked is told of the end; null where they need not be, since they have taken the request back themselves.</summary>
    internal static NotificationKind? KindOf(SwapStatus? outcome) => outcome switch
    {
        SwapStatus.Accepted => NotificationKind.SwapAccepted,
        SwapStatus.Declined => NotificationKind.SwapDeclined,
        SwapStatus.Lapsed => NotificationKind.SwapLapsed,
        _ => null,
    };

    /// <summary>Whoever is offered the place anew is told anew, and only of the offer that stands.</summary>
    internal static string CauseOfOffer(Guid signUpId, DateTimeOffset until) => $"{signUpId} {until:u}";

    /// <param name="of">The shift, or whose sign-up for it: revisions are counted session by session.</param>
    internal static string CauseOfMove(Guid of, int revision) => $"{of} revision {revision.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}

/// <summary>Puts news into words.</summary>
internal static class Letter
{
    /// <param name="unsubscribe">Where one click ends such mail; null for a coordinator's address.</param>
    internal static Mail Write(Recipient to, Wording words, IReadOnlyList<News> news, string tenant, Uri? unsubscribe)
    {
        var first = news[0];
        var subject = news.Count == 1 ? words.Fill(words.Kinds[first.Notification.Kind].Subject, first.Shift.Title, When(first)) : words.Fill(words.DigestSubject, news.Count);
        List<string> paragraphs = [];
        if (to.Name is { } name)
        {
            paragraphs.Add(words.Fill(words.Greeting, name));
        }

        foreach (var item in news)
        {
            paragraphs.Add(words.Fill(words.Kinds[item.Notification.Kind].Body, item.Shift.Title, When(item)));
            if (item.Notification is { Kind: NotificationKind.ShiftCancelled, Reason: { } reason })
            {
                paragraphs.Add(words.Fill(words.Reason, reason));
            }
            else if (item is { Notification.Kind: NotificationKind.PlaceOffered, SignUp.OfferedUntil: { } until })
            {
                paragraphs.Add(words.Fill(words.AnswerBy, words.When(until, item.Shift.TimeZone)));
            }
            else if (item is { Notification.Kind: NotificationKind.SwapRequested, Swap: { } swap })
            {
                if (item.InReturn is { } inReturn)
                {
                    paragraphs.Add(words.Fill(words.InReturn, inReturn.Title, words.When(inReturn.StartsAt, inReturn.TimeZone)));
                }

                paragraphs.Add(words.Fill(words.AnswerBy, words.When(swap.Until, item.Shift.TimeZone)));
            }
        }

        if (unsubscribe is not null)
        {
            paragraphs.Add(words.Fill(words.Footer, tenant));
            paragraphs.Add(unsubscribe.AbsoluteUri);
        }

        return Mail.Write(to.Email, words.Culture, subject, paragraphs) with { Id = first.Notification.Id, Unsubscribe = unsubscribe };

        string When(News about) => words.When(about.Shift.StartsAt, about.Shift.TimeZone);
    }
}
