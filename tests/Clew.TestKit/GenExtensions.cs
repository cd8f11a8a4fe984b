using FsCheck;
using FsCheck.Fluent;

namespace Clew.TestKit;

public static class GenExtensions
{
    /// <summary>Lists of 0 to <paramref name="max"/> items.</summary>
    public static Gen<List<T>> ListUpTo<T>(this Gen<T> gen, int max) => Gen.Choose(0, max).SelectMany(count => gen.ListOf(count));
}
