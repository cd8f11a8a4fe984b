namespace Clew.Server.Configuration;

/// <summary>How values of a kind are written and read.</summary>
internal abstract class ValueKind<T>
{
    /// <summary>How a value is written, in capitals and words.</summary>
    public abstract string Shape { get; }

    public virtual bool IsList => false;

    /// <summary>Whether what was written must not be repeated in messages.</summary>
    public virtual bool IsSecret => false;

    /// <param name="text">Without space around it.</param>
    /// <param name="options">What has been read so far: a value can depend on an earlier one.</param>
    /// <exception cref="FormatException">The text is no such value; the message says what is expected.</exception>
    public abstract T Parse(string text, ClewOptions options);

    /// <summary>Text that <see cref="Parse"/> reads back.</summary>
    public abstract string Format(T value);

    /// <summary>The default as the reference states it.</summary>
    public virtual string FormatDefault(T value) => Format(value);
}
