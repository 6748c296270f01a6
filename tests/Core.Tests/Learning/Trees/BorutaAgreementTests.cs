using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Learning.Trees;

/// <summary>
/// Boruta against a program written from the paper in R, <c>Data/r/make_boruta.R</c>, on <c>randomForest(…, ntree = 200, importance = TRUE)</c> and
/// <c>importance(type = 1, scale = TRUE)</c>. Forests draw other random numbers here than there: what five runs there agree on must be the verdict of each of
/// three runs here. Eight columns of noise stand beside those of the table.
/// </summary>
public class BorutaAgreementTests(ITestOutputHelper output)
{
    private const int Runs = 5;
    private const int Seeds = 3;
    private static readonly RAnswers R = new("boruta.json");

    private static IReadOnlyList<string> Kept(TrainingSet training, string tentative) =>
        LearningRegistry.Transform(new("boruta", JsonSerializer.SerializeToElement(new { max_runs = 60, ntree = 200, tentative })))
            .Fit(training, TestContext.Current.CancellationToken).Columns;

    [LongFact]
    public void Verdicts_on_iris_are_those_of_the_definition() => MustAgree("iris");

    [LongFact]
    public void Verdicts_on_mtcars_are_those_of_the_definition() => MustAgree("mtcars");

    [LongFact]
    public void Verdicts_on_gliomas_are_those_of_the_definition() => MustAgree("lgg.idh1");

    private void MustAgree(string set)
    {
        var training = WithNoise(PenalisedPathTests.Load(set));
        string[] columns = [.. R[set].GetProperty("columns").EnumerateArray().Select(v => v.GetString()!)];
        Assert.Equal(columns, training.Predictors.Columns);
        double[] confirmed = R.Numbers(set, "confirmed"), rejected = R.Numbers(set, "rejected");
        int[] kept = new int[columns.Length], possible = new int[columns.Length];
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            foreach (var (tentative, counts) in new[] { ("drop", kept), ("keep", possible) })
            {
                foreach (var name in Kept(training with { Seed = seed }, tentative))
                    counts[Array.IndexOf(columns, name)]++;
            }
        }
        for (var c = 0; c < columns.Length; c++)
        {
            output.WriteLine($"{columns[c]}: confirmed {kept[c]} of {Seeds}, rejected {Seeds - possible[c]}; there {confirmed[c]} and {rejected[c]} of {Runs}");
            if (confirmed[c] == Runs)
                Assert.Equal(Seeds, kept[c]);
            if (rejected[c] == Runs)
                Assert.Equal(0, possible[c]);
        }
        Assert.Contains((double)Runs, rejected);
    }

    private static TrainingSet WithNoise(TrainingSet training)
    {
        var x = training.Predictors;
        string[] names = [.. x.Columns, .. Enumerable.Range(1, 8).Select(j => $"n{j}")];
        double[] noise = [.. Enumerable.Range(1, 8).SelectMany(j => Enumerable.Range(1, x.RowCount).Select(i => Fraction(Math.Sin((12.9898 * i) + (78.233 * j)) * 43758.5453)))];
        return training with { Predictors = x.With(names, [.. x.All, .. noise]) };

        static double Fraction(double v) => v - Math.Floor(v);
    }
}
