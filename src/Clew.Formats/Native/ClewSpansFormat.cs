namespace Clew.Formats.Native;

/// <summary>What begins a payload of <see cref="Model.BatchFormat.ClewSpans"/>. Layout: docs/format/spans.md.</summary>
internal static class ClewSpansFormat
{
    public const byte Version = 1;

    public static ReadOnlySpan<byte> Magic => "CLWS"u8;
}
