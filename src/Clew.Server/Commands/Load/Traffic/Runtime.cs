using Clew.Model;

namespace Clew.Server.Commands.Load.Traffic;

/// <summary>What a service is written in: names of the runtime, of the instrumentation libraries and of what it throws.</summary>
internal sealed record Runtime(string Language, string Name, string Version, string FileExtension, string StackLine, string[] Exceptions)
{
    public static Runtime[] All { get; } =
    [
        new("dotnet", ".NET", "10.0.0", "cs", "   at Shop.{0}.Store.{1}Async(Int64 id, CancellationToken cancellationToken) in /src/{0}/Store.cs:line {2}\n",
            ["System.TimeoutException", "System.InvalidOperationException", "Npgsql.NpgsqlException"]),
        new("java", "OpenJDK Runtime Environment", "21.0.4", "java", "\tat com.example.shop.{0}.{1}Service.handle({1}Service.java:{2})\n",
            ["java.lang.IllegalStateException", "java.net.SocketTimeoutException", "org.postgresql.util.PSQLException"]),
        new("nodejs", "nodejs", "22.14.0", "ts", "    at {1}Controller.handle (/app/dist/{0}/{1}.controller.js:{2}:17)\n",
            ["TypeError", "TimeoutError", "AxiosError"]),
        new("go", "go", "1.25.1", "go", "shop/{0}/internal.(*Store).{1}\n\t/src/{0}/internal/store.go:{2} +0x1d4\n",
            ["*errors.errorString", "*net.OpError", "context.DeadlineExceeded"]),
    ];

    public Scope HttpServer { get; } = new($"opentelemetry.instrumentation.{Language}.http.server", "1.12.0");

    public Scope HttpClient { get; } = new($"opentelemetry.instrumentation.{Language}.http.client", "1.12.0");

    public Scope Database { get; } = new($"opentelemetry.instrumentation.{Language}.sql", "1.12.0-beta.1");

    public Scope Messaging { get; } = new($"opentelemetry.instrumentation.{Language}.kafka", "0.9.1");

    public Scope Own { get; } = new("shop.application", "");
}
