using System.CommandLine;
using System.Globalization;
using Clew.Server.Configuration;
using Clew.Storage.Segments;
using Clew.Storage.Segments.Files;

namespace Clew.Server.Commands;

/// <summary><c>clew verify</c>: reads every byte of a data directory and says what is wrong.</summary>
internal static class VerifyCommand
{
    private const string Help = """
        Read every byte of a data directory that no server has open, and say what is wrong with it. Nothing is changed but the lock files.

        Checked: checksums of all sections of all segments, that their columns belong together (codes within dictionaries, traces in order, parents, counts), and that every
        record of the write-ahead log can be read and decoded.

        Exit code 0 when all is well, 1 when something is wrong or the directory cannot be read.
        """;

    public static Command Create(CommandContext context)
    {
        var directory = new Argument<string>("DIR") { Description = "The data directory.", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = static _ => new StoreOptions().ResolveDirectory() };
        Option<bool> verbose = CommandOptions.Flag("--verbose", "Name each file as it is read.");
        var command = new Command("verify", Help) { directory, verbose };
        command.SetAction((parsed, cancellationToken) =>
            Task.FromResult(Run(Path.Combine(context.WorkingDirectory, parsed.GetValue(directory)!), parsed.GetValue(verbose), context, cancellationToken)));
        return command;
    }

    private static int Run(string directory, bool isVerbose, CommandContext context, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(directory))
        {
            context.WriteErrors($"there is no directory '{directory}'");
            return ExitCode.Failure;
        }
        try
        {
            StoreVerificationResult result = StoreVerification.Run(
                directory, path => { if (isVerbose) context.Output.WriteLine(path); }, cancellationToken);
            context.WriteErrors(result.Problems);
            context.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Segments:N0} segments with {result.Spans:N0} spans, {result.LogRecords:N0} requests in the write-ahead log: {Verdict(result.Problems.Count)}"));
            return result.Problems.Count == 0 ? ExitCode.Success : ExitCode.Failure;
        }
        catch (Exception error) when (error is DirectoryLockedException or StoreIoException)
        {
            context.WriteErrors(error.Message);
            return ExitCode.Failure;
        }
    }

    private static string Verdict(int problems) => problems switch
    {
        0 => "all is well",
        1 => "1 problem",
        _ => string.Create(CultureInfo.InvariantCulture, $"{problems:N0} problems"),
    };
}
