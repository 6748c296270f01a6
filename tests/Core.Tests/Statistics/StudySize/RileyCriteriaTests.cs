using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Statistics.StudySize;

/// <summary>
/// Expected numbers: the worked examples of Riley et al. (Stat Med 2019, 38:1262 and 1276; BMJ 2020, 368:m441) and others, as the tests of the R
/// package pmsampsize 1.1.3 state them.
/// </summary>
public sealed class RileyCriteriaTests
{
    // pmsampsize(type = "b", csrsquared = 0.288, parameters = 24, prevalence = 0.174), …
    [Theory]
    [InlineData(0.288, 24, 0.174, 623, 662, 221)]
    [InlineData(0.55, 24, 0.174, 255, 532, 221)]
    [InlineData(0.288, 36, 0.174, 934, 992, 221)]
    [InlineData(0.288, 24, 0.25, 623, 590, 289)]
    public void Binary(double rSquared, int candidates, double prevalence, double shrinkage, double optimism, double precision)
    {
        var result = RileyCriteria.Binary(1000, 1000 * prevalence, candidates, rSquared);
        Assert.Equal([shrinkage, optimism, precision], result.Criteria.Select(c => c.Required));
        Assert.Equal(result.Criteria.Max(c => c.Required), result.Required);
        Assert.Equal(1000 * prevalence, result.Events);
    }

    // pmsampsize(type = "s", csrsquared = 0.051, parameters = 25, rate = 0.065, timepoint = 2, meanfup = 2.07), …
    [Theory]
    [InlineData(0.051, 25, 0.065, 4286, 866)]
    [InlineData(0.065, 25, 0.065, 3335, 859)]
    [InlineData(0.051, 50, 0.065, 8572, 1731)]
    [InlineData(0.051, 25, 0.1, 4286, 731)]
    public void Survival(double rSquared, int candidates, double rate, double shrinkage, double optimism)
    {
        const double subjects = 10_000, followUp = 2.07;
        var result = RileyCriteria.Survival(subjects, Math.Ceiling(rate * followUp * subjects), subjects * followUp, 2, candidates, rSquared);
        Assert.Equal([shrinkage, optimism], result.Criteria.Take(2).Select(c => c.Required));
    }

    [Fact]
    public void Enough_subjects_know_the_risk_at_the_horizon_to_within_the_margin()
    {
        var n = RileyCriteria.Survival(10_000, 1346, 20_700, 2, 25, 0.051).Criteria[2].Required;
        double rate = 1346 / 20_700.0, risk = 1 - Math.Exp(-2 * rate);
        double Upper(double subjects) => 1 - Math.Exp(-2 * (rate + (1.96 * Math.Sqrt(rate / (2.07 * subjects)))));
        Assert.True(Upper(n) - risk <= 0.05 && Upper(n - 1) - risk > 0.05);
    }

    // pmsampsize(type = "c", rsquared = 0.2, parameters = 25, intercept = 1.9, sd = 0.6), …
    [Theory]
    [InlineData(0.2, 25, 918, 401, 259)]
    [InlineData(0.3, 25, 574, 351, 259)]
    [InlineData(0.2, 50, 1924, 801, 284)]
    [InlineData(0.5, 100, 1264, 1001, 334)]
    public void Continuous(double rSquared, int candidates, double shrinkage, double optimism, double residual)
    {
        Assert.Equal(
            [shrinkage, optimism, residual], RileyCriteria.Continuous(500, double.NaN, 0.6, candidates, rSquared).Criteria.Select(c => c.Required));
        var forMean = RileyCriteria.Continuous(500, 1.9, 0.6, candidates, rSquared).Criteria[3].Required;
        double HalfWidth(double n) => StudentT.Quantile(0.975, n - candidates - 1) * Math.Sqrt(0.36 * (1 - rSquared) / n);
        Assert.True(HalfWidth(forMean) <= 0.19 && HalfWidth(forMean - 1) > 0.19);
    }

    [Fact]
    public void The_R_squared_of_an_area_is_that_of_the_papers_simulation()
    {
        // The paper's simulation: set.seed(1); n <- 4e6; y <- rbinom(n, 1, 0.3); x <- rnorm(n, sqrt(2) * qnorm(0.75) * y)
        // f <- glm(y ~ x, binomial); 1 - exp(-(f$null.deviance - f$deviance) / n)
        Assert.Equal(0.1596635, RileyCriteria.CoxSnellOfAuc(0.75, 0.3), 5e-4);
        Assert.True(RileyCriteria.CoxSnellOfAuc(0.5001, 0.3) < 1e-6);
        Assert.InRange(RileyCriteria.CoxSnellOfAuc(0.9999, 0.3), 0.98 * RileyCriteria.MaximumCoxSnell(0.3), RileyCriteria.MaximumCoxSnell(0.3));
    }

    [Fact]
    public void Two_classes_need_what_a_binary_outcome_needs()
    {
        var rSquared = RileyCriteria.CoxSnellOfAuc(0.8, 0.3);
        var binary = RileyCriteria.Binary(1000, 300, 10, rSquared);
        var two = RileyCriteria.Multiclass([700, 300], 10, 0.8);
        Assert.Equal(binary.Criteria.Take(2).Select(c => c.Required), two.Criteria.Take(2).Select(c => c.Required));
        Assert.True(RileyCriteria.Multiclass([500, 300, 200], 10, 0.8).Required > two.Required);
        Assert.Equal(200, RileyCriteria.Multiclass([500, 300, 200], 10, 0.8).Events);
    }

    [Fact]
    public void What_cannot_be_anticipated_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RileyCriteria.Binary(100, 20, 5, 0.7));
        Assert.Throws<ArgumentOutOfRangeException>(() => RileyCriteria.Binary(100, 20, 0, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RileyCriteria.Binary(100, 0, 5, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RileyCriteria.CoxSnellOfAuc(0.5, 0.1));
    }
}
