namespace Clew.Server.Web;

/// <summary>
/// A sentence of a text resource with parts that stand out. The language decides the order of the parts; the page only knows how a strong
/// or a code part looks. Values go in as text and are encoded when written.
/// </summary>
public sealed record Phrase(params Phrase.Part[] Parts)
{
    public enum Look
    {
        Plain,
        Strong,
        Code,
    }

    public readonly record struct Part(string Text, Look Look)
    {
        public static implicit operator Part(string text) => new(text, Look.Plain);
    }

    public static Part Strong(string text) => new(text, Look.Strong);

    public static Part Code(string text) => new(text, Look.Code);

    public override string ToString() => string.Concat(Parts.Select(part => part.Text));
}
