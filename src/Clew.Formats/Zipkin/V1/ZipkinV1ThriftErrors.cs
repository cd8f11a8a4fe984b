using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Clew.Model;

namespace Clew.Formats.Zipkin.V1;

/// <summary>Throws kept out of the reader, with the ending Zipkin's texts have.</summary>
internal static class ZipkinV1ThriftErrors
{
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Refused(string reason, int offset) => throw new SpanFormatException($"{reason} reading List<Span> from TBinary", offset);
}
