using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Clew.Model;

namespace Clew.Formats.Zipkin;

/// <summary>Throws kept out of the reader; Zipkin's texts with the ending all of its proto3 errors have.</summary>
internal static class ZipkinProto3Errors
{
    private const string Ending = "reading List<Span> from proto3";

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void MissingId(in SpanRow row, int offset) =>
        throw Refused($"Missing :{(row.TraceId.IsZero ? " traceId" : "")}{(row.SpanId.IsZero ? " id" : "")}", offset);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void IdLength(string field, int bytes, string wanted, int offset) =>
        throw Refused(bytes == 0 ? $"{field} is empty" : $"{field} has {bytes} bytes, not {wanted}", offset);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void TooLate(string what, int offset) => throw Refused($"{what} lies beyond the year 2262", offset);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Port(int port, int offset) => throw Refused($"invalid port {port}", offset);

    private static SpanFormatException Refused(string reason, int offset) => new($"{reason} {Ending}", offset);
}
