namespace NetworkPlatform.Platform.Http;

/// <summary>A file that is the whole of a request's body.</summary>
public static class FileBody
{
    /// <summary>Into a buffer of its size from the beginning, where the request tells it: one that grows takes several times as much.</summary>
    /// <param name="maxBytes">The endpoint's limit: nobody's word is taken for more.</param>
    public static async Task<ReadOnlyMemory<byte>> ReadFile(this HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, maxBytes));
        await request.Body.CopyToAsync(file, cancellationToken);
        return file.GetBuffer().AsMemory(0, (int)file.Length);
    }
}
