using Clew.Formats.Protobuf;

namespace Clew.Formats.Jaeger;

/// <summary><c>google.protobuf.Timestamp</c> and <c>Duration</c> in nanoseconds. What does not fit becomes the nearest that does, so that it cannot wrap into a time that looks right.</summary>
internal static class ProtobufTime
{
    private const long NsPerSecond = 1_000_000_000;

    public static long ReadNs(ref ProtobufReader reader, ProtobufMessage parent)
    {
        int outerEnd = reader.Enter(parent);
        long seconds = 0;
        int nanos = 0;
        uint tag;
        while ((tag = reader.ReadTag(JaegerMessages.Time)) != 0)
        {
            switch (tag)
            {
                case JaegerProtobufTags.Time.Seconds:
                    seconds = (long)reader.ReadVarint(JaegerMessages.Time);
                    break;
                case JaegerProtobufTags.Time.Nanos:
                    nanos = (int)reader.ReadVarint(JaegerMessages.Time);
                    break;
                default:
                    reader.SkipUnknown(JaegerMessages.Time);
                    break;
            }
        }
        reader.Leave(outerEnd);
        return (long)Int128.Clamp((Int128)seconds * NsPerSecond + nanos, long.MinValue, long.MaxValue);
    }

    /// <summary>A moment: nanos count forward, from 0 to 999 999 999, before 1970 too.</summary>
    public static void WriteTimestamp(this ProtobufWriter writer, uint tag, long ns)
    {
        (long seconds, long nanos) = Math.DivRem(ns, NsPerSecond);
        writer.Write(tag, nanos < 0 ? seconds - 1 : seconds, nanos < 0 ? nanos + NsPerSecond : nanos);
    }

    /// <summary>A length: seconds and nanos are of one sign.</summary>
    public static void WriteDuration(this ProtobufWriter writer, uint tag, long ns) => writer.Write(tag, ns / NsPerSecond, ns % NsPerSecond);

    // Written even when zero: Jaeger's Go types have no absence here.
    private static void Write(this ProtobufWriter writer, uint tag, long seconds, long nanos)
    {
        int start = writer.BeginMessage(tag);
        if (seconds != 0)
            writer.WriteVarint(JaegerProtobufTags.Time.Seconds, (ulong)seconds);
        if (nanos != 0)
            writer.WriteVarint(JaegerProtobufTags.Time.Nanos, (ulong)nanos);
        writer.EndMessage(start);
    }
}
