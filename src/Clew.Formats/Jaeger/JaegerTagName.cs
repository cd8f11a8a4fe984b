using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>Recognises the tags that stand for fields of the model; the UTF-8 twin of <see cref="JaegerKeys"/>.</summary>
internal static class JaegerTagName
{
    public enum Kind
    {
        Other,
        SpanKind,
        Error,
        StatusCode,
        StatusDescription,
        TraceState,
        ScopeName,
        ScopeVersion,
        LibraryName,
        LibraryVersion,
    }

    /// <summary>The lengths differ, so almost every other key is told apart by its length alone.</summary>
    public static Kind Of(ReadOnlySpan<byte> key) => key.Length switch
    {
        5 when key.SequenceEqual("error"u8) => Kind.Error,
        9 when key.SequenceEqual("span.kind"u8) => Kind.SpanKind,
        14 when key.SequenceEqual("w3c.tracestate"u8) => Kind.TraceState,
        15 when key.SequenceEqual("otel.scope.name"u8) => Kind.ScopeName,
        16 when key.SequenceEqual("otel.status_code"u8) => Kind.StatusCode,
        17 when key.SequenceEqual("otel.library.name"u8) => Kind.LibraryName,
        18 when key.SequenceEqual("otel.scope.version"u8) => Kind.ScopeVersion,
        20 when key.SequenceEqual("otel.library.version"u8) => Kind.LibraryVersion,
        23 when key.SequenceEqual("otel.status_description"u8) => Kind.StatusDescription,
        _ => Kind.Other,
    };

    public static bool TryReadKind(ReadOnlySpan<byte> text, out SpanKind kind)
    {
        kind = text.Length switch
        {
            6 when text.SequenceEqual("server"u8) => SpanKind.Server,
            6 when text.SequenceEqual("client"u8) => SpanKind.Client,
            8 when text.SequenceEqual("producer"u8) => SpanKind.Producer,
            8 when text.SequenceEqual("consumer"u8) => SpanKind.Consumer,
            8 when text.SequenceEqual("internal"u8) => SpanKind.Internal,
            _ => SpanKind.Unspecified,
        };
        return kind != SpanKind.Unspecified;
    }

    public static StatusCode StatusOf(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("ERROR"u8) ? StatusCode.Error
        : text.SequenceEqual("OK"u8) ? StatusCode.Ok
        : StatusCode.Unset;
}
