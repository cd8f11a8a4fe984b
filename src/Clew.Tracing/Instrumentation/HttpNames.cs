namespace Clew.Tracing.Instrumentation;

/// <summary>Names and values of the HTTP conventions (OpenTelemetry semantic conventions 1.x, "HTTP spans").</summary>
internal static class HttpNames
{
    public const string Method = "http.request.method";
    public const string MethodOriginal = "http.request.method_original";
    public const string Status = "http.response.status_code";
    public const string Route = "http.route";
    public const string ResendCount = "http.request.resend_count";
    public const string ErrorType = "error.type";
    public const string Scheme = "url.scheme";
    public const string Path = "url.path";
    public const string Query = "url.query";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string ClientAddress = "client.address";
    public const string PeerAddress = "network.peer.address";
    public const string ProtocolVersion = "network.protocol.version";
    public const string UserAgent = "user_agent.original";
    public const string OtherMethod = "_OTHER";

    // Tags hold objects: one box for each of the few values there are.
    private static readonly object[] Statuses = [.. Enumerable.Range(0, 600).Select(static status => (object)status)];

    public static object BoxedStatus(int status) => (uint)status < (uint)Statuses.Length ? Statuses[status] : status;

    /// <summary>The methods that the conventions know, by a small number; -1 for others. Methods are case-sensitive (RFC 9110, section 9.1).</summary>
    public static int IndexOf(string method) => method switch
    {
        "GET" => 0,
        "POST" => 1,
        "PUT" => 2,
        "DELETE" => 3,
        "PATCH" => 4,
        "HEAD" => 5,
        "OPTIONS" => 6,
        "CONNECT" => 7,
        "TRACE" => 8,
        _ => -1,
    };

    public const int MethodCount = 9;

    /// <summary><c>HTTP/1.1</c> without its first five letters.</summary>
    public static string Version(string protocol) => protocol switch
    {
        "HTTP/1.1" => "1.1",
        "HTTP/2" => "2",
        "HTTP/3" => "3",
        "HTTP/1.0" => "1.0",
        _ => protocol.StartsWith("HTTP/", StringComparison.Ordinal) ? protocol[5..] : protocol,
    };
}
