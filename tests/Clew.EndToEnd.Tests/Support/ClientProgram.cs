using System.Diagnostics;
using System.Text.Json;

namespace Clew.EndToEnd.Tests.Support;

/// <summary>Runs a program to its end and reads the one JSON value it prints.</summary>
internal static class ClientProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<T> RunAsync<T>(string program, string folder, params string[] arguments) =>
        JsonSerializer.Deserialize<T>(await RunAsync(program, folder, Patience, new Dictionary<string, string>(), arguments), JsonSerializerOptions.Web)!;

    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(string program, string folder, TimeSpan patience, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process run = Process.Start(start)!;
        Task<string> output = run.StandardOutput.ReadToEndAsync();
        Task<string> errors = run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync().WaitAsync(patience);
        Assert.True(run.ExitCode == 0, $"{program} {string.Join(' ', arguments)} failed: {await errors}");
        return await output;
    }
}
