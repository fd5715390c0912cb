using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using NetworkPlatform.Platform.Http;

namespace NetworkPlatform.UnitTests.Http;

public sealed class FileBodyTests
{
    [Theory]
    [InlineData(5000L, 5000)]
    [InlineData(4000L, 4000)]
    [InlineData(1_000_000_000L, 5000)]
    [InlineData(null, 5000)]
    public async Task A_file_is_read_whole_into_a_buffer_of_its_size(long? told, int size)
    {
        var bytes = Enumerable.Range(0, size).Select(n => (byte)n).ToArray();
        var request = new DefaultHttpContext().Request;
        (request.Body, request.ContentLength) = (new MemoryStream(bytes), told);

        var file = await request.ReadFile(maxBytes: 5000, CancellationToken.None);

        file.ToArray().ShouldBe(bytes);
        if (told is not null)
        {
            MemoryMarshal.TryGetArray(file, out var buffer).ShouldBeTrue();
            buffer.Array!.Length.ShouldBe(size);
        }
    }
}
