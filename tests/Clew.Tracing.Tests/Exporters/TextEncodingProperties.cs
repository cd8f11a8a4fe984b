using System.Diagnostics;
using System.Text;
using Clew.Model;
using Clew.TestKit;
using Clew.Tracing.Exporters;
using Clew.Tracing.Exporters.Encoding;
using Clew.Tracing.Exporters.Jaeger;
using Clew.Tracing.Exporters.Zipkin;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Tracing.Tests.Exporters;

/// <summary>Whatever text an application puts into names, keys and values arrives, halves of surrogate pairs as U+FFFD.</summary>
public sealed class TextEncodingProperties : IDisposable
{
    // Letters that are escaped, that take one to four bytes, that are half of something; lengths around where a length takes a second byte.
    private static readonly Gen<string> Text =
        from length in Gen.OneOf(Gen.Choose(0, 20), Gen.Choose(40, 45), Gen.Choose(120, 130), Gen.Choose(500, 1100))
        from alphabet in Gen.Elements("abc.", "a\"\\\n\r\t\0\u0001\u001f\u007f/<", "aé€\ud83d\ude00", "\ud83d\ude00\ud800é\"")
        from letters in Gen.Elements(alphabet.ToCharArray()).ListOf(length)
        select new string([.. letters]);

    private static readonly Gen<(string Name, string Key, string Value)> Texts =
        from name in Text
        from key in Text
        from value in Text
        select (name, "k" + key, value);

    private readonly (BatchFormat Format, IRequestEncoder Encoder)[] encoders =
    [
        (BatchFormat.ZipkinV2Json, new ZipkinRequestEncoder(Activities.Resource)),
        (BatchFormat.JaegerThriftBinaryBatch, new JaegerRequestEncoder(Activities.Resource)),
        (BatchFormat.JaegerThriftCompactMessage, new JaegerPacketEncoder(Activities.Resource, JaegerUdpExporterOptions.PacketBytesLimit)),
    ];

    public void Dispose()
    {
        foreach ((_, IRequestEncoder encoder) in encoders)
            encoder.Dispose();
    }

    [Fact]
    public void Every_text_comes_out_of_the_servers_decoder() => Properties.ForAll(Texts, texts =>
    {
        Activity activity = Activities.Plain(texts.Name);
        activity.SetTag(texts.Key, texts.Value);
        foreach ((BatchFormat format, IRequestEncoder encoder) in encoders)
        {
            encoder.Reset();
            encoder.Add(activity);
            encoder.Add(activity);
            foreach (Clew.Model.Span span in Decoded.Spans(format, encoder.Finish().Written))
            {
                Assert.Equal(Whole(texts.Name), span.Name);
                Assert.Equal(Whole(texts.Value), span.Attributes.Single(item => item.Key == Whole(texts.Key)).Value.AsString());
            }
        }
    });

    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
