using System.Numerics;
using System.Runtime.Intrinsics;

namespace Clew.Storage.Segments;

/// <summary>A test on the values of a column: of a whole vector at once (all bits of a lane that passes are set) and of one value, its scalar twin.</summary>
internal interface IValueTest<T> where T : unmanaged
{
    Vector512<T> Test(Vector512<T> values);

    bool Test(T value);
}

/// <summary>A test on codes, which one scan needs for bytes, 16 and 32 bits: it is made of the same numbers for each.</summary>
internal interface ICodeTest<T, TSelf> : IValueTest<T> where T : unmanaged where TSelf : ICodeTest<T, TSelf>
{
    /// <param name="codes">What the test compares with; each fits <typeparamref name="T"/>.</param>
    static abstract TSelf Create(ReadOnlySpan<uint> codes);
}

internal readonly struct EqualTo<T>(T code) : ICodeTest<T, EqualTo<T>> where T : unmanaged, INumber<T>
{
    private readonly Vector512<T> codes = Vector512.Create(code);

    public static EqualTo<T> Create(ReadOnlySpan<uint> codes) => new(T.CreateTruncating(codes[0]));

    public Vector512<T> Test(Vector512<T> values) => Vector512.Equals(values, codes);

    public bool Test(T value) => value == code;
}

/// <summary>Both ends belong to the range. A NaN is in no range.</summary>
internal readonly struct InRange<T>(T low, T high) : ICodeTest<T, InRange<T>> where T : unmanaged, INumber<T>
{
    private readonly Vector512<T> lows = Vector512.Create(low);
    private readonly Vector512<T> highs = Vector512.Create(high);

    public static InRange<T> Create(ReadOnlySpan<uint> codes) => new(T.CreateTruncating(codes[0]), T.CreateTruncating(codes[1]));

    public Vector512<T> Test(Vector512<T> values) => Vector512.GreaterThanOrEqual(values, lows) & Vector512.LessThanOrEqual(values, highs);

    public bool Test(T value) => value >= low && value <= high;
}

/// <summary>One of up to four codes; fewer are filled up with repetitions. More than four compares a row cost more than a table does.</summary>
internal readonly struct AnyOfFour<T>(T first, T second, T third, T fourth) : ICodeTest<T, AnyOfFour<T>> where T : unmanaged, INumber<T>
{
    private readonly Vector512<T> firsts = Vector512.Create(first);
    private readonly Vector512<T> seconds = Vector512.Create(second);
    private readonly Vector512<T> thirds = Vector512.Create(third);
    private readonly Vector512<T> fourths = Vector512.Create(fourth);

    public static AnyOfFour<T> Create(ReadOnlySpan<uint> codes) =>
        new(T.CreateTruncating(codes[0]), T.CreateTruncating(codes[1]), T.CreateTruncating(codes[2]), T.CreateTruncating(codes[3]));

    public Vector512<T> Test(Vector512<T> values) =>
        Vector512.Equals(values, firsts) | Vector512.Equals(values, seconds) | Vector512.Equals(values, thirds) | Vector512.Equals(values, fourths);

    public bool Test(T value) => value == first || value == second || value == third || value == fourth;
}
