namespace Clew.Server.Web;

/// <summary>
/// Every text of the pages, once a language. Sentences with values in them are methods, so that plural forms and word order live with the language; a
/// language that lacks a text does not compile. Names from spans and OpenTelemetry's own words (CLIENT, ERROR) are never translated.
/// </summary>
public abstract partial class Texts
{
    public static Texts English { get; } = new EnglishTexts();

    public static Texts Chinese { get; } = new ChineseTexts();

    public static IReadOnlyList<Texts> Languages { get; } = [English, Chinese];

    /// <summary>The language of a BCP 47 tag, by its first part; null when there is none.</summary>
    public static Texts? ByCode(string? tag)
    {
        if (string.IsNullOrEmpty(tag))
            return null;
        string language = tag.Split('-', '_')[0];
        return Languages.FirstOrDefault(texts => texts.Code.Split('-')[0].Equals(language, StringComparison.OrdinalIgnoreCase));
    }
}
