using System.Diagnostics;
using System.Globalization;

namespace Clew.Tracing.Instrumentation.Grpc;

/// <summary>Names and rules of the RPC conventions for gRPC (OpenTelemetry semantic conventions, "gRPC").</summary>
internal static class GrpcNames
{
    public const string ContentType = "application/grpc";
    public const string StatusHeader = "grpc-status";
    public const string MessageHeader = "grpc-message";
    public const string Cancelled = "CANCELLED";

    private const string System = "rpc.system";
    private const string Service = "rpc.service";
    private const string Method = "rpc.method";
    private const string StatusCode = "rpc.grpc.status_code";
    private const int MaxMessageLength = 1024;

    private static readonly string[] Statuses =
    [
        "OK", Cancelled, "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ];

    public static void Describe(Activity activity, GrpcMethod method)
    {
        activity.DisplayName = method.Name;
        activity.SetTag(System, "grpc");
        activity.SetTag(Service, method.Service);
        activity.SetTag(Method, method.Method);
    }

    /// <summary>Records the outcome. A client's span fails with every status but OK, a server's only with those that are its own fault.</summary>
    public static void Finish(Activity activity, string? status, string? message)
    {
        if (!int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out int code))
            return;
        activity.SetTag(StatusCode, HttpNames.BoxedStatus(code));
        bool isError = activity.Kind == ActivityKind.Server ? code is 2 or 4 or 12 or 13 or 14 or 15 || code >= Statuses.Length : code != 0;
        if (isError)
            Fail(activity, code < Statuses.Length ? Statuses[code] : $"{code}", message);
    }

    public static void Fail(Activity activity, string type, string? message)
    {
        activity.SetTag(HttpNames.ErrorType, type);
        if (activity.Status == ActivityStatusCode.Unset)
            activity.SetStatus(ActivityStatusCode.Error, Decode(message));
    }

    /// <summary>Messages are percent-encoded UTF-8 (gRPC over HTTP/2, "Status-Message").</summary>
    private static string? Decode(string? message) => string.IsNullOrEmpty(message) ? null
        : Uri.UnescapeDataString(message.Length > MaxMessageLength ? message[..MaxMessageLength] : message);
}
