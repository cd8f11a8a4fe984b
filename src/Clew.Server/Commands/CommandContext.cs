using System.Collections;
using Clew.Server.Configuration;
using Clew.Server.Hosting;
using Clew.Storage;

namespace Clew.Server.Commands;

/// <summary>What a command has of the world around it.</summary>
internal sealed record CommandContext
{
    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Environment variables by name.</summary>
    public required IDictionary Environment { get; init; }

    public required string WorkingDirectory { get; init; }

    /// <summary>Opens the store that the options ask for; the caller disposes it.</summary>
    public required Func<StoreOptions, StoreIncidents, CancellationToken, ValueTask<ISpanStore>> OpenStore { get; init; }

    /// <summary>Writes lines that are wrong with something, in the form of Unix tools.</summary>
    public void WriteErrors(params IEnumerable<string> lines)
    {
        foreach (string line in lines)
            Error.WriteLine($"clew: {line}");
    }
}
