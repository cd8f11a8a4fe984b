using System.Text;
using Clew.Tracing.Sampling;

namespace Clew.Tracing.Tests.Sampling;

public class SamplingStrategyParserTests
{
    [Theory]
    [InlineData("""{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":0.25}}""", 0.25)]
    [InlineData("""{"strategyType":0,"probabilisticSampling":{"samplingRate":1},"rateLimitingSampling":null,"operationSampling":null}""", 1)]
    [InlineData("""{"probabilisticSampling":{}}""", 0)]
    public void A_ratio_is_read(string json, double ratio) => Assert.Equal(new SamplingStrategy.Ratio(ratio), Parse(json));

    [Theory]
    [InlineData("""{"strategyType":"RATE_LIMITING","rateLimitingSampling":{"maxTracesPerSecond":7}}""")]
    [InlineData("""{"strategyType":1,"rateLimitingSampling":{"maxTracesPerSecond":7}}""")]
    public void A_rate_is_read(string json) => Assert.Equal(new SamplingStrategy.RateLimit(7), Parse(json));

    [Fact]
    public void Operations_are_read_with_their_lower_bound() => Assert.Equal(
        new SamplingStrategy.PerOperation(new OperationSampling(0.1, 0.0166, new Dictionary<string, double> { ["GET /cart"] = 0.9 })),
        Parse("""
            {"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":0.1},
             "operationSampling":{"defaultSamplingProbability":0.1,"defaultLowerBoundTracesPerSecond":0.0166,
              "perOperationStrategies":[{"operation":"GET /cart","probabilisticSampling":{"samplingRate":0.9}}],
              "defaultUpperBoundTracesPerSecond":0}}
            """));

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("<html>", "not JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{}", "probabilisticSampling is missing")]
    [InlineData("""{"strategyType":"ADAPTIVE"}""", "strategyType")]
    [InlineData("""{"strategyType":"PROBABILISTIC"}""", "probabilisticSampling is missing")]
    [InlineData("""{"strategyType":"RATE_LIMITING","probabilisticSampling":{"samplingRate":1}}""", "rateLimitingSampling is missing")]
    [InlineData("""{"probabilisticSampling":7}""", "samplingRate")]
    [InlineData("""{"probabilisticSampling":{"samplingRate":1.5}}""", "samplingRate")]
    [InlineData("""{"probabilisticSampling":{"samplingRate":"0.5"}}""", "samplingRate")]
    [InlineData("""{"strategyType":"RATE_LIMITING","rateLimitingSampling":{"maxTracesPerSecond":-1}}""", "maxTracesPerSecond")]
    [InlineData("""{"strategyType":"RATE_LIMITING","rateLimitingSampling":{"maxTracesPerSecond":1e999}}""", "maxTracesPerSecond")]
    [InlineData("""{"operationSampling":{"perOperationStrategies":{}}}""", "perOperationStrategies")]
    [InlineData("""{"operationSampling":{"perOperationStrategies":[{"probabilisticSampling":{}}]}}""", "no operation")]
    public void Nonsense_is_refused_by_name(string json, string problem) =>
        Assert.Contains(problem, Assert.Throws<FormatException>(() => Parse(json)).Message, StringComparison.Ordinal);

    private static SamplingStrategy Parse(string json) => SamplingStrategyParser.Parse(Encoding.UTF8.GetBytes(json), maxOperations: 10);
}
