namespace NetworkPlatform.Rostering.Wellbeing;

/// <summary>The questionnaires that are scored. Their texts are not ours to ship: a form brings its own.</summary>
internal enum Questionnaire
{
    /// <summary>ProQOL 5, 30 items from 1 (never) to 5 (very often) over 30 days.</summary>
    Proqol5,

    /// <summary>Copenhagen Burnout Inventory, 19 items of 0, 25, 50, 75 or 100.</summary>
    Cbi,

    /// <summary>WHO-5, five items from 0 (at no time) to 5 (all of the time) over two weeks.</summary>
    Who5,
}
