namespace NetworkPlatform.Identity.Account;

/// <summary>Who the person is here.</summary>
internal sealed class IndexPage : AccountPage;
