using System.Globalization;
using System.Text.RegularExpressions;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Learning.Trees;

/// <summary>R's data sets and R's answers, the latter written by <c>Data/trees/make.R</c>.</summary>
internal static class TreeData
{
    public static TrainingSet Iris()
    {
        var frame = RFrame.OfR("iris");
        return Of(frame, new MulticlassEndpoint("y", ["0", "1", "2"], frame.Codes("Species")), "Species");
    }

    public static TrainingSet Versicolor()
    {
        var iris = Iris();
        return iris with { Endpoint = new BinaryEndpoint("versicolor", "1", "0", [.. ((MulticlassEndpoint)iris.Endpoint).Values.Select(v => v == 1)]) };
    }

    public static TrainingSet Airquality() => Numbers("airquality", "Ozone");

    public static TrainingSet Mtcars() => Numbers("mtcars", "mpg");

    public static TrainingSet Lung() => Times("lung", "status", 2);

    public static TrainingSet Gbsg2() => Times("gbsg2", "cens", 1);

    public static TrainingSet Sonar()
    {
        var frame = RFrame.OfR("sonar");
        return Of(frame, new BinaryEndpoint("mine", "1", "0", [.. frame.Numbers("mine").Select(v => v == 1)]), "mine");
    }

    /// <summary>The data of <c>make_xgboost.py</c>.</summary>
    public static TrainingSet Boosting(EndpointKind kind)
    {
        string[] columns = ["x1", "x2", "x3", "x4", "x5", "x6"];
        var predictors = new Predictors([.. Enumerable.Range(0, 120).Select(TestTables.Row)], columns, [.. columns.SelectMany(c => Column("xgboost", c))]);
        Endpoint endpoint = kind switch
        {
            EndpointKind.Binary => new BinaryEndpoint("y", "1", "0", [.. Column("xgboost", "binary").Select(v => v == 1)]),
            EndpointKind.Multiclass => new MulticlassEndpoint("y", ["0", "1", "2"], [.. Column("xgboost", "classes").Select(v => (int)v)]),
            EndpointKind.Continuous => new ContinuousEndpoint("y", Column("xgboost", "value")),
            _ => new SurvivalEndpoint("y", Column("xgboost", "time"), [.. Column("xgboost", "event").Select(v => v == 1)]),
        };
        return new(predictors, endpoint, 1);
    }

    /// <summary>TCGA-LGG as <c>make_lgg.R</c> takes it: complete rows of the columns in which at least 70 patients have a number.</summary>
    public static TrainingSet Lgg(string outcome)
    {
        var clinical = Cells(ReferenceData.Require("tcga-lgg/clinical.csv"));
        var semantic = Cells(ReferenceData.Require("tcga-lgg/semantic.csv"));
        string[] ids = [.. clinical.Keys.Where(semantic.ContainsKey)];
        var cells = ids.ToDictionary(id => id, id => clinical[id].Concat(semantic[id]).ToDictionary());
        string[] outcomes = ["idh1_mutated", "codel_1p19q", "death", "os_days"];
        string[] columns = [.. outcomes, "age_years", .. semantic.Values.First().Keys.Where(c => c != "case_id")];
        columns = [.. columns.Where(c => ids.Count(id => double.IsFinite(cells[id][c])) >= 70)];
        ids = [.. ids.Where(id => columns.All(c => double.IsFinite(cells[id][c])))];
        double[] Values(string column) => [.. ids.Select(id => cells[id][column])];
        string[] predictors = [.. columns.Except(outcomes)];
        Endpoint endpoint = outcome switch
        {
            "idh1" => new BinaryEndpoint("y", "1", "0", [.. Values("idh1_mutated").Select(v => v == 1)]),
            "codel" => new BinaryEndpoint("y", "1", "0", [.. Values("codel_1p19q").Select(v => v == 1)]),
            _ => new SurvivalEndpoint("y", Values("os_days"), [.. Values("death").Select(v => v == 1)]),
        };
        return new(new([.. ids.Select((_, r) => TestTables.Row(r))], predictors, [.. predictors.SelectMany(Values)]), endpoint, 1);
    }

    // The numbers of a table by case and column; what is no number is NaN. Some cells are quoted and hold commas.
    private static Dictionary<string, Dictionary<string, double>> Cells(string path)
    {
        string[][] lines = [.. File.ReadAllLines(path).Select(l => Regex.Split(l, ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"))];
        return lines.Skip(1).ToDictionary(l => l[0], l => lines[0].Zip(l).Skip(1).ToDictionary(
            p => p.First, p => double.TryParse(p.Second, NumberStyles.Float, CultureInfo.InvariantCulture, out var v) ? v : double.NaN));
    }

    /// <summary>A column of a file.</summary>
    public static double[] Column(string file, string name)
    {
        var (names, rows) = Read(file);
        return [.. rows.Select(r => Number(r[Array.IndexOf(names, name)]))];
    }

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

    private static TrainingSet Numbers(string set, string outcome)
    {
        var frame = RFrame.OfR(set);
        return Of(frame, new ContinuousEndpoint("y", frame.Numbers(outcome)), outcome);
    }

    private static TrainingSet Times(string set, string status, double ofEvent)
    {
        var frame = RFrame.OfR(set);
        return Of(frame, new SurvivalEndpoint("y", frame.Numbers("time"), [.. frame.Numbers(status).Select(v => v == ofEvent)]), "time", status);
    }

    private static TrainingSet Of(RFrame frame, Endpoint endpoint, params string[] outcome)
    {
        string[] columns = [.. frame.Names.Except(outcome)];
        return new(new([.. Enumerable.Range(0, frame.RowCount).Select(TestTables.Row)], columns, [.. columns.SelectMany(frame.Numbers)]), endpoint, 1);
    }

    private static (string[] Names, string[][] Rows) Read(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", "trees", file + ".csv"));
        return (lines[0].Split(','), [.. lines.Skip(1).Select(l => l.Split(','))]);
    }
}
