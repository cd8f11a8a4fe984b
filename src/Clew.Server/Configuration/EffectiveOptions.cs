using System.Collections.Immutable;

namespace Clew.Server.Configuration;

/// <summary>The options in force and where each came from.</summary>
internal sealed record EffectiveOptions(ClewOptions Options, ImmutableArray<EffectiveSetting> Settings);

/// <param name="Setting">What is set.</param>
/// <param name="Text">The value in force.</param>
/// <param name="Source">Where it was given; <c>default</c> when nowhere.</param>
internal sealed record EffectiveSetting(Setting Setting, string Text, string Source);
