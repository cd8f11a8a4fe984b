using Clew.Model;
using Clew.Query;
using Clew.Server.Configuration;

namespace Clew.Server.Api.Jaeger;

/// <summary>How every one of Jaeger's APIs answers a trace that is not asked for raw.</summary>
internal static class Adjustment
{
    public static Trace Adjust(this QueryOptions options, Trace trace) => TraceAdjuster.Adjust(trace, options.ClockSkewAdjustMaxMs * UnixTime.NsPerMilli);
}
