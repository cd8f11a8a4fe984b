using Microsoft.Net.Http.Headers;

namespace Clew.Server.Receivers;

/// <summary>Content types without their parameters.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Protobuf = "application/x-protobuf";
    public const string Thrift = "application/x-thrift";

    /// <summary>The media type in lower case, "" when there is none, null when it cannot be parsed.</summary>
    public static string? Of(HttpRequest request)
    {
        if (string.IsNullOrEmpty(request.ContentType))
            return "";
        return MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) ? type.MediaType.Value?.ToLowerInvariant() : null;
    }
}
