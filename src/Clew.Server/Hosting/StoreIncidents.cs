using Clew.Storage.Segments;

namespace Clew.Server.Hosting;

/// <summary>
/// Brings what happens to the store into the log. The store is opened before there is a log: what it says until then waits here.
/// </summary>
internal sealed partial class StoreIncidents
{
    // A store whose every file is damaged says a line for each; more than anybody reads is only counted.
    private const int WaitingMax = 1000;

    private readonly Lock gate = new();
    private readonly List<StoreIncident> waiting = [];
    private ILogger? logger;

    public void Add(StoreIncident incident)
    {
        lock (gate)
        {
            if (logger is null)
            {
                if (waiting.Count < WaitingMax)
                    waiting.Add(incident);
                return;
            }
        }
        Log(logger, incident);
    }

    public void Attach(ILogger<StoreIncidents> log)
    {
        lock (gate)
        {
            logger = log;
            waiting.ForEach(incident => Log(log, incident));
            waiting.Clear();
        }
    }

    private static void Log(ILogger logger, StoreIncident incident)
    {
        if (incident.Kind == StoreIncidentKind.LogDamage)
            LogWarning(logger, incident.Message);
        else
            LogError(logger, incident.Message);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Message}")]
    private static partial void LogWarning(ILogger logger, string message);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Message}")]
    private static partial void LogError(ILogger logger, string message);
}
