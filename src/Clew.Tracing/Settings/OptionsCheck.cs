using System.Security.Cryptography;
using Clew.Tracing.Setup.Otlp;
using Microsoft.Extensions.Options;

namespace Clew.Tracing.Settings;

/// <summary>Refuses options that cannot work, all problems at once.</summary>
internal sealed class OptionsCheck : IValidateOptions<ClewTracingOptions>
{
    private static readonly string Prefix = ClewTracingOptions.SectionName + ":";

    public ValidateOptionsResult Validate(string? name, ClewTracingOptions options)
    {
        List<string> problems = [.. options.Problems];
        CheckSampler(options.Sampler, problems);
        CheckBound("Delivery", options.Delivery.Validate, problems);
        CheckBound("File", options.Export.File.Validate, problems);
        CheckCertificates(options.Export, problems);
        if (options.ShutdownTimeout < TimeSpan.Zero)
            problems.Add($"{Prefix}ShutdownTimeout: must not be negative.");
        if (options.Sources.Any(string.IsNullOrWhiteSpace))
            problems.Add($"{Prefix}Sources: a name is empty.");
        foreach (string path in options.Server.IgnorePaths.Where(path => path is not ['/' or '*' or '?', ..]))
            problems.Add($"{Prefix}Server:IgnorePaths: '{path}' begins with none of / * ?, so no path can match it.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void CheckSampler(SamplerOptions sampler, List<string> problems)
    {
        if (sampler.Ratio is { } ratio && !(ratio is >= 0 and <= 1))
            problems.Add($"{Prefix}Sampler:Ratio: must be a number from 0 to 1.");
        if (sampler.TracesPerSecond is { } rate && (!(rate >= 0) || !double.IsFinite(rate)))
            problems.Add($"{Prefix}Sampler:TracesPerSecond: must be a number of traces per second, 0 or more.");
        if (sampler.Type == SamplerType.Ratio && sampler.Ratio is null)
            problems.Add($"{Prefix}Sampler:Ratio: is needed for the sampler 'ratio'.");
        if (sampler.Type == SamplerType.RateLimiting && sampler.TracesPerSecond is null)
            problems.Add($"{Prefix}Sampler:TracesPerSecond: is needed for the sampler 'rate_limiting'.");
        if (sampler.PollInterval <= TimeSpan.Zero)
            problems.Add($"{Prefix}Sampler:PollInterval: must be more than nothing.");
        if (sampler.MaxOperations < 1)
            problems.Add($"{Prefix}Sampler:MaxOperations: must be at least 1.");
        foreach ((string operation, double share) in sampler.Operations)
        {
            if (!(share is >= 0 and <= 1))
                problems.Add($"{Prefix}Sampler:Operations:{operation}: must be a number from 0 to 1.");
        }
    }

    private static void CheckCertificates(ExportOptions export, List<string> problems)
    {
        bool hasAuthority = IsFile("CaCertificate", export.CaCertificate, problems);
        bool hasCertificate = IsFile("ClientCertificate", export.ClientCertificate, problems);
        bool hasKey = IsFile("ClientKey", export.ClientKey, problems);
        if (hasAuthority)
            CheckContent("CaCertificate", export.CaCertificate!, path => ClientIdentity.Trust(path), problems);
        if (hasCertificate && (hasKey || export.ClientKey is null))
            CheckContent("ClientCertificate", export.ClientCertificate!, path => ClientIdentity.Load(path, export.ClientKey), problems);
        if (export.ClientKey is not null && export.ClientCertificate is null)
            problems.Add($"{Prefix}ClientKey: is of no use without ClientCertificate.");
    }

    private static bool IsFile(string key, string? path, List<string> problems)
    {
        bool exists = File.Exists(path);
        if (path is not null && !exists)
            problems.Add($"{Prefix}{key}: there is no file '{path}'.");
        return exists;
    }

    private static void CheckContent(string key, string path, Action<string> load, List<string> problems)
    {
        try
        {
            load(path);
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            problems.Add($"{Prefix}{key}: '{path}' cannot be used: {problem.Message}");
        }
    }

    private static void CheckBound(string section, Action validate, List<string> problems)
    {
        try
        {
            validate();
        }
        catch (ArgumentException problem)
        {
            problems.Add($"{Prefix}{section}:{problem.ParamName}: {problem.Message.Split(" (Parameter", 2)[0]}.");
        }
    }
}
