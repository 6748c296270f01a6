using CsCheck;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics;

public sealed class AscendingSortTests
{
    [Fact]
    public void Any_finite_values_come_out_as_from_a_comparison_sort() =>
        Gen.OneOf(
                Gen.Double.Where(double.IsFinite), Gen.Int[-3, 3].Select(i => (double)i), Gen.Float.Where(float.IsFinite).Select(f => (double)f),
                Gen.Int[-9, 9].Select(i => i * double.Epsilon), Gen.Int[-2, 2].Select(i => i * (double.MaxValue / 2)))
            .Array[0, 5000].Sample(
            values =>
            {
                var expected = (double[])values.Clone();
                Array.Sort(expected);
                AscendingSort.InPlace(values);
                Assert.Equal(expected, values);
            },
            iter: 40, threads: 1);

    [Theory]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(40_000)]
    public void Integers_and_equal_values_are_sorted_too(int count)
    {
        var integers = Enumerable.Range(0, count).Select(v => (double)((v * 7919L % 4001) - 1000)).ToArray();
        var expected = integers.Order().ToArray();
        AscendingSort.InPlace(integers);
        Assert.Equal(expected, integers);
        var equal = Enumerable.Repeat(-0.1, count).ToArray();
        AscendingSort.InPlace(equal);
        Assert.All(equal, v => Assert.Equal(-0.1, v));
    }

    [Fact]
    public void Both_zeros_are_one_number()
    {
        var zeros = Enumerable.Range(0, 5000).Select(v => v % 2 == 0 ? 0.0 : -0.0).ToArray();
        AscendingSort.InPlace(zeros);
        Assert.All(zeros, v => Assert.False(double.IsNegative(v)));
    }
}
