using Clew.Storage.Conformance;

namespace Clew.Storage.Tests.Memory;

public sealed class MemoryStoreConformanceTests : SpanStoreConformance
{
    protected override ValueTask<ISpanStore> CreateAsync() => ValueTask.FromResult<ISpanStore>(new MemoryStore());
}
