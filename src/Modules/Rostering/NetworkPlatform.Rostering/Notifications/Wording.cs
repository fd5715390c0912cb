using System.Globalization;

namespace NetworkPlatform.Rostering.Notifications;

/// <summary>The words of our mails in one language. {0} is the shift's title, {1} when it is, in its own place's time.</summary>
internal sealed record Wording(CultureInfo Culture)
{
    internal static readonly IReadOnlyList<Wording> All = [English(), Hebrew(), French(), Russian()];

    public required IReadOnlyDictionary<NotificationKind, (string Subject, string Body)> Kinds { get; init; }

    /// <summary>{0} is the reader's name.</summary>
    public required string Greeting { get; init; }

    /// <summary>{0} is the reason as it was given.</summary>
    public required string Reason { get; init; }

    /// <summary>{0} is an instant.</summary>
    public required string AnswerBy { get; init; }

    /// <summary>{0} is the title of the reader's shift that is asked for in return, {1} when it is.</summary>
    public required string InReturn { get; init; }

    /// <summary>{0} is how many news.</summary>
    public required string DigestSubject { get; init; }

    /// <summary>{0} is the tenant's name.</summary>
    public required string Footer { get; init; }

    public required string UnsubscribeQuestion { get; init; }

    public required string UnsubscribeButton { get; init; }

    public required string Unsubscribed { get; init; }

    /// <summary>The first of the languages that there are words in; English where there is none.</summary>
    internal static Wording For(params IEnumerable<string> languages) =>
        languages.Select(tag => All.FirstOrDefault(w => string.Equals(w.Culture.TwoLetterISOLanguageName, tag.Split('-')[0], StringComparison.OrdinalIgnoreCase))).FirstOrDefault(w => w is not null) ?? All[0];

    /// <summary>An instant as people of the place write it, with the place's zone.</summary>
    internal string When(DateTimeOffset instant, string timeZone) =>
        $"{TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).ToString("f", Culture)} ({timeZone})";

    internal string Fill(string text, params object[] values) => string.Format(Culture, text, values);

    private static Wording English() => new(CultureInfo.GetCultureInfo("en-GB"))
    {
        Kinds = new Dictionary<NotificationKind, (string, string)>
        {
            [NotificationKind.SignUpConfirmed] = ("Confirmed: {0}, {1}", "You are on the rota for {0}, {1}."),
            [NotificationKind.PlaceOffered] = ("A place for you: {0}, {1}", "A place has come free on {0}, {1}. It is kept for you: please confirm it, or it goes to the next in line."),
            [NotificationKind.ShiftCancelled] = ("Cancelled: {0}, {1}", "{0}, {1}, does not take place."),
            [NotificationKind.ShiftMoved] = ("Moved: {0} is now {1}", "{0} has been moved. It now takes place {1}."),
            [NotificationKind.ShiftReminder] = ("Reminder: {0}, {1}", "You are on the rota for {0}, {1}. If you cannot come, please cancel now, so that somebody else can."),
            [NotificationKind.LateCancellation] = ("Cancelled late: {0}, {1}", "A volunteer has cancelled at short notice: {0}, {1}. Please see whether somebody is needed."),
            [NotificationKind.SwapRequested] = ("Can you take over? {0}, {1}", "Another volunteer asks you to take over {0}, {1}. Please accept or decline the request."),
            [NotificationKind.SwapAccepted] = ("Taken over: {0}, {1}", "Somebody has taken over {0}, {1}, from you. You are no longer on the rota for it."),
            [NotificationKind.SwapDeclined] = ("Not taken over: {0}, {1}", "Your request to be replaced at {0}, {1}, was declined. You are still on the rota for it."),
            [NotificationKind.SwapLapsed] = ("Not answered: {0}, {1}", "Nobody has answered your request to be replaced at {0}, {1}, in time. You are still on the rota for it."),
        },
        Greeting = "Hello {0},",
        Reason = "Reason: {0}",
        AnswerBy = "Please answer by {0}.",
        InReturn = "In return they would take over a shift of yours: {0}, {1}.",
        DigestSubject = "Your shifts: {0} news",
        Footer = "You get this mail because you help at {0}. To get no more of these:",
        UnsubscribeQuestion = "Do you want to get no more of these mails?",
        UnsubscribeButton = "Unsubscribe",
        Unsubscribed = "You will get no more of these mails.",
    };

