using System.Text;
using Clew.Server.Api;
using Clew.Server.Sampling;

namespace Clew.Server.Tests.Sampling;

public sealed class StrategyFileTests
{
    [Theory]
    [InlineData("{}", "any", """{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":0.5}}""")]
    [InlineData("null", "any", """{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":0.5}}""")]
    [InlineData("""{"default_strategy":{"type":"probabilistic","param":0}}""", "any",
        """{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":0}}""")]
    [InlineData("""{"default_strategy":{"type":"ratelimiting","param":7.9}}""", "any",
        """{"strategyType":"RATE_LIMITING","rateLimitingSampling":{"maxTracesPerSecond":7}}""")]
    [InlineData("""{"service_strategies":[{"service":"cart","type":"probabilistic","param":0.25}]}""", "cart",
        """{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":0.25}}""")]
    [InlineData("""{"service_strategies":[{"service":"cart","type":"probabilistic","param":0.25}]}""", "Cart",
        """{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":0.5}}""")]
    public void A_service_is_told_its_own_strategy_else_the_default(string file, string service, string expected) =>
        Assert.Equal(expected, Answer(file, service));

    [Fact]
    public void A_service_without_operations_takes_the_default_ones_with_its_own_probability_for_the_rest() => Assert.Equal(
        """{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":0.8},"operationSampling":{"defaultSamplingProbability":0.8,"defaultLowerBoundTracesPerSecond":0,"perOperationStrategies":[{"operation":"/health","probabilisticSampling":{"samplingRate":0}}],"defaultUpperBoundTracesPerSecond":0}}""",
        Answer("""
            {"default_strategy":{"type":"probabilistic","param":0.05,"operation_strategies":[{"operation":"/health","type":"probabilistic","param":0.0}]},
             "service_strategies":[{"service":"cart","type":"probabilistic","param":0.8}]}
            """, "cart"));

    [Fact]
    public void A_rate_limited_service_takes_the_default_operations_and_their_probability() => Assert.Equal(
        """{"strategyType":"RATE_LIMITING","rateLimitingSampling":{"maxTracesPerSecond":5},"operationSampling":{"defaultSamplingProbability":0.05,"defaultLowerBoundTracesPerSecond":0,"perOperationStrategies":[{"operation":"/health","probabilisticSampling":{"samplingRate":0}}],"defaultUpperBoundTracesPerSecond":0}}""",
        Answer("""
            {"default_strategy":{"type":"probabilistic","param":0.05,"operation_strategies":[{"operation":"/health","type":"probabilistic"}]},
             "service_strategies":[{"service":"batch","type":"ratelimiting","param":5}]}
            """, "batch"));

    [Fact]
    public void Operations_of_service_and_default_are_merged_and_the_services_win()
    {
        StrategyTable table = Read("""
            {"default_strategy":{"type":"probabilistic","param":0.05,"operation_strategies":[
               {"operation":"/health","type":"probabilistic","param":0.0},{"operation":"op1","type":"probabilistic","param":0.1}]},
             "service_strategies":[{"service":"cart","type":"ratelimiting","param":2,"operation_strategies":[
               {"operation":"op1","type":"probabilistic","param":0.2}]}]}
            """).Table;

        OperationSampling operations = table.Of("cart").Operations!;
        Assert.Equal([new OperationProbability("op1", 0.2), new("/health", 0)], operations.Probabilities.ToArray());
        Assert.Equal(0.5, operations.DefaultProbability);
        Assert.Equal(0.05, table.Of("other").Operations!.DefaultProbability);
    }

    [Fact]
    public void A_rate_for_an_operation_is_skipped_with_a_warning()
    {
        (StrategyTable table, IReadOnlyList<string> warnings) = Read("""
            {"service_strategies":[{"service":"cart","type":"probabilistic","param":0.8,"operation_strategies":[
               {"operation":"a","type":"ratelimiting","param":3},{"operation":"b","type":"probabilistic","param":0.3}]}]}
            """);

        Assert.Equal([new OperationProbability("b", 0.3)], table.Of("cart").Operations!.Probabilities.ToArray());
        Assert.Equal(["service cart, operation a: an operation cannot be limited by rate; the rule is skipped"], warnings);
    }

    [Fact]
    public void An_unknown_type_becomes_the_default_with_a_warning()
    {
        (StrategyTable table, IReadOnlyList<string> warnings) = Read("""
            {"default_strategy":{"type":"const","param":1},"service_strategies":[{"service":"cart","param":0.8,"operation_strategies":[
               {"operation":"a","type":"sometimes","param":3}]}]}
            """);

        Assert.Equal(SamplingStrategy.Probabilistic(0.5), table.Default);
        Assert.Equal(0.5, table.Of("cart").Probability);
        Assert.Equal([new OperationProbability("a", 0.5)], table.Of("cart").Operations!.Probabilities.ToArray());
        Assert.Equal(
            [
                "default_strategy: no such type 'const', expected probabilistic or ratelimiting; probabilistic with 0.5 is used",
                "service cart: no such type '', expected probabilistic or ratelimiting; probabilistic with 0.5 is used",
                "service cart, operation a: no such type 'sometimes', expected probabilistic or ratelimiting; probabilistic with 0.5 is used",
            ], warnings);
    }

    [Theory]
    [InlineData("", "line 1, at $: not a strategies file in JSON")]
    [InlineData("{\n \"service_strategies\": 3}", "line 2, at $.service_strategies: not a strategies file in JSON")]
    [InlineData("""{"default_strategy":{"type":"probabilistic","param":1.5}}""", "default_strategy: param 1.5 is no probability from 0 to 1")]
    [InlineData("""{"service_strategies":[{"service":"a","type":"ratelimiting","param":40000}]}""", "service a: param 40000 is no rate from 0 to 32767")]
    [InlineData("""{"service_strategies":[{"type":"ratelimiting","param":4}]}""", "service_strategies has an entry without \"service\"")]
    [InlineData("""{"default_strategy":{"type":"probabilistic","operation_strategies":[null]}}""", "default_strategy: operation_strategies has an entry without \"operation\"")]
    public void A_file_that_cannot_be_used_is_refused_with_the_place(string file, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => Read(file)).Message);

    private static (StrategyTable Table, IReadOnlyList<string> Warnings) Read(string file) => StrategyFileReader.Read(Encoding.UTF8.GetBytes(file), 0.5);

    private static string Answer(string file, string service) => Encoding.UTF8.GetString(
        JsonAnswer.Serialize(JsonAnswer.Compact, writer => SamplingJson.Write(writer, Read(file).Table.Of(service), legacy: false)).Span);
}
