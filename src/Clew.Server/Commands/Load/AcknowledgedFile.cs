using System.Globalization;
using Clew.Formats.Otlp;
using Clew.Model;

namespace Clew.Server.Commands.Load;

/// <summary>
/// What a receiver has acknowledged, so that it can be looked for later: a line <c>trace-id spans</c> for each trace of each request.
/// A line is written after its acknowledgement, so a run that is killed says at most too little.
/// </summary>
internal sealed class AcknowledgedFile(TextWriter writer) : IDisposable
{
    private readonly Lock sync = new();

    public static AcknowledgedFile Create(string path) => new(new StreamWriter(path));

    public void Add(LoadRequest request)
    {
        lock (sync)
        {
            foreach (TraceCount trace in request.Traces)
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{OtlpReplayBody.Masked(trace.Id, request.IdMask)} {trace.Spans}"));
            // As soon as it is true: the receiver may be killed next, and this program with it.
            writer.Flush();
        }
    }

    /// <summary>Spans by trace, those of several lines added up.</summary>
    /// <exception cref="FormatException">A line is not of the form; the message names it.</exception>
    public static async Task<Dictionary<TraceId, long>> ReadAsync(TextReader reader, CancellationToken cancellationToken)
    {
        var traces = new Dictionary<TraceId, long>();
        int number = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            number++;
            if (line.Split(' ') is not [var id, var spans] || !TraceId.TryParse(id, out TraceId traceId)
                || !int.TryParse(spans, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
                throw new FormatException($"line {number}: '{line[..Math.Min(line.Length, 80)]}' is not a trace id and a number of spans");
            traces[traceId] = traces.GetValueOrDefault(traceId) + count;
        }
        return traces;
    }

    public void Dispose() => writer.Dispose();
}