    private static Wording Hebrew() => new(CultureInfo.GetCultureInfo("he-IL"))
    {
        Kinds = new Dictionary<NotificationKind, (string, string)>
        {
            [NotificationKind.SignUpConfirmed] = ("אושר: {0}, {1}", "השיבוץ שלך אושר: {0}, {1}."),
            [NotificationKind.PlaceOffered] = ("התפנה עבורך מקום: {0}, {1}", "התפנה מקום: {0}, {1}. המקום שמור עבורך. נא לאשר אותו, אחרת יעבור אל הבאים בתור."),
            [NotificationKind.ShiftCancelled] = ("בוטל: {0}, {1}", "{0}, {1}, לא יתקיים."),
            [NotificationKind.ShiftMoved] = ("שינוי מועד: {0}, {1}", "המועד של {0} השתנה. המועד החדש: {1}."),
            [NotificationKind.ShiftReminder] = ("תזכורת: {0}, {1}", "השיבוץ שלך: {0}, {1}. אם אין באפשרותך להגיע, נא לבטל עכשיו כדי שיימצא מחליף."),
            [NotificationKind.LateCancellation] = ("ביטול מאוחר: {0}, {1}", "התקבל ביטול בהתראה קצרה: {0}, {1}. נא לבדוק אם דרוש מחליף."),
            [NotificationKind.SwapRequested] = ("בקשת החלפה: {0}, {1}", "התקבלה עבורך בקשת החלפה ממתנדב אחר: {0}, {1}. נא לאשר או לדחות את הבקשה."),
            [NotificationKind.SwapAccepted] = ("נמצא מחליף: {0}, {1}", "נמצא מחליף: {0}, {1}. השיבוץ שלך בוטל."),
            [NotificationKind.SwapDeclined] = ("בקשת ההחלפה נדחתה: {0}, {1}", "בקשת ההחלפה שלך נדחתה: {0}, {1}. השיבוץ שלך נשאר בתוקף."),
            [NotificationKind.SwapLapsed] = ("אין תשובה לבקשת ההחלפה: {0}, {1}", "לא התקבלה תשובה בזמן לבקשת ההחלפה שלך: {0}, {1}. השיבוץ שלך נשאר בתוקף."),
        },
        Greeting = "שלום {0},",
        Reason = "הסיבה: {0}",
        AnswerBy = "נא להשיב עד {0}.",
        InReturn = "בתמורה יועבר למתנדב האחר שיבוץ שלך: {0}, {1}.",
        DigestSubject = "המשמרות שלך: {0} עדכונים",
        Footer = "קיבלת הודעה זו כי התנדבת אצל {0}. להפסקת הודעות מסוג זה:",
        UnsubscribeQuestion = "להפסיק לקבל הודעות מסוג זה?",
        UnsubscribeButton = "הפסקה",
        Unsubscribed = "לא יישלחו אליך עוד הודעות מסוג זה.",
    };

