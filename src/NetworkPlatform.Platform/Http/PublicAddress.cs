namespace NetworkPlatform.Platform.Http;

/// <summary>Links for people outside, from the setting <c>Identity:Issuer</c>, never from what a request claims its host to be.</summary>
public sealed class PublicAddress(IConfiguration configuration)
{
    /// <param name="path">Relative to <c>/api/v1</c>.</param>
    public string Of(string path) => $"{configuration["Identity:Issuer"]?.TrimEnd('/')}{ApiRoot.Path}{path}";
}
