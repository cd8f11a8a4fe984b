using System.CommandLine;
using System.Net.Sockets;
using Clew.Server.Commands.Sending;

namespace Clew.Server.Commands.Load;

/// <summary><c>clew load</c>: makes traffic for any receiver of spans, or checks that what was acknowledged is there.</summary>
internal sealed class LoadCommand
{
    private const string Help = """
        Send made-up traces to a server, and say how fast and how well it takes them.

        Traces look like those of a shop: 5 to 100 spans, 8 to 20 attributes a span, 15 to 23 a process, 1 % errors, exceptions with stack traces, rare links, durations over five decades. The same --seed makes the same traces, apart from the times. Any receiver of the protocol will do.

        Examples:
          clew load --duration 30s                                  OTLP over gRPC to this machine, as fast as it goes
          clew load --protocol otlp-http --gzip --rate 5000         5,000 spans/s until Ctrl-C
          clew load --mode replay --spans 10000000                  ten million spans, encoded once and rewritten
          clew load --protocol jaeger-udp --endpoint udp://host:6831 --rate 1000
          clew load --spans 100000 --retry --acknowledged acks.txt  note what was acknowledged, and later:
          clew load --verify acks.txt --query http://localhost:16686

        --mode replay encodes --bodies requests beforehand. Uncompressed OTLP protobuf (otlp-grpc, otlp-http) is then rewritten for every sending: trace ids, span ids, parents, links, and start, end and event times. Everything else, and all that is compressed with --gzip, is sent as it is: the same traces come again, which a store that keeps equal spans once does not count twice.

        Exit code 1 when any span was lost: refused, rejected or unanswered. Datagrams (jaeger-udp) are never answered, so only what this machine cannot send counts.
        """;

    private readonly Option<string> protocol = CommandOptions.Choice("--protocol", "How to send.", [.. SpanProtocol.All.Select(static protocol => protocol.Name)]);
    private readonly Option<string?> endpoint = CommandOptions.Text("--endpoint", "URL", "Where to; a path in it replaces the protocol's. Default: this machine, the protocol's usual port.");
    private readonly Option<string> mode = CommandOptions.Choice("--mode", "New traces for every request, or requests prepared once.", ["generate", "replay"]);
    private readonly Option<long?> rate = CommandOptions.Count("--rate", "Spans a second. Default: as fast as they are taken.");
    private readonly Option<TimeSpan?> duration = CommandOptions.Duration("--duration", "Stop after this time, such as 30s or 5m. Default: when interrupted.");
    private readonly Option<long?> spans = CommandOptions.Count("--spans", "Stop when this many spans have been sent, the last trace whole.");
    private readonly Option<long?> connections = CommandOptions.Count("--connections", "Connections, each with one request at a time. Default: 4.", max: 1024);
    private readonly Option<long?> batch = CommandOptions.Count("--batch", "Spans a request, the last trace whole. Default: 512.", max: 100_000);
    private readonly Option<long?> bodies = CommandOptions.Count("--bodies", "Requests that --mode replay prepares. Default: 64.", max: 10_000);
    private readonly Option<bool> gzip = CommandOptions.Flag("--gzip", "Compress requests. Not for jaeger-udp.");
    private readonly Option<long?> services = CommandOptions.Count("--services", "Services in the traces. Default: 20.", max: 20_000);
    private readonly Option<long?> seed = CommandOptions.Count("--seed", "Makes the same traces again. Default: another one each time; it is printed.");
    private readonly Option<bool> retry = CommandOptions.Flag("--retry", "Send again what was refused for now (429, 503, RESOURCE_EXHAUSTED, …), when the server asks for it, or not answered.");
    private readonly Option<string?> acknowledged = CommandOptions.Text("--acknowledged", "FILE", "Write the trace ids and span counts of every acknowledged request.");
    private readonly Option<string?> verify = CommandOptions.Text("--verify", "FILE", "Send nothing; ask --query for every trace of a file written by --acknowledged.");
    private readonly Option<Uri?> query = CommandOptions.Url("--query", "Jaeger API that --verify asks. Default: http://localhost:16686.");

    public static Command Create(CommandContext context)
    {
        var load = new LoadCommand();
        var command = new Command("load", Help)
        {
            load.protocol, load.endpoint, load.mode, load.rate, load.duration, load.spans, load.connections, load.batch, load.bodies, load.gzip, load.services, load.seed,
            load.retry, load.acknowledged, load.verify, load.query,
        };
        command.SetAction((parsed, cancellationToken) => load.RunAsync(parsed, context, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        using var interruption = new Interruption(cancellationToken);
        if (parsed.GetValue(verify) is { } file)
            return await LoadVerifier.RunAsync(file, parsed.GetValue(query) ?? new Uri("http://localhost:16686"), context, interruption.Token);
        LoadOptions options;
        try
        {
            options = Options(parsed);
        }
        catch (ArgumentException wrong)
        {
            context.WriteErrors(wrong.Message);
            return ExitCode.Usage;
        }
        try
        {
            using AcknowledgedFile? acknowledgements = options.AcknowledgedFile is { } path ? AcknowledgedFile.Create(Path.Combine(context.WorkingDirectory, path)) : null;
            return await SendAsync(options, acknowledgements, context.Output, interruption.Token);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SocketException)
        {
            context.WriteErrors(error.Message);
            return ExitCode.Failure;
        }
    }

    private static async Task<int> SendAsync(LoadOptions options, AcknowledgedFile? acknowledgements, TextWriter output, CancellationToken stop)
    {
        TimeProvider time = TimeProvider.System;
        ILoadSource source = options.IsReplay ? new ReplayedLoad(options, time) : new GeneratedLoad(options, time);
        output.WriteLine($"{options.Protocol.Name} to {options.Endpoint}, {options.Connections} connections, seed {options.Seed}");
        var run = new LoadRun(options, source, acknowledgements, time);
        var report = new LoadReport(run.Statistics, output, time);
        using var finished = new CancellationTokenSource();
        Task progress = report.ProgressAsync(finished.Token);
        await run.RunAsync(stop);
        await finished.CancelAsync();
        await progress;
        report.WriteSummary();
        return run.Statistics.LostSpans == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private LoadOptions Options(ParseResult parsed)
    {
        SpanProtocol chosen = SpanProtocol.All.Single(known => known.Name == parsed.GetValue(protocol));
        if (chosen.IsUdp && parsed.GetValue(gzip))
            throw new ArgumentException("--gzip: datagrams are not compressed");
        if (chosen.IsUdp && parsed.GetValue(acknowledged) is not null)
            throw new ArgumentException("--acknowledged: datagrams are never acknowledged; use another protocol");
        return new LoadOptions
        {
            Protocol = chosen,
            Endpoint = chosen.Endpoint(parsed.GetValue(endpoint)),
            Seed = parsed.GetValue(seed) is { } given ? (ulong)given : (ulong)Random.Shared.NextInt64(1, int.MaxValue),
            IsReplay = parsed.GetValue(mode) == "replay",
            Rate = parsed.GetValue(rate),
            Duration = parsed.GetValue(duration),
            SpansMax = parsed.GetValue(spans),
            Connections = (int)(parsed.GetValue(connections) ?? 4),
            BatchSpans = (int)(parsed.GetValue(batch) ?? 512),
            Bodies = (int)(parsed.GetValue(bodies) ?? 64),
            IsGzip = parsed.GetValue(gzip),
            Services = (int)(parsed.GetValue(services) ?? 20),
            Retry = parsed.GetValue(retry),
            AcknowledgedFile = parsed.GetValue(acknowledged),
        };
    }
}
