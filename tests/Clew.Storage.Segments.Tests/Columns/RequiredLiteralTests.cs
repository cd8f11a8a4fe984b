using System.Text;
using System.Text.RegularExpressions;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

public sealed class RequiredLiteralTests
{
    // The first ten are plain characters.
    private static readonly string[] Atoms =
    [
        "a", "b", "c", "ab", "abc", "1", "2", ",", " ", "#",
        "}", "{", "]", "-", "é", "😀", ".", "^", "$", @"\.", @"\-", @"\\", @"\(", @"\]", @"\[", @"\|", @"\d", @"\w", @"\S", @"\b", @"\n", @"\x61", @"\u0062", @"\p{Ll}", @"\141",
        "[ab]", "[^a]", "[]a]", "[^]a]", @"[a\]b]", "[a-c-[b]]", "[(]", "[)|]", "[[a]", "(?i)", "(?x)", "(?i:ab)", "(?#a)b)", "(?<n>a)", "(?=a)", "(?!b)",
    ];

    private static readonly string[] Quantifiers = ["*", "+", "?", "{2}", "{0,1}", "{1,}", "{0}", "{,2}", "{2", "*?", "+?", "??", "{1,2}?", "{a}"];

    [Theory]
    [InlineData(".*zz123q.*", "zz123q")]
    [InlineData(@"https://shop\.example/.*", "https://shop.example/")]
    [InlineData(".*/cart/[0-9]+/items", "/cart/")]
    [InlineData("GET|POST", null)]
    [InlineData("/(GET|POST)/path", "/path")]
    [InlineData("ab?cd*ef+g", "ef")]
    [InlineData("abc{0,3}", "ab")]
    [InlineData("(?i)abc", null)]
    [InlineData("a(?:(?i)x)bcd", null)]
    [InlineData("[0-9]+", null)]
    [InlineData("", null)]
    [InlineData(@"na[|]ve\|t", "ve|t")]
    [InlineData("grün-blau", "n-blau")]
    public void The_longest_text_that_must_be_there_is_found(string pattern, string? expected) =>
        Assert.Equal(expected, RequiredLiteral.Of(pattern) is { } found ? Encoding.UTF8.GetString(found) : null);

    [Fact]
    public void Every_text_that_a_pattern_matches_contains_what_it_requires()
    {
        int telling = 0;
        Properties.ForAll(RandomCases.Seed, seed =>
        {
            var random = new Random(seed);
            string pattern = Pattern(random, depth: 2);
            if (RequiredLiteral.Of(pattern) is not { } literal || Compile(pattern) is not { } regex)
                return;
            string required = Encoding.UTF8.GetString(literal);
            Assert.NotEqual("", required);
            for (int i = 0; i < 100; i++)
            {
                string text = Text(random, pattern);
                if (!regex.IsMatch(text))
                    continue;
                Assert.True(text.Contains(required, StringComparison.Ordinal), $"'{pattern}' matches '{text}', but is said to require '{required}'");
                telling++;
            }
        }, count: 4_000);
        Assert.InRange(telling, 5_000, int.MaxValue);
    }

    private static string Pattern(Random random, int depth)
    {
        var pattern = new StringBuilder();
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            pattern.Append(depth > 0 && random.Next(6) == 0
                ? $"{(random.Next(2) == 0 ? "(" : "(?:")}{Pattern(random, depth - 1)})"
                : Atoms[random.Next(random.Next(3) == 0 ? Atoms.Length : 10)]);
            if (random.Next(4) == 0)
                pattern.Append(Quantifiers[random.Next(Quantifiers.Length)]);
            if (random.Next(15) == 0)
                pattern.Append('|');
        }
        return pattern.ToString();
    }

    // Of pieces of the pattern itself and a few letters, so that many match.
    private static string Text(Random random, string pattern)
    {
        const string letters = "abcAB12, #é";
        var text = new StringBuilder();
        for (int i = random.Next(8); i > 0; i--)
        {
            int start = random.Next(pattern.Length + 1);
            text.Append(random.Next(2) == 0 ? pattern.AsSpan(start, random.Next(Math.Min(6, pattern.Length - start + 1))) : letters.AsSpan(random.Next(letters.Length), 1));
        }
        return text.ToString();
    }

    private static Regex? Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
        }
        catch (RegexParseException)
        {
            return null;
        }
    }
}
