using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace Clew.Tracing.Setup.Otlp;

/// <summary>Looks into a built provider, which has no public way to list its processors. Where the SDK has changed, nothing is found.</summary>
internal static class ApplicationExporters
{
    private const string OfProvider = "Processor";
    private const string OfComposite = "Head";
    private const string OfNode = "Value";
    private const string OfNodeNext = "Next";
    private const string OfProcessor = "exporter";
    private const BindingFlags Inside = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
    private const int MaxProcessors = 1000;

    public static bool HaveOtlp(BaseProvider? provider) => Member(provider, OfProvider) is { } processor && HaveOtlp(processor, MaxProcessors);

    /// <summary>The names by which nothing is found in a provider that has two processors with exporters: none, while the SDK is what this was written for.</summary>
    internal static IEnumerable<string> MissingMembers(BaseProvider provider)
    {
        object? composite = Member(provider, OfProvider);
        object? node = Member(composite, OfComposite);
        object? processor = Member(node, OfNode);
        (string Name, object? Value)[] members =
            [(OfProvider, composite), (OfComposite, node), (OfNode, processor), (OfNodeNext, Member(node, OfNodeNext)), (OfProcessor, Member(processor, OfProcessor))];
        return members.Where(static member => member.Value is null).Select(static member => member.Name);
    }

    private static bool HaveOtlp(object? processor, int depth)
    {
        switch (processor)
        {
            case CompositeProcessor<Activity>:
                object? node = Member(processor, OfComposite);
                for (int i = 0; i < MaxProcessors && node is not null && depth > 0; i++)
                {
                    if (HaveOtlp(Member(node, OfNode), depth - 1))
                        return true;
                    node = Member(node, OfNodeNext);
                }
                return false;
            case BaseExportProcessor<Activity> and not OtlpExportProcessor:
                return Member(processor, OfProcessor) is OtlpTraceExporter;
            default:
                return false;
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A member that was trimmed away is not found, which is a case that is provided for.")]
    private static object? Member(object? owner, string name)
    {
        for (Type? type = owner?.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetField(name, Inside) is { } field)
                return field.GetValue(owner);
            if (type.GetProperty(name, Inside) is { } property)
                return property.GetValue(owner);
        }
        return null;
    }
}
