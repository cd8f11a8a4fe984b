using System.CommandLine;
using System.CommandLine.Parsing;
using Clew.Server.Api.Jaeger;

namespace Clew.Server.Commands;

/// <summary>Options of the commands that talk to a running server, with the checks they share.</summary>
internal static class CommandOptions
{
    private const long NsPerTick = 100;

    public static Option<string?> Text(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description };

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    public static Option<long?> Count(string name, string description, long max = long.MaxValue) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result =>
        {
            if (long.TryParse(result.Tokens[0].Value, out long value) && value >= 1 && value <= max)
                return value;
            result.AddError(max == long.MaxValue
                ? $"{name}: '{result.Tokens[0].Value}' is not a whole number from 1"
                : $"{name}: '{result.Tokens[0].Value}' is not a whole number from 1 to {max}");
            return null;
        },
    };

    /// <summary>One of a few words; the first unless another is given.</summary>
    public static Option<string> Choice(string name, string description, string[] words) => new(name)
    {
        HelpName = "NAME",
        Description = $"{description} One of {string.Join(", ", words)}.",
        DefaultValueFactory = _ => words[0],
        CustomParser = result =>
        {
            string word = result.Tokens[0].Value;
            if (!words.Contains(word))
                result.AddError($"{name}: '{word}' is none of {string.Join(", ", words)}");
            return word;
        },
    };

    /// <summary>A span of time such as <c>90s</c> or <c>1h30m</c>, as Go and Jaeger write them.</summary>
    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        HelpName = "TIME",
        Description = description,
        CustomParser = result => ParseDuration(name, result),
    };

    /// <summary>A URL of an HTTP server, possibly with a path that its own paths follow.</summary>
    public static Option<Uri?> Url(string name, string description) => new(name)
    {
        HelpName = "URL",
        Description = description,
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https")
                return url.AbsolutePath.EndsWith('/') ? url : new Uri(url.AbsoluteUri + '/');
            result.AddError($"{name}: '{result.Tokens[0].Value}' is not a URL such as http://localhost:16686");
            return null;
        },
    };

    private static TimeSpan? ParseDuration(string name, ArgumentResult result)
    {
        try
        {
            long ns = GoDuration.ParseNs(result.Tokens[0].Value);
            if (ns > 0)
                return TimeSpan.FromTicks(ns / NsPerTick);
        }
        catch (FormatException)
        {
            // Said below, like a duration that is not above zero.
        }
        result.AddError($"{name}: '{result.Tokens[0].Value}' is not a time such as 90s, 10m or 1h30m");
        return null;
    }
}
