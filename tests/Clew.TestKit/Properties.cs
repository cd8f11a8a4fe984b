using FsCheck;
using FsCheck.Fluent;

namespace Clew.TestKit;

/// <summary>Runs a property from a plain xunit fact; a failure prints the shrunk case and the seed to replay it.</summary>
public static class Properties
{
    /// <param name="gen">What to draw.</param>
    /// <param name="body">Throws (an assertion) when the property does not hold.</param>
    /// <param name="count">How many cases.</param>
    public static void ForAll<T>(Gen<T> gen, Action<T> body, int count = 200) =>
        Prop.ForAll(gen.ToArbitrary(), body).Check(Config.QuickThrowOnFailure.WithMaxTest(count));

    /// <summary>The same for cases that can be made smaller: a failure is reduced before it is printed.</summary>
    /// <param name="gen">What to draw.</param>
    /// <param name="shrink">Smaller variants of a failing case, tried in turn.</param>
    /// <param name="body">Throws (an assertion) when the property does not hold.</param>
    /// <param name="count">How many cases.</param>
    public static void ForAll<T>(Gen<T> gen, Func<T, IEnumerable<T>> shrink, Action<T> body, int count = 200) =>
        Prop.ForAll(Arb.From(gen, shrink), body).Check(Config.QuickThrowOnFailure.WithMaxTest(count));
}
