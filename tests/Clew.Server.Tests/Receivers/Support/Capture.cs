using Clew.Formats;
using Clew.Model;
using Clew.Server.Pipeline;
using Clew.TestKit;

namespace Clew.Server.Tests.Receivers.Support;

/// <summary>Payloads recorded from real clients, and what they hold.</summary>
internal static class Capture
{
    /// <summary>Names of the recorded files that match a pattern, in order; fails when there are none.</summary>
    public static string[] Names(string pattern)
    {
        string[] names = [.. Directory.GetFiles(Fixtures.Captures, pattern).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(names);
        return names;
    }

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Fixtures.Captures, name));

    /// <summary>The spans as the pipeline should store them.</summary>
    public static Span[] Spans(string name, BatchFormat format, BodyEncoding encoding = BodyEncoding.Identity)
    {
        using Stream payload = BodyEncodings.OpenPayload(Read(name), encoding);
        var bytes = new MemoryStream();
        payload.CopyTo(bytes);
        SpanBatch batch = SpanDecoder.Decode(format, bytes.ToArray(), new SpanBatchBuilder());
        new SpanValidator(new()).Validate(batch);
        Span[] spans = SpanReader.ReadAll(batch);
        Assert.NotEmpty(spans);
        return spans;
    }
}
