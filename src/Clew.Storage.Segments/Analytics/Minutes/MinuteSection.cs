using System.Text;
using Clew.Storage.Segments.Segments;

namespace Clew.Storage.Segments.Analytics;

/// <summary>
/// The minutes in a segment: names of the services, then a section for each, so that one service costs its own bytes only. Layout: docs/format/analytics.md.
/// </summary>
internal sealed class MinuteSection : ISegmentExtra
{
    public const int ExtraNumber = 1;

    public const byte Version = 1;

    private readonly List<(string Name, byte[] Groups)> services = [];

    /// <param name="parts">What the segment's spans come to, in whatever tables they were.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="SegmentFormatException">A section is damaged.</exception>
    public MinuteSection(MinuteParts parts, CancellationToken cancellation)
    {
        var groups = new ServiceGroups();
        foreach (string service in parts.Services())
        {
            parts.Take(service, groups.Add, cancellation);
            services.Add((service, groups.Take()));
        }
    }

    public int Number => ExtraNumber;

    public void Write(ColumnWriter writer)
    {
        writer.Begin(SectionType.MinuteServices, Version);
        writer.WriteVarint((ulong)services.Count);
        foreach ((string name, _) in services)
            writer.WriteText(name);
        writer.End(tryBrotli: true);
        foreach ((_, byte[] groups) in services)
        {
            writer.Begin(SectionType.ServiceMinutes, Version);
            writer.WriteBytes(groups);
            // Decompressing is most of what a question would cost, and saves little.
            writer.End(tryBrotli: false);
        }
    }

    /// <summary>Adds what is stored of one service, or of all. What is of others is passed over, and nothing is read of the sections before somebody goes through them.</summary>
    /// <param name="parts">Receives it.</param>
    /// <param name="reader">Stands before the section.</param>
    /// <param name="service">The service; all when null.</param>
    /// <param name="range">The minutes.</param>
    /// <param name="refuse">Called when something turns out to be damaged, now or when it is gone through, before that is thrown.</param>
    /// <exception cref="SegmentFormatException">The names are damaged.</exception>
    public static void AddTo(MinuteParts parts, ColumnReader reader, string? service, MinuteRange range, Action refuse)
    {
        try
        {
            AddNamed(parts, reader, service, range, refuse);
        }
        catch (SegmentFormatException)
        {
            refuse();
            throw;
        }
    }

    private static void AddNamed(MinuteParts parts, ColumnReader reader, string? service, MinuteRange range, Action refuse)
    {
        SectionReader names = reader.Read(SectionType.MinuteServices, Version);
        byte[]? wanted = service is null ? null : Encoding.UTF8.GetBytes(service);
        int count = names.ReadCount(names.Remaining, "the number of services");
        for (int left = count; left > 0; left--)
        {
            ReadOnlySpan<byte> name = names.ReadBytes(names.ReadCount(names.Remaining, "a service's name"), "a service's name").Span;
            if (wanted is null)
                parts.Add(Encoding.UTF8.GetString(name), new StoredMinutes(reader.Fork(), range, refuse));
            else if (name.SequenceEqual(wanted))
                parts.Add(service!, new StoredMinutes(reader.Fork(), range, refuse));
            if (left > 1)
                reader.Skip(SectionType.ServiceMinutes);
        }
        names.ExpectEnd();
    }
}
