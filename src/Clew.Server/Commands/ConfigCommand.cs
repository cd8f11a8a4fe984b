using System.CommandLine;
using Clew.Server.Configuration;

namespace Clew.Server.Commands;

/// <summary><c>clew config</c>: what is in force and where it came from.</summary>
internal static class ConfigCommand
{
    public static Command Create(CommandContext context)
    {
        var settings = new SettingOptions();
        var command = new Command("config", "Print every setting in force and where its value came from; start nothing.");
        settings.AddTo(command);
        command.SetAction(parsed => Run(settings.Read(parsed, context), context.Output));
        return command;
    }

    private static int Run(EffectiveOptions effective, TextWriter output)
    {
        int keyWidth = effective.Settings.Max(static setting => setting.Setting.Key.Length);
        int valueWidth = effective.Settings.Max(static setting => setting.Text.Length);
        foreach (EffectiveSetting setting in effective.Settings)
            output.WriteLine($"{setting.Setting.Key.PadRight(keyWidth)}  {setting.Text.PadRight(valueWidth)}  {setting.Source}");
        return ExitCode.Success;
    }
}
