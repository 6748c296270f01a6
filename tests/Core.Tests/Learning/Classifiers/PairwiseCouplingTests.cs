using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning.Classifiers;

public class PairwiseCouplingTests
{
    [Fact]
    public void Pairs_that_agree_with_probabilities_give_them_back()
    {
        double[] p = [0.1, 0.2, 0.3, 0.4];
        var pairs = new double[16];
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 4; j++)
                pairs[(i * 4) + j] = p[i] / (p[i] + p[j]);
        }
        var found = new double[4];
        PairwiseCoupling.Solve(pairs, found);
        for (var i = 0; i < 4; i++)
            Assert.Equal(p[i], found[i], 1e-9);
    }

    /// <summary>The optimality conditions: Q p = (pᵀ Q p) 1, as the paper's equation 21 with the sum of p one.</summary>
    [Fact]
    public void Pairs_that_contradict_each_other_give_the_least_squares_solution()
    {
        double[] pairs = [0, 0.9, 0.2, 0.1, 0, 0.7, 0.8, 0.3, 0];
        var found = new double[3];
        PairwiseCoupling.Solve(pairs, found);
        Assert.Equal(1, found.Sum(), 1e-12);
        var least = Objective(found);
        foreach (var (a, b) in ((int, int)[])[(0, 1), (1, 2), (0, 2)])
        {
            foreach (var step in (double[])[1e-4, -1e-4])
            {
                double[] other = [.. found];
                other[a] += step;
                other[b] -= step;
                Assert.True(Objective(other) > least);
            }
        }

        double Objective(double[] p)
        {
            var sum = 0.0;
            for (var i = 0; i < 3; i++)
            {
                for (var j = 0; j < 3; j++)
                    sum += i == j ? 0 : Math.Pow((pairs[(j * 3) + i] * p[i]) - (pairs[(i * 3) + j] * p[j]), 2);
            }
            return sum;
        }
    }

    [Fact]
    public void Certain_pairs_give_a_finite_answer()
    {
        var found = new double[3];
        PairwiseCoupling.Solve([0, 1, 1, 0, 0, 0.5, 0, 0.5, 0], found);
        Assert.True(found[0] > 0.99);
        Assert.Equal(1, found.Sum(), 1e-12);
    }
}
