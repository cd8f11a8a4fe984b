using Clew.Model;
using Clew.Server.Pipeline;
using Clew.Server.Tests.Support;
using Clew.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Clew.Server.Tests.Receivers.Support;

internal static class IngestAssert
{
    /// <summary>Every one of the spans is found in the store, equal in every field.</summary>
    public static async Task StoredAsync(ISpanStore store, IEnumerable<Span> spans)
    {
        foreach (IGrouping<TraceId, Span> expected in spans.GroupBy(span => span.TraceId))
        {
            Trace? trace = await store.GetTraceAsync(expected.Key, default);
            Assert.NotNull(trace);
            foreach (Span span in expected)
                Assert.Contains(span, trace.Spans);
        }
    }

    public static IngestSnapshot Counters(this TestServer server) => server.Services.GetRequiredService<IngestCounters>().Read();
}
