using Microsoft.AspNetCore.Http;

namespace Clew.Tracing.Propagation;

/// <summary>Incoming headers, whoever carries them. Implemented by structs, so that reading costs no more than the carrier's own lookup.</summary>
internal interface IHeaderSource
{
    /// <summary>The headers themselves, for formats whose names are not known beforehand.</summary>
    object? Carrier { get; }

    /// <summary>All values, joined by commas as HTTP lets them be (RFC 9110, section 5.3); null where there is none.</summary>
    string? Get(string name);
}

internal static class HeaderSourceExtensions
{
    /// <summary>Longest header of a single context that is looked at. The longest that means something is X-Ray's with its lineage, under 300.</summary>
    public const int MaxLength = 1024;

    /// <summary>The second spelling only where case may count: ASP.NET Core's headers find either.</summary>
    public static string? Get<TSource>(this ref TSource source, in HeaderName name)
        where TSource : struct, IHeaderSource
    {
        string? value = source.Get(name.Written);
        return value is null or "" && name.Lower is not null && source.Carrier is not IHeaderDictionary ? source.Get(name.Lower) : value;
    }

    /// <summary>The value of a header that may come once. Twice joins to something that no format takes for valid, which is what it should be.</summary>
    public static ReadOnlySpan<char> Single<TSource>(this ref TSource source, in HeaderName name)
        where TSource : struct, IHeaderSource => Single(source.Get(name));

    public static ReadOnlySpan<char> Single(string? value) => value is not { Length: > 0 and <= MaxLength } ? default
        : value[0] > ' ' && value[^1] > ' ' ? value
        : value.AsSpan().Trim(" \t");
}
