using Clew.Model;

namespace Clew.Server.Configuration;

/// <summary>Which web pages of other origins may send spans and ask questions.</summary>
internal sealed record CorsOptions
{
    /// <summary>Origins such as <c>https://shop.example</c>, or <c>*</c> alone for any. Default none.</summary>
    public EquatableList<string> AllowedOrigins { get; init; } = EquatableList<string>.None;
}
