using System.CommandLine;
using Clew.Server.Configuration;
using Clew.Server.Configuration.Sources;

namespace Clew.Server.Commands;

/// <summary>The options that every command with a configuration takes: one for each setting, and <c>--config</c>.</summary>
internal sealed class SettingOptions
{
    private const string Prefix = "--";

    private readonly Option<string?> config = new("--config")
    {
        HelpName = "FILE",
        Description = $"Configuration file. Without it ${EnvironmentVariables.ConfigFile}, else ./{ConfigFile.DefaultName} if it is there.",
    };

    private readonly List<(Setting Setting, Option<string?> Option)> options = [.. Settings.All.Select(static setting => (setting, NewOption(setting)))];

    public void AddTo(Command command)
    {
        command.Add(config);
        foreach ((_, Option<string?> option) in options)
            command.Add(option);
    }

    /// <summary>Reads defaults, file, environment and command line.</summary>
    /// <exception cref="ConfigurationException">Everything that is wrong.</exception>
    public EffectiveOptions Read(ParseResult command, CommandContext context) => OptionsReader.Read(
        ConfigFile.Read(command.GetValue(config), context.Environment, context.WorkingDirectory),
        ZipkinVariables.Read(context.Environment),
        EnvironmentVariables.Read(context.Environment),
        CommandLine(command));

    /// <summary>Keys are compared without case, as everywhere; the parser knows them only as they are listed.</summary>
    public static string[] WithKnownCase(IEnumerable<string> args) => [.. args.Select(static arg =>
    {
        if (!arg.StartsWith(Prefix, StringComparison.Ordinal))
            return arg;
        int end = arg.IndexOf('=', StringComparison.Ordinal) is var equals and >= 0 ? equals : arg.Length;
        return SettingNames.Find(arg[Prefix.Length..end]) is { } setting ? Prefix + setting.Key + arg[end..] : arg;
    })];

    /// <summary>What to say about an argument that nothing is known of.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="command">The command it was given to.</param>
    public static string DescribeUnknown(string argument, string command)
    {
        if (!argument.StartsWith(Prefix, StringComparison.Ordinal))
            return $"'{argument}' is no command or option; 'clew --help' lists them";
        string name = argument.Split('=', 2)[0];
        return command is "serve" or "config" && SettingNames.Nearest(name[Prefix.Length..]) is { } nearest
            ? $"{name}: no such option; did you mean {Prefix}{nearest}? (command line)"
            : $"{name}: no such option; 'clew {command} --help' lists them (command line)";
    }

    private IEnumerable<ConfiguredValue> CommandLine(ParseResult command)
    {
        foreach ((Setting setting, Option<string?> option) in options)
        {
            if (command.GetResult(option) is not null)
                yield return new(setting.Key, command.GetValue(option), $"command line {Prefix}{setting.Key}");
        }
    }

    private static Option<string?> NewOption(Setting setting) => new(Prefix + setting.Key)
    {
        HelpName = setting.Shape,
        Description = $"{setting.Help} Default: {(setting.DefaultText.Length == 0 ? "none" : setting.DefaultText)}.",
        Arity = ArgumentArity.ExactlyOne,
    };
}
