using Clew.Model;

namespace Clew.Server.Pipeline;

/// <summary>Says what format a payload is in that is announced as <paramref name="expected"/>.</summary>
internal delegate BatchFormat FormatDetector(ReadOnlySpan<byte> payload, BatchFormat expected);
