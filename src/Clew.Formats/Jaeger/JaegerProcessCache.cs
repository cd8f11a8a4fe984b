using System.Net;
using System.Runtime.CompilerServices;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>Finds the process of a span again without building it: spans of one batch share their resource object.</summary>
internal sealed class JaegerProcessCache
{
    private readonly Dictionary<Source, JaegerProcess> processes = [];

    public JaegerProcess Of(Span span)
    {
        var source = new Source(span.Resource, JaegerProcess.AddressOf(span.LocalEndpoint));
        if (!processes.TryGetValue(source, out JaegerProcess? process))
            processes.Add(source, process = new JaegerProcess(span));
        return process;
    }

    private readonly record struct Source(Resource Resource, IPAddress? Address)
    {
        public bool Equals(Source other) => ReferenceEquals(Resource, other.Resource) && Equals(Address, other.Address);

        public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(Resource), Address);
    }
}
