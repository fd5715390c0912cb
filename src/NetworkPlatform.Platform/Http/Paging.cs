using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Http;

/// <summary>One page of a list.</summary>
/// <param name="NextCursor">Send it as <c>cursor</c> for the next page; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor) : IPage
{
    int IPage.Count => Items.Count;
}

/// <summary>A page of whatever it is.</summary>
internal interface IPage
{
    int Count { get; }
}

/// <summary>A list whose pages may be larger than <see cref="Paging.Most"/>.</summary>
public sealed record LargestPage(int Limit);

/// <summary>The <c>limit</c> and <c>cursor</c> of a list request: at most <see cref="Most"/>, 25 where not given.</summary>
public readonly record struct Paging(int Limit, string? Cursor)
{
    public const int Most = 100;

    public static ValueTask<Paging> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var limit = 25;
        var most = context.GetEndpoint()?.Metadata.GetMetadata<LargestPage>()?.Limit ?? Most;
        if (query["limit"].FirstOrDefault() is { } text && (!int.TryParse(text, CultureInfo.InvariantCulture, out limit) || limit < 1 || limit > most))
        {
            throw new RequestRefusedException(Invalid.Field("limit", $"Must be a whole number from 1 to {most}."));
        }

        return ValueTask.FromResult(new Paging(limit, query["cursor"].FirstOrDefault()));
    }

    /// <summary>The key after which this page starts; the default of <typeparamref name="TKey"/> on the first page.</summary>
    public TKey? After<TKey>()
    {
        if (string.IsNullOrEmpty(Cursor))
        {
            return default;
        }

        try
        {
            return JsonSerializer.Deserialize<TKey>(Base64Url.DecodeFromChars(Cursor));
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            throw new RequestRefusedException(Invalid.Field("cursor", "Is not a cursor that this list gave out."));
        }
    }

    /// <summary>Cuts the one row too many that tells whether there is a next page.</summary>
    public Page<T> ToPage<T, TKey>(IReadOnlyList<T> limitPlusOne, Func<T, TKey> key)
    {
        if (limitPlusOne.Count <= Limit)
        {
            return new Page<T>(limitPlusOne, null);
        }

        var items = limitPlusOne.Take(Limit).ToList();
        return new Page<T>(items, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(key(items[^1])))));
    }
}
