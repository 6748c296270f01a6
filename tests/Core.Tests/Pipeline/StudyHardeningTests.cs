using System.Diagnostics;
using System.Text;
using CsCheck;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

public class StudyHardeningTests
{
    private static BadInputException Refused(string yaml) => Assert.Throws<BadInputException>(() => StudyFile.Parse(yaml, "s"));

    [Fact]
    public void An_alias_bomb_is_refused_before_it_grows()
    {
        var bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
        for (var c = 'b'; c <= 'i'; c++)
            bomb.Append(c).Append(": &").Append(c).Append(" [").AppendJoin(", ", Enumerable.Repeat("*" + (char)(c - 1), 10)).Append("]\n");
        Assert.Equal("study.too_long", Refused(bomb.ToString()).Code);
    }

    [Fact]
    public void Deep_nesting_is_refused_written_out_or_by_aliases()
    {
        Assert.Equal("study.too_deep", Refused(new string('[', 10_000)).Code);
        Assert.Equal("study.too_deep", Refused("a: " + string.Concat(Enumerable.Repeat("{a: ", 5000))).Code);
        var chain = new StringBuilder("a0: &a0 [x]\n");
        for (var i = 1; i < 50; i++)
            chain.Append(FormattableString.Invariant($"a{i}: &a{i} [*a{i - 1}]\n"));
        Assert.Equal("study.too_deep", Refused(chain.ToString()).Code);
    }

    [Fact]
    public void An_anchor_that_contains_itself_is_refused() => Assert.Equal("study.alias", Refused("a: &a [*a]").Code);

    [Fact]
    public void Too_long_a_file_is_refused() => Assert.Equal("study.too_long", Refused(new string('a', (1024 * 1024) + 1)).Code);

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    [InlineData('a')]
    [InlineData('"')]
    [InlineData('&')]
    [InlineData('-')]
    [InlineData('?')]
    [InlineData(' ')]
    [InlineData('#')]
    public void A_megabyte_of_one_character_ends_soon(char c)
    {
        var watch = Stopwatch.StartNew();
        Refused(new string(c, 1024 * 1024));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public void A_mutated_study_is_read_or_refused_by_us()
    {
        var example = StudyFileTests.Example;
        var fragments = Gen.OneOf(Array.ConvertAll<string, Gen<string>>([
            "", " ", "\n", "\t", ":", "- ", "[", "]", "{", "}", "&a ", "*a", "!!str ", "? ", "| ", "> ", "'", "\"", "%", "@", "`", "\0", "\u2028", "null", "~",
            "1e999", ".inf", "0x10", "<<: *a", "---\n", "...\n", "é", "\ud800", "999999999999999999999", "-0", "schema: 1\n", "\\", "/(a+)+$/"], Gen.Const));
        Gen.Select(Gen.Int[0, example.Length], Gen.Int[0, 40], fragments, Gen.Int[0, example.Length], fragments).Sample(
            (at, removed, fragment, other, second) =>
            {
                var mutated = example.Remove(at, Math.Min(removed, example.Length - at)).Insert(at, fragment);
                mutated = mutated.Insert(Math.Min(other, mutated.Length), second);
                try
                {
                    StudyFile.Parse(mutated, "s");
                }
                catch (RadiogenomicsException refused)
                {
                    Assert.NotNull(refused.Where);
                }
            },
            iter: 3000);
    }

    [Fact]
    public void Noise_is_refused_by_us() => Gen.String[Gen.Char, 0, 200].Sample(
        text =>
        {
            try
            {
                StudyFile.Parse(text, "s");
            }
            catch (RadiogenomicsException)
            {
            }
        },
        iter: 3000);
}
