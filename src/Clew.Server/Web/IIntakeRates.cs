namespace Clew.Server.Web;

/// <summary>What the intake sign in the top bar shows.</summary>
public interface IIntakeRates
{
    /// <summary>Accepted spans a second, lately.</summary>
    double SpansPerSecond { get; }

    /// <summary>Spans and whole requests refused and datagrams lost since the process started, for whatever reason.</summary>
    long RefusedTotal { get; }
}
