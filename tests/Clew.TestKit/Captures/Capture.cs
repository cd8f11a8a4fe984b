using System.IO.Compression;

namespace Clew.TestKit.Captures;

/// <summary>A recording of one run of a real client: its payloads in the order of arrival, and what it said it sent.</summary>
public sealed class Capture
{
    /// <param name="name">File name without number and ending, for example <c>otel-go-1.9.0-otlp-grpc</c>.</param>
    public Capture(string name)
    {
        Name = name;
        PayloadFiles =
        [
            .. Directory.GetFiles(Fixtures.Captures, $"{name}*.bin")
                .Where(file => IsPayloadOf(name, Path.GetFileNameWithoutExtension(file)))
                .Order(StringComparer.Ordinal),
        ];
        Assert.NotEmpty(PayloadFiles);
    }

    public string Name { get; }

    public IReadOnlyList<string> PayloadFiles { get; }

    /// <summary>The payloads as they came, except that a body that is gzip as a whole is decompressed.</summary>
    public IEnumerable<byte[]> Payloads() => PayloadFiles.Select(file => Gunzip(File.ReadAllBytes(file)));

    public IReadOnlyList<ExpectedSpan> Expectations() => ExpectationFiles.Read(Name);

    /// <summary>Decompresses gzip (magic 1f 8b), leaves anything else as it is.</summary>
    public static byte[] Gunzip(byte[] body)
    {
        if (body is not [0x1f, 0x8b, ..])
            return body;
        using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    // NAME, NAME-1 (Node) or NAME.01 (Go).
    private static bool IsPayloadOf(string name, string file) =>
        file == name || (file[name.Length] is '-' or '.' && file[(name.Length + 1)..].All(char.IsAsciiDigit));
}
