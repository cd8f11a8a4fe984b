namespace Clew.Server.Configuration;

/// <summary>
/// One thing that can be configured. Everything that is said or done about it comes from here: reading, checking, help, <c>clew config</c>
/// and the reference page.
/// </summary>
/// <param name="key"><c>section.name</c>; compared without case.</param>
/// <param name="help">One sentence for help and documentation.</param>
internal abstract class Setting(string key, string help)
{
    public string Key { get; } = key;

    public string Help { get; } = help;

    public string Section => Key[..Key.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>How a value is written, in capitals and words: <c>PORT | HOST:PORT | off</c>.</summary>
    public abstract string Shape { get; }

    public abstract string DefaultText { get; }

    /// <summary>Whether the file may give an array.</summary>
    public virtual bool IsList => false;

    /// <summary>Whether what was written must not be repeated in messages.</summary>
    public virtual bool IsSecret => false;

    /// <summary>The options with this setting read from <paramref name="text"/>; settings earlier in the table have been applied already.</summary>
    /// <exception cref="FormatException">The text is no such value; the message says what is expected.</exception>
    public abstract ClewOptions Apply(ClewOptions options, string text);

    /// <summary>The value in force, as it could be configured.</summary>
    public abstract string Format(ClewOptions options);
}

/// <inheritdoc/>
internal sealed class Setting<T>(
    string key, ValueKind<T> kind, string help, Func<ClewOptions, T> get, Func<ClewOptions, T, ClewOptions> set) : Setting(key, help)
{
    private static readonly ClewOptions Defaults = new();

    public override string Shape => kind.Shape;

    public override string DefaultText => kind.FormatDefault(get(Defaults));

    public override bool IsList => kind.IsList;

    public override bool IsSecret => kind.IsSecret;

    public override ClewOptions Apply(ClewOptions options, string text) => set(options, kind.Parse(text.Trim(), options));

    public override string Format(ClewOptions options) => kind.Format(get(options));
}
