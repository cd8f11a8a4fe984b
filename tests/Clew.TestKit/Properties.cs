using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Clew.TestKit;

/// <summary>
/// Runs a property from a plain xunit fact; a failure prints the shrunk case and the seed to replay it. Ordinary runs draw the same cases each time, so that
/// what fails is what was changed; with TEST_RANDOM=1 (<c>./test --long</c>) every run draws others.
/// </summary>
public static class Properties
{
    /// <summary>Whether this run draws new cases.</summary>
    public static bool IsRandom { get; } = Environment.GetEnvironmentVariable("TEST_RANDOM") == "1";

    /// <param name="gen">What to draw.</param>
    /// <param name="body">Throws (an assertion) when the property does not hold.</param>
    /// <param name="count">How many cases.</param>
    public static void ForAll<T>(Gen<T> gen, Action<T> body, int count = 200) =>
        Prop.ForAll(gen.ToArbitrary(), body).Check(Cases(count));

    /// <summary>The same for cases that can be made smaller: a failure is reduced before it is printed.</summary>
    /// <param name="gen">What to draw.</param>
    /// <param name="shrink">Smaller variants of a failing case, tried in turn.</param>
    /// <param name="body">Throws (an assertion) when the property does not hold.</param>
    /// <param name="count">How many cases.</param>
    public static void ForAll<T>(Gen<T> gen, Func<T, IEnumerable<T>> shrink, Action<T> body, int count = 200) =>
        Prop.ForAll(Arb.From(gen, shrink), body).Check(Cases(count));

    private static Config Cases(int count)
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(count);
        // The second number, the generator's step, has to be odd.
        return IsRandom ? config : config.WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20261120, 15726070495360670683), FSharpOption<int>.None)));
    }
}
