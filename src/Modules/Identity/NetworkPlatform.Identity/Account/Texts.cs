namespace NetworkPlatform.Identity.Account;

/// <summary>Every text that people read on pages, in the files beside it: one for each language, all with the same names.</summary>
internal sealed class Texts;
