using System.Collections;
using System.Text.RegularExpressions;

namespace Clew.Server.Configuration.Sources;

/// <summary>Values from variables named <c>CLEW_SECTION__NAME</c>, in whatever case.</summary>
internal static partial class EnvironmentVariables
{
    public const string Prefix = "CLEW_";

    /// <summary>Names the configuration file; not a setting.</summary>
    public const string ConfigFile = "CLEW_CONFIG";

    public static IEnumerable<ConfiguredValue> Read(IDictionary variables)
    {
        foreach (DictionaryEntry variable in variables)
        {
            string name = (string)variable.Key;
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                && !name.Equals(ConfigFile, StringComparison.OrdinalIgnoreCase)
                && !ServiceLink().IsMatch($"{name}={variable.Value}"))
                yield return new(KeyOf(name), (string?)variable.Value, $"environment variable {name}");
        }
    }

    /// <summary>The variable that sets a key.</summary>
    public static string NameOf(Setting setting) => Prefix + setting.Key.Replace(".", "__", StringComparison.Ordinal).ToUpperInvariant();

    // A lower-case key reads better in a message about a name that is not known.
    private static string KeyOf(string name) =>
        name[Prefix.Length..].Replace("__", ".", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>
    /// What Kubernetes sets in every pod for a service named <c>clew</c> or <c>clew-…</c> (CLEW_SERVICE_HOST=10.0.0.1,
    /// CLEW_PORT=tcp://10.0.0.1:16686, CLEW_QUERY_PORT_16686_TCP_ADDR=10.0.0.1, …): without this the server would not start beside its
    /// own service.
    /// </summary>
    [GeneratedRegex("^CLEW_([A-Z0-9_]+_)?(SERVICE_HOST=|SERVICE_PORT(_[A-Z0-9_]+)?=|PORT=(tcp|udp|sctp):|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?=)")]
    private static partial Regex ServiceLink();
}
