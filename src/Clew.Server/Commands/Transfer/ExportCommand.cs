using System.CommandLine;
using System.Globalization;
using Clew.Server.Api;

namespace Clew.Server.Commands.Transfer;

/// <summary><c>clew export</c>: writes the traces of a running server as OTLP JSON lines.</summary>
internal sealed class ExportCommand
{
    private const string Help = """
        Write the traces of a running Clew as lines of OTLP JSON, one trace a line, newest first: a backup, a sample to send to a colleague, a move to another server.

        Examples:
          clew export --out traces.jsonl                                        everything
          clew export --service cart --last 1h | gzip > cart.jsonl.gz
          clew export --from 2026-01-31T12:00:00Z --to 2026-01-31T13:00:00Z --out noon.jsonl
          clew export --query http://old:16686 | clew import - --endpoint http://new:4318

        A trace with a span that starts in the range is written whole. Traces that arrive while it runs may or may not be in it. Exit code 1 when anything is missing.
        """;

    private readonly Option<Uri?> query = CommandOptions.Url("--query", "The server's query port. Default: http://localhost:16686.");
    private readonly Option<string?> service = CommandOptions.Text("--service", "NAME", "Only traces with a span of this service.");
    private readonly Option<string?> from = CommandOptions.Text("--from", "TIME", "Start of the range: Unix nanoseconds, or such as 2026-01-31T12:00:00Z.");
    private readonly Option<string?> to = CommandOptions.Text("--to", "TIME", "End of the range, included.");
    private readonly Option<TimeSpan?> last = CommandOptions.Duration("--last", "The range that ends now, instead of --from and --to: 1h, 30m.");
    private readonly Option<string?> file = CommandOptions.Text("--out", "FILE", "Where to write; - for standard output. Default: -.");
    private readonly Option<long?> page = CommandOptions.Count("--page", "Traces asked for at a time. Default: 200.", max: 10_000);

    public static Command Create(CommandContext context)
    {
        var export = new ExportCommand();
        var command = new Command("export", Help) { export.query, export.service, export.from, export.to, export.last, export.file, export.page };
        command.SetAction((parsed, cancellationToken) => export.RunAsync(parsed, context, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(last) is not null && (parsed.GetValue(from) ?? parsed.GetValue(to)) is not null)
        {
            context.WriteErrors("--last: not together with --from or --to");
            return ExitCode.Usage;
        }
        using var interruption = new Interruption(cancellationToken);
        var pages = new TracePages(parsed.GetValue(query) ?? new Uri("http://localhost:16686"), Parameters(parsed));
        try
        {
            string? path = parsed.GetValue(file) is { } given and not "-" ? Path.Combine(context.WorkingDirectory, given) : null;
            await using StreamWriter? output = path is null ? null : new StreamWriter(path);
            await pages.WriteToAsync(output ?? context.Output, interruption.Token);
            if (path is not null)
                context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pages.Traces:N0} traces written"));
            if (pages.Incomplete is not { } reason)
                return ExitCode.Success;
            context.WriteErrors($"not complete: {reason}");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            context.WriteErrors(string.Create(CultureInfo.InvariantCulture, $"stopped after {pages.Traces:N0} traces: {error.Message}"));
        }
        catch (OperationCanceledException)
        {
            context.WriteErrors(string.Create(CultureInfo.InvariantCulture, $"interrupted after {pages.Traces:N0} traces"));
        }
        return ExitCode.Failure;
    }

    private Dictionary<string, string> Parameters(ParseResult parsed)
    {
        var parameters = new Dictionary<string, string> { ["limit"] = (parsed.GetValue(page) ?? 200).ToString(CultureInfo.InvariantCulture) };
        Add("service", parsed.GetValue(service));
        Add("from", parsed.GetValue(from));
        Add("to", parsed.GetValue(to));
        if (parsed.GetValue(last) is { } lookback)
            Add("from", (UnixTime.Now(TimeProvider.System) - lookback.Ticks * UnixTime.NsPerTick).ToString(CultureInfo.InvariantCulture));
        return parameters;

        void Add(string name, string? value)
        {
            if (value is not null)
                parameters[name] = value;
        }
    }
}
