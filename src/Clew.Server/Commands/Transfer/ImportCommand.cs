using System.CommandLine;
using System.Globalization;
using System.IO.Pipelines;
using Clew.Server.Commands.Sending;

namespace Clew.Server.Commands.Transfer;

/// <summary><c>clew import</c>: sends lines of OTLP JSON to a receiver.</summary>
internal sealed class ImportCommand
{
    private const string Help = """
        Send traces from a file of OTLP JSON lines, as clew export and the OpenTelemetry Collector's file exporter write them, to a server that takes OTLP over HTTP. One object over several lines is taken too.

        Examples:
          clew import traces.jsonl
          gunzip -c cart.jsonl.gz | clew import - --endpoint http://other:4318

        What the server refuses for now is sent again. A line that cannot be read is named and left out. Exit code 1 when anything was left out or lost; importing again is safe where equal spans are kept once, as Clew does.
        """;

    private readonly Argument<string> file = new("FILE") { Description = "The file; - for standard input." };
    private readonly Option<string?> endpoint = CommandOptions.Text("--endpoint", "URL", "Where to; a path in it replaces /v1/traces. Default: http://localhost:4318.");
    private readonly Option<long?> batch = CommandOptions.Count("--batch", "Spans a request. Default: 512.", max: 100_000);

    public static Command Create(CommandContext context)
    {
        var import = new ImportCommand();
        var command = new Command("import", Help) { import.file, import.endpoint, import.batch };
        command.SetAction((parsed, cancellationToken) => import.RunAsync(parsed, context, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        Uri url;
        SpanProtocol protocol = SpanProtocol.Of(SpanProtocolKind.OtlpHttp);
        try
        {
            url = protocol.Endpoint(parsed.GetValue(endpoint));
        }
        catch (ArgumentException wrong)
        {
            context.WriteErrors(wrong.Message);
            return ExitCode.Usage;
        }
        using var interruption = new Interruption(cancellationToken);
        using ISpanSender sender = protocol.Open(url, isGzip: true);
        var import = new SpanImport(sender, (int)(parsed.GetValue(batch) ?? 512), context, TimeProvider.System);
        try
        {
            string path = parsed.GetValue(file)!;
            await using Stream input = path == "-" ? Console.OpenStandardInput() : File.OpenRead(Path.Combine(context.WorkingDirectory, path));
            await import.RunAsync(PipeReader.Create(input), interruption.Token);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            context.WriteErrors(error.Message);
            import.IsComplete = false;
        }
        catch (OperationCanceledException)
        {
            context.WriteErrors("interrupted");
            import.IsComplete = false;
        }
        context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{import.Spans:N0} spans sent in {import.Requests:N0} requests"));
        return import.IsComplete ? ExitCode.Success : ExitCode.Failure;
    }
}
