using Clew.Storage.Conformance;
using Clew.Storage.Conformance.Generators;
using FsCheck.Fluent;

namespace Clew.Storage.Tests;

/// <summary>Properties over queries that never match, or always, would prove nothing.</summary>
public sealed class GeneratorTests
{
    [Fact]
    public void Generated_queries_tell_generated_traces_apart()
    {
        var samples = (from batches in TraceGen.Batches from query in QueryGen.Query select (batches, query)).Sample(1000, 50);
        int some = 0;
        int all = 0;
        int none = 0;
        foreach ((List<List<Model.Span>> batches, Query.TraceQuery query) in samples)
        {
            var oracle = new StoreOracle(batches.SelectMany(batch => batch));
            int matches = oracle.Matches(query).Count;
            if (matches == 0)
                none++;
            else if (matches == oracle.Traces.Count)
                all++;
            else
                some++;
        }
        Assert.True(some > 100 && all > 50 && none > 50, $"some {some}, all {all}, none {none}");
    }
}
