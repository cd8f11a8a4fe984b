using Clew.Tracing.Propagation;

namespace Clew.Tracing.Tests.Propagation;

public class PropagationOptionsTests
{
    [Fact]
    public void The_names_of_the_environment_variable_are_understood()
    {
        Assert.Equal([PropagationFormat.TraceContext, PropagationFormat.Baggage], PropagationOptions.Parse(null).Extract);
        Assert.Equal([PropagationFormat.TraceContext, PropagationFormat.Baggage], PropagationOptions.Parse(" ").Inject);
        Assert.Equal(
            [PropagationFormat.B3, PropagationFormat.B3Multi, PropagationFormat.Jaeger, PropagationFormat.XRay],
            PropagationOptions.Parse("b3, b3multi ,jaeger,b3,xray").Extract);
        Assert.Empty(PropagationOptions.Parse("none").Extract);
    }

    [Theory]
    [InlineData("b3,zipkin", "'zipkin'")]
    [InlineData("none,b3", "'none'")]
    public void An_unknown_name_is_refused_by_name(string names, string problem) =>
        Assert.Contains(problem, Assert.Throws<FormatException>(() => PropagationOptions.Parse(names)).Message, StringComparison.Ordinal);
}
