using System.Globalization;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Core.Tests.Learning.Trees;

/// <summary>R's data sets and R's answers, written by <c>Data/trees/make.R</c>.</summary>
internal static class TreeData
{
    public static TrainingSet Iris() => Of("iris", EndpointKind.Multiclass, "Species");

    public static TrainingSet Versicolor()
    {
        var iris = Iris();
        return iris with { Endpoint = new BinaryEndpoint("versicolor", "1", "0", [.. ((MulticlassEndpoint)iris.Endpoint).Values.Select(v => v == 1)]) };
    }

    public static TrainingSet Airquality() => Of("airquality", EndpointKind.Continuous, "Ozone");

    public static TrainingSet Mtcars() => Of("mtcars", EndpointKind.Continuous, "mpg");

    public static TrainingSet Lung() => Of("lung", EndpointKind.Survival, "time", "status");

    public static TrainingSet Gbsg2() => Of("gbsg2", EndpointKind.Survival, "time", "cens");

    public static TrainingSet Named(string name) => name.Split(' ')[0] switch
    {
        "iris" when name.EndsWith("versicolor", StringComparison.Ordinal) => Versicolor(),
        "iris" => Iris(),
        "airquality" => Airquality(),
        "mtcars" => Mtcars(),
        "lung" => Lung(),
        _ => Gbsg2(),
    };

    /// <summary>The rows of a table of answers, by column, of one set.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Answers(string file, string set)
    {
        var (names, rows) = Read(file);
        return [.. rows.Where(r => r[0] == set).Select(r => names.Zip(r).ToDictionary(p => p.First, p => p.Second))];
    }

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static TrainingSet Of(string file, EndpointKind kind, params string[] outcome)
    {
        var (names, rows) = Read(file);
        string[] columns = [.. names.Except(outcome)];
        double[] Values(string name) => [.. rows.Select(r => Number(r[Array.IndexOf(names, name)]))];
        var y = Values(outcome[0]);
        Endpoint endpoint = kind switch
        {
            EndpointKind.Multiclass => new MulticlassEndpoint("y", [.. y.Distinct().Order().Select(v => v.ToString(CultureInfo.InvariantCulture))], [.. y.Select(v => (int)v)]),
            EndpointKind.Continuous => new ContinuousEndpoint("y", y),
            _ => new SurvivalEndpoint("y", y, [.. Values(outcome[1]).Select(v => v == 1)]),
        };
        return new(new([.. rows.Select((_, r) => TestTables.Row(r))], columns, [.. columns.SelectMany(Values)]), endpoint, 1);
    }

    private static (string[] Names, string[][] Rows) Read(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", "trees", file + ".csv"));
        return (lines[0].Split(','), [.. lines.Skip(1).Select(l => l.Split(','))]);
    }
}
