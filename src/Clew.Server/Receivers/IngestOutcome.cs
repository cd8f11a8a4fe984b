using Clew.Server.Pipeline;

namespace Clew.Server.Receivers;

/// <summary>What became of a request: a result, or the reason why there is none.</summary>
internal readonly record struct IngestOutcome(IngestResult Result, Refusal? Refusal)
{
    public static implicit operator IngestOutcome(IngestResult result) => new(result, null);

    public static implicit operator IngestOutcome(Refusal refusal) => new(default, refusal);
}
