using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning.Classifiers;

/// <summary>
/// R's <c>iris</c> and what R makes of it: <c>Rscript tests/Core.Tests/Data/r/classifiers/make.R tests/Core.Tests/Data/r/classifiers</c>
/// (R 4.2.2, e1071 1.7.13, MASS 7.3.58.2, class 7.3.21), whose calls are quoted with the tests.
/// </summary>
internal static class Iris
{
    private static readonly string[] Columns = ["Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width"];

    /// <summary>Rows 51 to 150, versicolor (reference) and virginica (event).</summary>
    public static readonly int[] Two = [.. Enumerable.Range(50, 100)];

    /// <summary>All rows, the endpoint the species.</summary>
    public static TrainingSet Three()
    {
        var iris = RFrame.OfR("iris");
        return new(Table(iris, Columns), new MulticlassEndpoint("species", ["setosa", "versicolor", "virginica"], iris.Codes("Species")), 1);
    }

    public static TrainingSet TwoClasses()
    {
        var three = Three().SelectRows(Two);
        return three with { Endpoint = new BinaryEndpoint("virginica", "1", "0", [.. ((MulticlassEndpoint)three.Endpoint).Values.Select(v => v == 2)]) };
    }

    /// <summary>The length of the sepal by the other three columns.</summary>
    public static TrainingSet Regression()
    {
        var iris = RFrame.OfR("iris");
        return new(Table(iris, Columns[1..]), new ContinuousEndpoint(Columns[0], iris.Numbers(Columns[0])), 1);
    }

    /// <summary>The columns of a file, by name.</summary>
    public static Dictionary<string, double[]> Read(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", "r", "classifiers", file));
        var cells = lines.Skip(1).Select(l => l.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        return lines[0].Split(',').Select((name, c) => (name, c)).ToDictionary(n => n.name, n => cells.Select(row => row[n.c]).ToArray());
    }

    public static IModelLearner Learner(string name, object? options = null) =>
        LearningRegistry.Model(new(name, options is null ? default : JsonSerializer.SerializeToElement(options)));

    public static IFittedModel Fit(string name, TrainingSet training, object? options = null) =>
        Learner(name, options).Fit(training, TestContext.Current.CancellationToken);

    private static Predictors Table(RFrame data, string[] columns) => new(
        [.. Enumerable.Range(0, data.RowCount).Select(TestTables.Row)], columns, [.. columns.SelectMany(data.Numbers)]);
}
