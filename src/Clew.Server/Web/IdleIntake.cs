namespace Clew.Server.Web;

/// <summary>Stands in where nothing counts spans, as in a server that only answers questions.</summary>
internal sealed class IdleIntake : IIntakeRates
{
    public static IdleIntake Instance { get; } = new();

    public double SpansPerSecond => 0;

    public long RefusedTotal => 0;
}
