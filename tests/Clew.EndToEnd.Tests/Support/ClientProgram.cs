using System.Diagnostics;
using System.Text.Json;

namespace Clew.EndToEnd.Tests.Support;

/// <summary>Runs a program to its end and reads the one JSON value it prints.</summary>
internal static class ClientProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, string> NoEnvironment = [];

    public static async Task<T> RunAsync<T>(string program, string folder, params string[] arguments) =>
        Read<T>(await RunAsync(program, folder, [], Patience, NoEnvironment, arguments));

    /// <summary>Gives the program bytes to read.</summary>
    public static async Task<T> RunAsync<T>(string program, string folder, string[] arguments, byte[] input) =>
        Read<T>(await RunAsync(program, folder, input, Patience, NoEnvironment, arguments));

    /// <returns>What it printed.</returns>
    public static Task<string> RunAsync(string program, string folder, TimeSpan patience, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        RunAsync(program, folder, [], patience, environment, arguments);

    private static async Task<string> RunAsync(
        string program, string folder, byte[] input, TimeSpan patience, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process run = Process.Start(start)!;
        Task<string> output = run.StandardOutput.ReadToEndAsync();
        Task<string> errors = run.StandardError.ReadToEndAsync();
        await run.StandardInput.BaseStream.WriteAsync(input);
        run.StandardInput.Close();
        await run.WaitForExitAsync().WaitAsync(patience);
        Assert.True(run.ExitCode == 0, $"{program} {string.Join(' ', arguments)} failed: {await errors}");
        return await output;
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web)!;
}
