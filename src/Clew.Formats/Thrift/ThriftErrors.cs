using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Clew.Model;

namespace Clew.Formats.Thrift;

/// <summary>Throws kept out of the readers, so that these stay small enough to be inlined.</summary>
internal static class ThriftErrors
{
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Truncated(string what, int position) =>
        throw new SpanFormatException($"the payload ends inside {what}", position) { Problem = SpanFormatProblem.Truncated };

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Size(string what, long size, int remaining, int position) =>
        throw new SpanFormatException($"{what} claims a size of {size} with {remaining} bytes left", position) { Problem = SpanFormatProblem.Truncated };

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Varint(string what, int position) => throw new SpanFormatException($"a variable-length integer too long for {what}", position);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void UnknownType(string what, int code, int position) => throw new SpanFormatException($"unknown Thrift type {code} in {what}", position);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void WrongType(string what, ThriftType wanted, ThriftType actual, int position) =>
        throw new SpanFormatException($"{what} is of Thrift type {actual}, not {wanted}", position);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Depth(string what, int depthMax, int position) => throw new SpanFormatException($"more than {depthMax} levels of nesting in {what}", position);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void UnknownEnum(string what, int value, int position) => throw new SpanFormatException($"{what} has the unknown value {value}", position);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Envelope(string reason, int position, SpanFormatProblem problem = SpanFormatProblem.Malformed) =>
        throw new SpanFormatException(reason, position) { Problem = problem };
}
