namespace Clew.Model.Tests;

public sealed class AttributeValueTests
{
    public static TheoryData<AttributeValue, string> TextForms => new()
    {
        { AttributeValue.Empty, "" },
        { AttributeValue.From("a"), "a" },
        { AttributeValue.From(true), "true" },
        { AttributeValue.From(-42L), "-42" },
        { AttributeValue.From(0.5), "0.5" },
        { AttributeValue.From(42.0), "42" },
        { AttributeValue.From(new byte[] { 0, 1, 2 }.AsMemory()), "AAEC" },
        { AttributeValue.FromArray(AttributeValue.From("a\""), AttributeValue.From(1L), AttributeValue.From(true)), """["a\"",1,true]""" },
        { AttributeValue.FromKeyValues(new AttributeList(new KeyValue("k", AttributeValue.From(double.NaN)))), """{"k":"NaN"}""" },
        { AttributeValue.FromArray(AttributeValue.Empty, AttributeValue.From("東京")), """[null,"東京"]""" },
    };

    [Theory]
    [MemberData(nameof(TextForms))]
    public void Every_type_has_a_text_form(AttributeValue value, string text) => Assert.Equal(text, value.ToString());

    [Fact]
    public void Values_of_different_types_differ_even_when_their_text_is_the_same()
    {
        Assert.NotEqual(AttributeValue.From(1L), AttributeValue.From(1.0));
        Assert.NotEqual(AttributeValue.From("1"), AttributeValue.From(1L));
        Assert.NotEqual(AttributeValue.From("true"), AttributeValue.From(true));
    }

    [Fact]
    public void Doubles_compare_by_their_bits()
    {
        Assert.Equal(AttributeValue.From(double.NaN), AttributeValue.From(double.NaN));
        Assert.NotEqual(AttributeValue.From(0.0), AttributeValue.From(-0.0));
    }

    [Fact]
    public void Asking_for_another_type_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => AttributeValue.From(1L).AsString());
}
