using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Clew.Tracing;

/// <summary>Spans of requests this process serves.</summary>
public sealed class ServerSpanOptions
{
    /// <summary>False leaves the requests to whoever else records them.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Paths whose requests are not recorded, nor what is done for them. <c>*</c> stands for anything, <c>?</c> for one character; case does not matter. Changes take effect while running.</summary>
    public IList<string> IgnorePaths { get; } = [];

    /// <summary>
    /// Takes the client's address from <c>Forwarded</c> or <c>X-Forwarded-For</c>. Anyone can send these: switch it on only behind a proxy that replaces them. Where the
    /// application uses the forwarded headers middleware, its result is taken in any case.
    /// </summary>
    public bool TrustForwardedHeaders { get; set; }

    /// <summary>Records the query as <c>url.query</c>. Off, because queries carry secrets.</summary>
    public bool RecordQuery { get; set; }

    /// <summary>Records exceptions that ended or failed a request as events.</summary>
    public bool RecordExceptions { get; set; } = true;

    /// <summary>Called at the end of a recorded request, before its span ends.</summary>
    public Action<Activity, HttpContext>? Enrich { get; set; }
}
