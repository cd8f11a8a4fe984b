namespace Clew.Server.Configuration;

/// <summary>A value as somebody wrote it.</summary>
/// <param name="Key"><c>section.name</c> in whatever case.</param>
/// <param name="Text">Null when the key stands there without a value.</param>
/// <param name="Source">Where, for people: a file, an environment variable, the command line.</param>
internal sealed record ConfiguredValue(string Key, string? Text, string Source);
