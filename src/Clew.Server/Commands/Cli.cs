using System.CommandLine;
using System.CommandLine.Help;
using Clew.Server.Commands.Load;
using Clew.Server.Commands.Transfer;
using Clew.Server.Configuration;

namespace Clew.Server.Commands;

/// <summary>The command line of <c>clew</c>. Without a command it serves.</summary>
internal static class Cli
{
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CommandContext context, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand(
            "Clew, a distributed-tracing server. Settings are options of 'clew serve' (see 'clew serve --help'), "
            + "variables CLEW_SECTION__NAME and entries of clew.json; docs/configuration.md describes them all.")
        {
            ServeCommand.Create(context),
            ConfigCommand.Create(context),
            LoadCommand.Create(context),
            ExportCommand.Create(context),
            ImportCommand.Create(context),
            VerifyCommand.Create(context),
        };
        // Bundles (-abc) and @file are not ours: an argument means what it says.
        ParseResult command = root.Parse(
            SettingOptions.WithKnownCase(WithCommand(args)), new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (command.Action is not HelpAction && FirstError(command) is { } error)
        {
            context.WriteErrors(error);
            return ExitCode.Usage;
        }
        try
        {
            // Signals belong to the host: it finishes requests in flight, however long its shutdown timeout allows.
            return await command.InvokeAsync(
                new() { Output = context.Output, Error = context.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                cancellationToken);
        }
        catch (ConfigurationException wrong)
        {
            context.WriteErrors(wrong.Errors);
            return ExitCode.Usage;
        }
    }

    private static string? FirstError(ParseResult command) =>
        command.UnmatchedTokens.Count > 0 ? SettingOptions.DescribeUnknown(command.UnmatchedTokens[0], command.CommandResult.Command.Name)
        : command.Errors.Count > 0 ? command.Errors[0].Message
        : null;

    private static string[] WithCommand(string[] args) => args switch
    {
        [] => ["serve"],
        ["--help" or "-h" or "-?" or "--version", ..] => args,
        [['-', ..], ..] => ["serve", .. args],
        _ => args,
    };
}
