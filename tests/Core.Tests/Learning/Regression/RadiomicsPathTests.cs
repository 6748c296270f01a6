using System.Globalization;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Learning;

public class RadiomicsPathTests
{
    // Expected values: Rscript tests/Core.Tests/Data/glmnet/make_nsclc.R <reference data> tests/Core.Tests/Data/glmnet (R 4.2.2, glmnet 4.1-6), whose
    // call is glmnet(x, y, family = "binomial", alpha = 0.5, standardize = TRUE, thresh = 1e-14, maxit = 1e7)
    [Fact]
    public void Path_over_1522_collinear_radiomic_features_equals_that_of_glmnet()
    {
        var radiomics = Read("nsclc/radiomics.csv");
        var expression = Read("nsclc/expression.csv");
        var gene = Array.IndexOf(expression.Columns, "A2M");
        var level = expression.Rows.Select(r => r[gene]).ToArray();
        var median = level.Order().Skip(21).Take(2).Average();
        var columns = radiomics.Columns;
        var x = Enumerable.Range(0, columns.Length).SelectMany(c => radiomics.Rows.Select(r => r[c])).ToArray();

        var fit = LogisticPath.Fit(
            x, [.. level.Select(v => v > median)], [], new(0.5, Threshold: 1e-14, MaximumPasses: 10_000_000), TestContext.Current.CancellationToken);

        var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "glmnet", "nsclc.alpha0.5.csv")).Select(l => l.Split(',')).ToArray();
        Assert.Equal(int.Parse(lines[0][2], CultureInfo.InvariantCulture), fit.Points.Count);
        foreach (var step in lines.Skip(1).GroupBy(l => int.Parse(l[0], CultureInfo.InvariantCulture)))
        {
            var expected = step.ToDictionary(l => l[1], l => double.Parse(l[2], CultureInfo.InvariantCulture));
            var point = fit.Points[step.Key - 1];
            Assert.Equal(1, point.Lambda / expected["lambda"], 1e-10);
            Assert.Equal(expected["dev"], point.DevianceRatio, 1e-8);
            Assert.Equal(expected["intercept"], point.Intercept, 1e-6 * Math.Max(1, Math.Abs(expected["intercept"])));
            Assert.Equal(expected.Keys.Skip(3), point.Indexes.Select(c => columns[c]));
            for (var k = 0; k < point.Indexes.Length; k++)
            {
                var coefficient = expected[columns[point.Indexes[k]]];
                Assert.Equal(coefficient, point.Coefficients[k], 1e-6 * Math.Max(1, Math.Abs(coefficient)));
            }
        }
    }

    private static (string[] Columns, double[][] Rows) Read(string file)
    {
        var lines = File.ReadLines(ReferenceData.Require(file)).Select(l => l.Split(',')).ToArray();
        return (lines[0][1..], [.. lines[1..].Select(l => l[1..].Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray())]);
    }
}
