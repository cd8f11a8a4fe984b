using System.Runtime.CompilerServices;

namespace Clew.Server.Sampling.Adaptive;

/// <summary>
/// Up to ten probabilities that clients have sampled with, in millionths: Jaeger compares probabilities by six decimals. More are
/// not remembered; a client uses one, and during a change two.
/// </summary>
internal struct ProbabilitySet
{
    private const int Max = 10;

    private Items items;
    private int count;

    public static int Millionths(double probability) => (int)Math.Round(probability * 1_000_000);

    public readonly bool Contains(int millionths)
    {
        for (int i = 0; i < count; i++)
        {
            if (items[i] == millionths)
                return true;
        }
        return false;
    }

    public void Add(int millionths)
    {
        if (count < Max && !Contains(millionths))
            items[count++] = millionths;
    }

    [InlineArray(Max)]
    private struct Items
    {
        private int first;
    }
}
