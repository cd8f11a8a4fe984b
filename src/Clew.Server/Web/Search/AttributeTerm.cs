using Clew.Query;

namespace Clew.Server.Web;

/// <summary>One condition of the attributes box.</summary>
/// <param name="Start">Where its text begins in the box.</param>
/// <param name="Length">Length of its text.</param>
/// <param name="Condition">What it asks of a span.</param>
internal readonly record struct AttributeTerm(int Start, int Length, SpanCondition Condition);