    private static Wording French() => new(CultureInfo.GetCultureInfo("fr-FR"))
    {
        Kinds = new Dictionary<NotificationKind, (string, string)>
        {
            [NotificationKind.SignUpConfirmed] = ("Confirmé : {0}, {1}", "Votre participation est confirmée : {0}, {1}."),
            [NotificationKind.PlaceOffered] = ("Une place pour vous : {0}, {1}", "Une place s’est libérée : {0}, {1}. Elle vous est réservée : merci de la confirmer, sinon elle revient à la personne suivante."),
            [NotificationKind.ShiftCancelled] = ("Annulé : {0}, {1}", "{0}, {1}, n’aura pas lieu."),
            [NotificationKind.ShiftMoved] = ("Déplacé : {0}, désormais {1}", "{0} a été déplacé. Nouvelle date : {1}."),
            [NotificationKind.ShiftReminder] = ("Rappel : {0}, {1}", "Vous êtes attendu(e) : {0}, {1}. Si vous ne pouvez pas venir, merci d’annuler maintenant, afin que quelqu’un d’autre le puisse."),
            [NotificationKind.LateCancellation] = ("Annulation tardive : {0}, {1}", "Une personne bénévole vient d’annuler : {0}, {1}. Merci de voir s’il faut la remplacer."),
            [NotificationKind.SwapRequested] = ("Pouvez-vous remplacer ? {0}, {1}", "Une autre personne bénévole vous demande de la remplacer : {0}, {1}. Merci d’accepter ou de refuser."),
            [NotificationKind.SwapAccepted] = ("Remplacement trouvé : {0}, {1}", "Quelqu’un vous remplace : {0}, {1}. Vous n’êtes plus attendu(e)."),
            [NotificationKind.SwapDeclined] = ("Remplacement refusé : {0}, {1}", "Votre demande de remplacement a été refusée : {0}, {1}. Vous restez attendu(e)."),
            [NotificationKind.SwapLapsed] = ("Remplacement sans réponse : {0}, {1}", "Personne n’a répondu à temps à votre demande de remplacement : {0}, {1}. Vous restez attendu(e)."),
        },
        Greeting = "Bonjour {0},",
        Reason = "Motif : {0}",
        AnswerBy = "Merci de répondre avant le {0}.",
        InReturn = "En échange, l’autre personne prendrait l’une de vos permanences : {0}, {1}.",
        DigestSubject = "Vos permanences : {0} nouvelles",
        Footer = "Vous recevez ce message parce que vous aidez {0}. Pour ne plus en recevoir de ce genre :",
        UnsubscribeQuestion = "Ne plus recevoir ces messages ?",
        UnsubscribeButton = "Se désabonner",
        Unsubscribed = "Vous ne recevrez plus ces messages.",
    };

    private static Wording Russian() => new(CultureInfo.GetCultureInfo("ru-RU"))
    {
        Kinds = new Dictionary<NotificationKind, (string, string)>
        {
            [NotificationKind.SignUpConfirmed] = ("Подтверждено: {0}, {1}", "Вы записаны: {0}, {1}."),
            [NotificationKind.PlaceOffered] = ("Для вас есть место: {0}, {1}", "Освободилось место: {0}, {1}. Оно сохраняется за вами. Пожалуйста, подтвердите, иначе оно перейдёт следующему."),
            [NotificationKind.ShiftCancelled] = ("Отменено: {0}, {1}", "{0}, {1}: встреча не состоится."),
            [NotificationKind.ShiftMoved] = ("Перенесено: {0}, теперь {1}", "Встреча «{0}» перенесена. Новое время: {1}."),
            [NotificationKind.ShiftReminder] = ("Напоминание: {0}, {1}", "Вы записаны: {0}, {1}. Если вы не сможете прийти, пожалуйста, отмените запись сейчас, чтобы нашлась замена."),
            [NotificationKind.LateCancellation] = ("Поздняя отмена: {0}, {1}", "Волонтёр отменил запись незадолго до начала: {0}, {1}. Проверьте, нужна ли замена."),
            [NotificationKind.SwapRequested] = ("Просьба о замене: {0}, {1}", "Другой волонтёр просит вас о замене: {0}, {1}. Пожалуйста, согласитесь или откажитесь."),
            [NotificationKind.SwapAccepted] = ("Замена найдена: {0}, {1}", "Замена найдена: {0}, {1}. Вы больше не записаны."),
            [NotificationKind.SwapDeclined] = ("В замене отказано: {0}, {1}", "На вашу просьбу о замене ответили отказом: {0}, {1}. Вы по-прежнему записаны."),
            [NotificationKind.SwapLapsed] = ("Просьба о замене без ответа: {0}, {1}", "На вашу просьбу о замене никто вовремя не ответил: {0}, {1}. Вы по-прежнему записаны."),
        },
        Greeting = "Здравствуйте, {0}!",
        Reason = "Причина: {0}",
        AnswerBy = "Пожалуйста, ответьте до {0}.",
        InReturn = "Взамен другой волонтёр возьмёт ваше дежурство: {0}, {1}.",
        DigestSubject = "Ваши дежурства: новостей — {0}",
        Footer = "Вы получили это письмо, потому что помогаете в {0}. Чтобы больше не получать таких писем:",
        UnsubscribeQuestion = "Больше не получать таких писем?",
        UnsubscribeButton = "Отписаться",
        Unsubscribed = "Таких писем больше не будет.",
    };
}
